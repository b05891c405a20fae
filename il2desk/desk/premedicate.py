"""Premedication: the checklist of the patient's protocol, and the outcomes recorded per item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from il2desk.desk.chart import CycleChart, PatientChart, Subject
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.place import DosePlace, Located, locate_to_act
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import CheckRecord
from il2desk.desk.roles import PREMEDICATE
from il2desk.dosing import (
    ChecklistItem,
    FoundValue,
    GivenBefore,
    InteractionList,
    ItemClock,
    PremedicationSet,
    Raw,
    Refusal,
    allergies_named,
    checklist,
    clock_of,
    drugs_named,
    joined,
    plain,
    read_findings,
    refuse,
    regimen_of,
    tell,
    unmatched,
)
from il2desk.records import Entry

PREMEDICATION_OUTCOMES = ("given", "not given", "not applicable")


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What happened to one item; "not given" and "not applicable" need a reason. `at` is aware."""

    item: str
    outcome: str
    reason: str = ""
    at: datetime | None = None


def items_for(
    desk: Desk, chart: PatientChart, cycle: CycleChart, values: dict[str, FoundValue] | None = None
) -> tuple[ChecklistItem, ...] | Refusal:
    """The checklist with amounts for the dosing weight; empty where the protocol lists none."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    found = bundle.premedication.get(cycle.arm)
    if found is None:
        return ()
    weight = chart.dosing_weight
    return checklist(
        found,
        None if weight is None else weight.weight_kg,
        values or {},
        _allergies(desk, chart.subject, found),
    )


def values_of(check: CheckRecord | None) -> dict[str, FoundValue]:
    """The values of the last check, by which the checklist says what is blocked."""
    if check is None:
        return {}
    raw: dict[str, Raw] = {
        found["code"]: tuple(found["value"]) if isinstance(found["value"], list) else found["value"]
        for found in check.values
        if found["value"] != ""
    }
    found = read_findings(raw)
    return {} if isinstance(found, Refusal) else {one.code: one.value for one in found}


def _allergies(desk: Desk, subject: Subject, found: PremedicationSet) -> tuple[str, ...]:
    """The allergies that block an item and stand in what was registered; nothing is guessed.

    Named by the item's own word, or by the listed names of its class. Anything else in the text is
    for the eyes of the team: it is shown beside the checklist.
    """
    if subject.allergies_state != "known allergies":
        return ()
    text = subject.allergies.casefold()
    classes = {one.id for one in allergies_named(desk.catalogue.interactions(), subject.allergies)}
    named = (block.allergy for item in found.items for block in item.blocked_if)
    return tuple(
        name for name in named if name is not None and (name.casefold() in text or name in classes)
    )


def open_mandatory(
    desk: Desk, chart: PatientChart, cycle: CycleChart, number: int
) -> tuple[str, ...]:
    """Names of mandatory items that have no outcome for this dose; they block the release."""
    items = items_for(desk, chart, cycle)
    if isinstance(items, Refusal):
        return items.reasons
    done = cycle.doses[number].premedication
    return tuple(
        made.item.name for made in items if made.item.mandatory and made.item.id not in done
    )


def record_premedication(
    desk: Desk,
    place: DosePlace,
    outcomes: tuple[ItemOutcome, ...],
    token: str,
    other_drugs: str = "",
) -> Entry | Refusal:
    """Store the outcomes entered, and the patient's other drugs; the rest stays open.

    What was given against a block can always be recorded, and is marked with what it was against.
    """
    at = locate_to_act(desk, place, PREMEDICATE)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "premedication-recorded", **place.where())
    if stored is not None:
        return stored
    items = items_for(desk, at.chart, at.cycle)
    if isinstance(items, Refusal):
        return items
    known = {made.item.id: made for made in items}
    if not outcomes and not other_drugs.strip():
        return refuse(
            "nothing", "No item has an outcome yet. Choose Given, Not given or Not applicable."
        )
    for outcome in outcomes:
        if outcome.item not in known or outcome.outcome not in PREMEDICATION_OUTCOMES:
            return refuse(
                "item",
                tell(
                    "{item} is not an item of this checklist. Open the checklist again.",
                    item=outcome.item,
                ),
            )
        if outcome.outcome != "given" and not outcome.reason.strip():
            return refuse(
                "reason",
                tell("Enter why {name} was not given.", name=known[outcome.item].item.name),
            )
        if outcome.at is not None and outcome.at > desk.clock.now():
            return refuse("future", "The time lies in the future. Enter the time it was given.")
    body: dict[str, Any] = {
        "outcomes": [
            _body(outcome, known[outcome.item])
            | {"against": _against(desk, at, known[outcome.item], outcome)}
            for outcome in outcomes
        ]
    }
    if other_drugs.strip():
        body["other_drugs"] = other_drugs.strip()
    return desk.append(
        "premedication-recorded", body, form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


def clocks_for(
    desk: Desk, at: Located, items: tuple[ChecklistItem, ...], moment: datetime | None = None
) -> dict[str, ItemClock]:
    """Each item's clock at a moment (by default now), from what the journal holds of all doses."""
    when = desk.now() if moment is None else desk.local(moment)
    return {
        made.item.id: clock_of(
            made, _given(at.chart, made.item.id, when), desk.local(at.dose.due), when
        )
        for made in items
    }


