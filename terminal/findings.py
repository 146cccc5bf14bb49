"""What the doctor found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from terminal.safe import safe

if TYPE_CHECKING:
    from library.finding import Finding


def write_findings(findings: Sequence[Finding], out: TextIO | None = None) -> None:
    """Write a line for each finding, and what mends it."""
    out = out or sys.stdout
    for finding in findings:
        state = "WRONG" if finding.wrong else "ok"
        out.write(f"{state:<6} {finding.about}: {safe(finding.detail)}\n")
        if finding.mend:
            out.write(f"       mend it with: {safe(finding.mend)}\n")


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Give the findings as the JSON of docs/json.md."""
    return {
        "format": 1,
        "healthy": not any(finding.wrong for finding in findings),
        "findings": [
            {"about": f.about, "wrong": f.wrong, "detail": f.detail, "mend": f.mend}
            for f in findings
        ],
    }
