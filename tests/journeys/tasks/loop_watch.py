"""How long the event loop was blocked, act by act. It is reported and never asserted by time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

FRAME_MS = 1000 / 60


@dataclass
class LoopWatch:
    """Times every turn of the event loop: a key with all that is painted after it is one turn.

    That is what a key pressed meanwhile would have waited, so it is the longest measure there is.
    """

    turns: list[tuple[float, str, str]] = field(default_factory=list)

    @contextmanager
    def turn(self, page: str, act: str) -> Iterator[None]:
        """One turn on this page, begun by this act."""
        begin = time.perf_counter()
        yield
        self.turns.append(((time.perf_counter() - begin) * 1000, page, act))

    def worst(self, most: int = 10) -> list[tuple[float, str, str]]:
        """The longest turns in ms, each page and act once."""
        longest: dict[tuple[str, str], float] = {}
        for took, page, act in self.turns:
            longest[page, act] = max(took, longest.get((page, act), 0))
        found = sorted(((took, *where) for where, took in longest.items()), reverse=True)
        return found[:most]


def tell(file: str, task: str, watch: LoopWatch, rows: dict[str, tuple[int, int, int]]) -> None:
    """Add what a task measured to the report: a line of JSON."""
    line = {"task": task, "worst": watch.worst(20), "keys": rows, "turns": len(watch.turns)}
    with Path(file).open("a", encoding="utf-8") as report:
        report.write(json.dumps(line) + "\n")
