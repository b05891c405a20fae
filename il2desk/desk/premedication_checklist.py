"""The facts of a premedication checklist: the patient's own list, and what was given so far."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from il2desk.desk.after_restore import restore_note
from il2desk.desk.chart import CycleChart, PatientChart, chart_of
from il2desk.desk.code_words import shown
from il2desk.desk.cycle_sheet_facts import as_of_cycle, patient_facts
from il2desk.desk.desk import Desk
from il2desk.desk.dose_state import earliest, site_rules
from il2desk.desk.for_paper import for_paper
from il2desk.desk.hold_rule import held_by
from il2desk.desk.place import Located
from il2desk.desk.premedicate import clocks_for, items_for, to_watch_for
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import DoseRecords, PremedicationOutcome
from il2desk.desk.sheet_facts import premedication_rows, short_print
from il2desk.desk.sheet_names import cycle_name, version_name
from il2desk.desk.sheet_notes import premedication_notes
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.dosing import (
    ChecklistItem,
    PremedicationItem,
    Refusal,
    in_unit,
    refuse,
    tell,
    write_clock,
    write_moment,
    write_quantity,
)
from il2desk.sheets import (
    PREMEDICATION_FORM,
    DosePremedication,
    GivenItem,
    Marks,
    PremedicationSheetFacts,
    SignatureRow,
    compose_premedication,
)

_AT_EACH = (tell("each dose"), tell("every dose"))
_MEANINGS = (
    (tell("I checked amounts, intervals and what is blocked"), tell("pharmacist")),
    (tell("What stands here as given was given"), tell("nurse")),
)


def make_premedication(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The checklist of the request's cycle; refused where its amounts cannot be worked out."""
    chart = chart_of(desk, request.subject or "")
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(request.cycle or "")
    if cycle is None:
        return refuse("cycle", "No cycle is planned. Plan a cycle first.")
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    chart = as_of_cycle(chart, cycle)
    items = items_for(desk, chart, cycle)
    if isinstance(items, Refusal):
        return items
    own, weight = bundle.premedication.get(cycle.arm), chart.dosing_weight
    facts = PremedicationSheetFacts(
        issue=call.issue(desk, *PREMEDICATION_FORM),
        marks=Marks(practice=desk.practice),
        patient=patient_facts(chart.subject, desk.local(call.issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=cycle_name(cycle),
        protocol=version_name(bundle.protocol.title, bundle.protocol.version),
        dosing_weight="" if weight is None else write_quantity(weight.weight_kg, "kg"),
        set_name="" if own is None else version_name(own.title, own.version),
        items=premedication_rows(items),
        doses=tuple(_dose(desk, (chart, cycle), dose, items) for dose in cycle.doses.values()),
        signatures=tuple(SignatureRow(*meaning) for meaning in _MEANINGS),
        other_drugs=chart.other_drugs,
        notes=(
            *restore_note(desk, chart.subject.id),
            *to_watch_for(desk, chart, cycle),
            *premedication_notes(cycle),
        ),
    )
    return Composed(compose_premedication(for_paper(facts)))


def _dose(
    desk: Desk, whose: tuple[PatientChart, CycleChart], dose: DoseRecords,
    items: tuple[ChecklistItem, ...],
) -> DosePremedication:  # fmt: skip
    at = Located(*whose, dose)
    cells = tuple(_item(desk, at, made, items) for made in items)
    due = earliest(at.cycle, dose, site_rules(desk, at.cycle))
    return DosePremedication(dose.number, write_moment(desk.local(due)), cells)


def _item(
    desk: Desk, at: Located, made: ChecklistItem, items: tuple[ChecklistItem, ...]
) -> GivenItem:
    """What was recorded for an item at a dose; a dose that is still to come leaves boxes to a pen."""
    outcome = at.dose.premedication.get(made.item.id)
    if outcome is None and at.dose.administration is not None:
        return GivenItem(tell("not recorded"))
    if outcome is None and _cancelled(at.chart, at.cycle, at.dose):
        return GivenItem(tell("cancelled: STOP"))
    held = held_by(at.dose)
    if outcome is None and held is not None:
        when = _moment(desk, at.dose, held.assessed_at)
        return GivenItem(tell("HOLD {moment}", moment=when), tell("only after a GO: print anew"))
    if outcome is None:
        return GivenItem(
            blocked=bool(made.blocked_by), maximum=_maximum(made), wait=_wait(made.item),
            due=_due(desk, at, made.item),
        )  # fmt: skip
    if outcome.outcome != "given":
        return GivenItem(shown(outcome.outcome), outcome.reason, by=outcome.by)
    amount = ""
    if outcome.dose is not None:
        amount = write_quantity(outcome.dose, outcome.unit or "")
    total = _total(desk, at, made, (outcome, items))
    if outcome.at is None:
        return GivenItem(tell("given, time not recorded"), amount, total, by=outcome.by)
    when = _moment(desk, at.dose, outcome.at)
    return GivenItem(tell("given {when}", when=when), amount, total, by=outcome.by)


def _due(desk: Desk, at: Located, item: PremedicationItem) -> str:
    """When the item is due before this dose; empty where the source does not say.

    An item with an interval of its own is due by that after its first one: before a later dose only
    where the source says each or every dose.
    """
    if item.before_min is None:
        return ""
    own_clock = item.interval_h is not None and not any(
        word in item.timing.casefold() for word in _AT_EACH
    )
    if own_clock and at.dose.number != min(at.cycle.doses):
        return ""
    due = earliest(at.cycle, at.dose, site_rules(desk, at.cycle)) - timedelta(
        minutes=item.before_min
    )
    return tell("due {moment}", moment=_moment(desk, at.dose, due))


def _wait(item: PremedicationItem) -> str:
    """The shortest interval of the source, in every cell: doses of the drug come more often than some items."""
    if item.interval_h is None:
        return ""
    return tell(
        "not within {interval_h} of the last",
        interval_h=write_quantity(item.interval_h[0], "hours"),
    )


def _total(
    desk: Desk, at: Located, made: ChecklistItem,
    given: tuple[PremedicationOutcome, tuple[ChecklistItem, ...]],
) -> str:  # fmt: skip
    """What had been given in the 24 hours up to this dose, of the daily maximum."""
    outcome, items = given
    if made.item.daily_max is None:
        return ""
    if outcome.at is None:
        return tell("24 hours: not known")
    clock = clocks_for(desk, at, items, outcome.at)[made.item.id]
    if clock.total is None:
        return tell("24 hours: not known")
    over = tell("\u25b2 OVER, ") if clock.total > made.item.daily_max else ""
    total = _in_own_unit(made, clock.total, clock.unit)
    return tell(
        "{over}24 hours with this one: {total} of {maximum}",
        over=over,
        total=total,
        maximum=_maximum(made),
    )


def _maximum(made: ChecklistItem) -> str:
    """The daily maximum in words; empty where the source names none."""
    item = made.item
    if item.daily_max is None:
        return ""
    return _in_own_unit(made, item.daily_max, item.daily_max_unit or item.unit)


def _in_own_unit(made: ChecklistItem, amount: Decimal, unit: str | None) -> str:
    """An amount in the unit of the item's own, so that tablets add up to it; as it is where inexact."""
    own = in_unit(amount, unit, made.item.unit)
    if own is None:
        return write_quantity(amount, unit or "")
    return write_quantity(own, made.item.unit or "")


def _cancelled(chart: PatientChart, cycle: CycleChart, dose: DoseRecords) -> bool:
    """Whether a STOP, of whatever cycle, forbids this dose, of which nothing is recorded."""
    return chart.stop_by(cycle) is not None and dose.administration is None


def _moment(desk: Desk, dose: DoseRecords, moment: datetime) -> str:
    """The time alone on the day of the dose, with its date on any other."""
    local = desk.local(moment)
    same = local.date() == desk.local(dose.due).date()
    return write_clock(local) if same else write_moment(local)


def has_premedication(desk: Desk, cycle: CycleChart) -> bool:
    """Whether the cycle's protocol lists any premedication."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return False
    own = bundle.premedication.get(cycle.arm)
    return own is not None and bool(own.items)
