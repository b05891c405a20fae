"""Disputes of a record in words."""

from __future__ import annotations

from il2desk.desk import Desk, Dispute
from il2desk.dosing import write_moment
from il2desk.words import say


def disputed_words(found: Dispute) -> str:
    """Who does not agree and why, and the way on."""
    return say(
        "{who} does not agree: {reason}. Correct the record first, then it is signed.",
        who=found.by,
        reason=found.reason,
    )


def dispute_lines(desk: Desk, disputes: tuple[Dispute, ...]) -> tuple[str, ...]:
    """Every dispute of a record, a line each; those that an amendment answered say so."""
    lines: list[str] = []
    for one in disputes:
        when = write_moment(desk.local(one.at))
        text = say("Disputed by {who} {when}: {why}", who=one.by, when=when, why=one.reason)
        lines.append(say("{line} (amended since)", line=text) if one.settled else text)
    return tuple(lines)