def _given(chart: PatientChart, item: str, when: datetime) -> tuple[GivenBefore, ...]:
    """Every dose of an item that was recorded as given, over all cycles, once for each moment.

    One without a time counts from the planned time of its dose, or from now where that is still to
    come, with an unknown amount: then no total is shown rather than too small a one.
    """
    found = {
        (outcome.at or min(dose.planned, when), outcome.dose, outcome.unit, outcome.at is None)
        for cycle in chart.cycles.values()
        for dose in cycle.doses.values()
        for outcome in dose.premedication_given
        if outcome.item == item
    }
    return tuple(
        GivenBefore(None if amount is None or untimed else Decimal(amount), unit, at)
        for at, amount, unit, untimed in sorted(found, key=lambda one: one[0])
    )


def _against(desk: Desk, at: Located, made: ChecklistItem, outcome: ItemOutcome) -> list[str]:
    """What a given item was given against: its blocks, and its clock at the time it was given."""
    if outcome.outcome != "given":
        return []
    clock = clocks_for(desk, at, (made,), outcome.at)[made.item.id]
    return [*made.blocked_by, *clock.blocked_by]


def to_watch_for(desk: Desk, chart: PatientChart, cycle: CycleChart) -> tuple[str, ...]:
    """What the patient's other drugs and allergies mean, and what of them nobody has judged."""
    lines = list(drugs_to_watch(desk, cycle, chart.other_drugs))
    if chart.subject.allergies_state == "known allergies":
        lines += _allergy_lines(desk.catalogue.interactions(), chart.subject.allergies)
    return tuple(lines)


def drugs_to_watch(desk: Desk, cycle: CycleChart, text: str) -> tuple[str, ...]:
    """What a text of other drugs means in this cycle, recorded or not; then what is not judged."""
    listed = desk.catalogue.interactions()
    bundle = bundle_of(desk, cycle.fingerprint)
    regimen = None if isinstance(bundle, Refusal) else regimen_of(bundle.protocol, cycle.arm)
    companions = () if regimen is None or isinstance(regimen, Refusal) else regimen.companions
    beside = ("aldesleukin", *(one.drug for one in companions))
    lines = [one.sentence() for one in drugs_named(listed, text, beside)]
    names = tuple(name for one in listed.drugs if one.beside in beside for name in one.names)
    open_drugs = unmatched(text, names)
    if open_drugs:
        lines.append(
            tell(
                "Not judged by the program, read them: {open_drugs}.",
                open_drugs=joined("; ", open_drugs),
            )
        )
    return tuple(lines)


def _allergy_lines(listed: InteractionList, text: str) -> list[str]:
    found = allergies_named(listed, text)
    lines = [
        tell(
            "Allergy, {id}: {text} ({source}).", id=one.id, text=one.text, source=one.source.cite()
        )
        for one in found
    ]
    names = tuple(name for one in listed.allergies for name in one.names)
    left = unmatched(text, names)
    if left:
        lines.append(
            tell("Allergies not judged by the program, read them: {left}.", left=joined("; ", left))
        )
    return lines


def _body(outcome: ItemOutcome, made: ChecklistItem) -> dict[str, str | None]:
    return {
        "item": outcome.item,
        "name": made.item.name,
        "dose": None if made.amount is None else plain(made.amount),
        "unit": made.item.unit,
        "outcome": outcome.outcome,
        "reason": outcome.reason.strip(),
        "at": None if outcome.at is None else utc_text(outcome.at),
    }
