"""Engines that wait for questions, each in a process of its own; they are asked in turns."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.speed_engines import Contender

_ROUNDS = 5
_SLOW = 100.0
"""Milliseconds: what takes longer is measured once, after it has been asked once."""


class Server:
    """A process that has opened one engine's index."""

    def __init__(self, one: Contender, corpus: Path, folder: Path) -> None:
        self.key = one.key
        self._process = subprocess.Popen(
            command(one, "serve", str(corpus), str(folder)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ms: dict[int, list[float]] = {}
        self._counts: dict[int, int] = {}
        self._slow = set[int]()
        self._broken = ""

    def ask(self, number: int) -> None:
        """Ask one question, the first time to warm up and for its count."""
        if self._broken or (number in self._slow and self._ms[number]):
            return
        try:
            answer = self._answer(number)
        except (OSError, ValueError):
            self._broken = f"broke off at question {number}"
            return
        if answer is None:
            return
        taken, count = answer
        if number in self._counts:
            self._ms[number].append(taken)
        else:
            self._counts[number] = count
            self._ms[number] = []
            if taken > _SLOW:
                self._slow.add(number)

    def _answer(self, number: int) -> tuple[float, int] | None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        answer: tuple[float, int] | None = json.loads(self._process.stdout.readline())
        return answer

    def close(self, questions: int) -> dict[str, Any]:
        """End the process; give milliseconds and counts by question, None for what it cannot."""
        rest, _ = self._process.communicate()
        if self._broken or self._process.returncode:
            return {"error": self._broken or "did not end well"}
        return {
            "ms": [
                round(median(self._ms[n]), 4) if n in self._ms else None for n in range(questions)
            ],
            "counts": [self._counts.get(n) for n in range(questions)],
            **json.loads(rest),
        }


def ask_in_turns(servers: Sequence[Server], questions: Iterable[int]) -> None:
    """Ask all questions of one engine after the other, in rounds, another engine first each time.

    An engine that waits while others answer finds the processor's caches full of their data: it would
    take several times as long for each question, if it had only one in a turn.
    """
    numbers = list(questions)
    for turn in range(1 + _ROUNDS):
        first = turn % len(servers)
        for server in (*servers[first:], *servers[:first]):
            for number in numbers:
                server.ask(number)


def command(one: Contender, step: str, *arguments: str) -> list[str]:
    """Give the command that runs one step with an engine."""
    python = one.python or sys.executable
    return [python, "-m", "bench.speed_child", step, one.key, *arguments]
