"""Why an entry holds no value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No value, and why: a code, and one sentence a reason.

    It has the shape of dosing's refusal, but the sign-in page, which is painted first, asks for a
    name and a PIN and needs nothing of dosing.
    """

    code: str
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All reasons in one line."""
        return " ".join(self.reasons)
