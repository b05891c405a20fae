"""What is wrong with a protocol file, or only doubtful: file, line, key, one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.dosing import joined, tell


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is not loaded. `line` counts from 1, 0 where there is none; `key` may be empty."""

    file: str
    line: int
    key: str
    text: str

    @property
    def sentence(self) -> str:
        """File, line and key, then what is wrong and what to write instead."""
        line = tell(", line {line}", line=self.line) if self.line else ""
        key = f", {self.key}" if self.key else ""
        place = joined("", (self.file, line, key))
        return tell("{place}: {text}", place=place, text=self.text)


@dataclass(frozen=True, slots=True)
class Problems:
    """All problems of a file and of the files it names; nothing of them was loaded."""

    problems: tuple[Problem, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence a problem."""
        return tuple(problem.sentence for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Doubt:
    """An implausible value. It is a finding for the two who activate: nothing is changed for it."""

    key: str
    text: str
