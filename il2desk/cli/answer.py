"""What a command comes to: an answer with its exit code, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

DONE, REFUSED, ENVIRONMENT, WRONG, DEFECT = 0, 2, 3, 4, 70


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command has to say: a JSON object and the same as text."""

    object: dict[str, Any]
    text: str
    code: int = DONE


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """The input was not acceptable: one line a reason."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
