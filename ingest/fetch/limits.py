"""How long and how much of a page is waited for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, `most` in bytes of a page as it is unpacked.

    `whole` is for a page with all its redirects. `pause` lies between two requests to a host;
    `patience` is the longest that a host is waited for when it asks to be left alone, `tries` how
    often it is asked then.
    """

    connect: float = 10
    whole: float = 30
    most: int = 15 * 1024 * 1024
    redirects: int = 5
    pause: float = 1
    patience: float = 60
    tries: int = 3
