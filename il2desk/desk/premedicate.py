"""Premedication: the checklist of the patient's protocol, and the outcomes recorded per item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.chart import CycleChart, PatientChart, Subject
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.place import DosePlace, locate_to_act
from il2desk.desk.protocol_life import bundle_of
from il2desk.dosing import (
    ChecklistItem,
    FoundValue,
    PremedicationSet,
    Refusal,
    checklist,
    plain,
    refuse,
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
        _allergies(chart.subject, found),
    )


def _allergies(subject: Subject, found: PremedicationSet) -> tuple[str, ...]:
    """The allergies that block an item and stand in what was registered; nothing is guessed.

    Anything else in the text is for the eyes of the team: it is shown beside the checklist.
    """
    if subject.allergies_state != "known allergies":
        return ()
    text = subject.allergies.casefold()
    named = (block.allergy for item in found.items for block in item.blocked_if)
    return tuple(name for name in named if name is not None and name.casefold() in text)


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
    desk: Desk, place: DosePlace, outcomes: tuple[ItemOutcome, ...], token: str
) -> Entry | Refusal:
    """Store the outcomes entered; items without an outcome stay open."""
    at = locate_to_act(desk, place)
    if isinstance(at, Refusal):
        return at
    stored = desk.stored_before(token, "premedication-recorded", **place.where())
    if stored is not None:
        return stored
    items = items_for(desk, at.chart, at.cycle)
    if isinstance(items, Refusal):
        return items
    known = {made.item.id: made for made in items}
    if not outcomes:
        return refuse(
            "nothing", "No item has an outcome yet. Choose Given, Not given or Not applicable."
        )
    for outcome in outcomes:
        if outcome.item not in known or outcome.outcome not in PREMEDICATION_OUTCOMES:
            return refuse(
                "item",
                f"{outcome.item} is not an item of this checklist. Open the checklist again.",
            )
        if outcome.outcome != "given" and not outcome.reason.strip():
            return refuse("reason", f"Enter why {known[outcome.item].item.name} was not given.")
        if outcome.at is not None and outcome.at > desk.clock.now():
            return refuse("future", "The time lies in the future. Enter the time it was given.")
    body = {"outcomes": [_body(outcome, known[outcome.item]) for outcome in outcomes]}
    return desk.append(
        "premedication-recorded", body, form_token=token,
        protocol_fingerprint=at.cycle.fingerprint, **place.where(),
    )  # fmt: skip


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
