"""The identity of one of several patients of a sheet: a bar with the name, and lines below it."""

from __future__ import annotations

from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block, Heading, Pair, Prose, write
from il2desk.sheets.shared_facts import Patient
from il2desk.sheets.sheet_frame import identity_of
from il2desk.words import say

_BETWEEN = " \u00b7 "


def patient_bar(patient: Patient) -> tuple[Block, ...]:
    """Return who the patient is, as the identity block of a frame says it.

    A section of the patient carries it to every page that it goes on to. SheetRefused where name,
    birth or trial number is missing, or allergies contradict their state.
    """
    (name, *who), where = identity_of(patient)
    first = [one for one in who if one.label.words in (say("Born"), say("Trial No."))]
    others = [one for one in who if one not in first]
    title = _BETWEEN.join((name.value.words, *map(_said, first)))
    field = say("name of the patient")
    return (
        Heading(write(title, Role.TITLE, field)),
        Prose(
            (
                write(_BETWEEN.join(map(_said, (*others, *where[1:]))), Role.STRONG, field),
                write(_said(where[0]), Role.STRONG, say("allergies")),
            )
        ),
    )


def _said(pair: Pair) -> str:
    """Label and value that do not part, unless the value is long."""
    words = f"{pair.label.words} {pair.value.words}".strip()
    return words.replace(" ", "\u00a0") if len(words) <= _LONG else words


_LONG = 40  # characters; a longer pair may break at its spaces
