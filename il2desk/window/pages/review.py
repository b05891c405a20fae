"""Review, then sign with one PIN: for what one person enters alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from il2desk.desk import Signature, sign
from il2desk.dosing import Refusal
from il2desk.window.sign_panel import SignRequest
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


@dataclass(frozen=True, slots=True)
class Review:
    """What stands in the panel before the entry is stored, and what signing it means."""

    heading: str
    lines: tuple[str, ...]
    meaning: str
    warnings: tuple[str, ...] = ()


def review_and_sign(
    office: Office,
    review: Review,
    store: Callable[[Signature], object],
    stored: Callable[[str], None],
    refused: Callable[[Refusal], None],
) -> None:
    """Ask the signed-in person's PIN, then store with that signature.

    A wrong PIN is answered in the panel. What the desk refuses closes the panel and goes to
    `refused`, so that it stands beside its field; `stored` gets the id that was stored.
    """

    def done(name: str, pin: str) -> str | None:  # noqa: ARG001 - the signed-in person
        signature = sign(office.desk, pin, review.meaning)
        if isinstance(signature, Refusal):
            return signature.text
        answer = store(signature)
        office.window.close_panel()
        if isinstance(answer, Refusal):
            refused(answer)
        else:
            stored(str(answer))
        return None

    person = office.desk.person
    office.ask_sign(
        SignRequest(
            review.heading,
            review.lines,
            review.meaning,
            "" if person is None else f"{person.name}, {say(person.role)}",
            review.warnings,
        ),
        done,
    )
