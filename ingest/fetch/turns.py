"""Whose turn it is: one request at a time to a host, and none while it wants to be left alone."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from accession import Reason
from ingest.fetch.limits import Limits
from ingest.zips import Refused


class Turns:
    """Gives each host's turns, to threads too; `stop` ends all waiting."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._stopped = Event()
        self._hosts: defaultdict[str, Lock] = defaultdict(Lock)
        self._not_before: defaultdict[str, float] = defaultdict(float)
        self._lock = Lock()

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stopped.set()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait for a turn and hold it; raises `Refused` where the host wants to be left alone for long."""
        with self._lock:
            mine = self._hosts[host]
        with mine:
            left = self._not_before[host] - time.monotonic()
            if left > self._limits.patience:
                raise Refused(Reason.UNREACHABLE, _leave_alone(host, left))
            if left > 0 and self._stopped.wait(left):
                raise Refused(Reason.UNREACHABLE, "stopped before it was asked for")
            yield

    def leave(self, host: str, seconds: float) -> None:
        """Leave a host alone for that long."""
        self._not_before[host] = max(self._not_before[host], time.monotonic() + seconds)


def _leave_alone(host: str, seconds: float) -> str:
    minutes = round(seconds / 60)
    when = f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
    return f"{host} asks to be left alone for {when}; try again then"
