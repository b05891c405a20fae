"""The amounts of a dose worksheet: in their boxes, and in the head of every page.

Of a preparation that must not be given no amount stands as if it held: DO NOT GIVE is in its place.
"""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets.dose_worksheet_facts import WorksheetFacts
from il2desk.sheets.entries import words_of
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Pair, Section, Text, write
from il2desk.sheets.shared_facts import Shown
from il2desk.sheets.sheet_frame import pair
from il2desk.words import say

DO_NOT_GIVE = "DO NOT GIVE"


def amounts_of_every_page(facts: WorksheetFacts) -> tuple[Pair, ...]:
    """DOSE, volume to draw up and total: nobody signs a later page without them."""
    barred = say(DO_NOT_GIVE) if facts.against else ""
    dose = write(barred or words_of(facts.exact_dose), Role.DOSE, say("exact dose"))
    drawn = pair(say("Draw up"), barred or words_of(facts.prepared_volume))
    total = (pair(say("Total"), barred or facts.total),) if facts.total else ()
    return (Pair(write("DOSE", Role.HEADING, "DOSE"), dose), drawn, *total)


def amounts_of(facts: WorksheetFacts) -> Section:
    """DOSE and prepared dose at the left, volume to draw up and total at the right."""
    return Section(parts=(_dose(facts), _draw(facts)), columns=2, shares=(50, 50))


def _dose(facts: WorksheetFacts) -> tuple[Block, ...]:
    deviation = say("deviation from the DOSE {deviation}", deviation=facts.deviation)
    return (
        _amount(facts, "DOSE", facts.exact_dose),
        _amount(facts, say("Prepared"), facts.prepared_dose, deviation),
    )


def _draw(facts: WorksheetFacts) -> tuple[Block, ...]:
    total = facts.total or say("see the recipe")
    made_up = say("made up with {diluent}", diluent=facts.diluent) if facts.diluent else ""
    below = ", ".join(part for part in (made_up, facts.concentration) if part)
    return (_drawn(facts), _amount(facts, say("Total"), total, below))


def _drawn(facts: WorksheetFacts) -> Amount:
    """The one number that is read at arm's length, with a syringe in the hand."""
    label = say("VOLUME TO DRAW UP")
    amount = write(words_of(facts.prepared_volume), Role.DRAW, say("volume to draw up"))
    return _box(facts, write(label, Role.HEADING, label), amount, ())


def _amount(facts: WorksheetFacts, label: str, value: Shown, *below: str) -> Amount:
    quiet = tuple(write(words, Role.BODY, label) for words in below if words)
    role = Role.HEADING if label == "DOSE" else Role.LABEL
    return _box(facts, write(label, role, label), write(words_of(value), Role.DOSE, label), quiet)


def _box(facts: WorksheetFacts, label: Text, amount: Text, quiet: tuple[Text, ...]) -> Amount:
    """The amount; of what must not be given it stands struck below DO NOT GIVE, to be recognised."""
    if not facts.against:
        return Amount(label, amount, quiet)
    struck = replace(amount, role=Role.BODY, struck=True)
    return Amount(label, write(say(DO_NOT_GIVE), amount.role, amount.field), (struck,))
