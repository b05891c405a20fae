"""The downtime kit from the journal: asked for a minute, refused once anything was recorded after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from il2desk.desk.chart import PatientChart, Subject, chart_of
from il2desk.desk.cycle_sheet_facts import unsigned_of
from il2desk.desk.desk import Desk
from il2desk.desk.desk_at import desk_at
from il2desk.desk.dose_state import SlotState
from il2desk.desk.downtime_kit_marks import late_mark, withheld_mark
from il2desk.desk.downtime_kit_patient import (
    cycles_in_kit,
    kit_identity,
    kit_patients,
    open_slots,
)
from il2desk.desk.downtime_kit_rules import kit_rules
from il2desk.desk.for_paper import for_paper
from il2desk.desk.on_treatment import is_over, to_be_read
from il2desk.desk.register import similar_names
from il2desk.desk.sheet_request import (
    Composed,
    SheetCall,
    SheetRequest,
    newest_of_journal,
)
from il2desk.desk.worklist import WorkRow, work_row
from il2desk.dosing import (
    Refusal,
    joined,
    refuse,
    tell,
    write_clock,
    write_moment,
    write_offset,
)
from il2desk.sheets import DowntimeKitFacts, KitListed, Marks, compose_downtime_kit, shown_name

FORM_CODE, FORM_VERSION = "DTK", "1"
KIT = "downtime-kit"
WINDOW = timedelta(hours=24)
"""How far ahead a kit looks, and how long it may be used."""
_MINUTE = timedelta(minutes=1)


def downtime_kit_request(desk: Desk, subject: str | None = None) -> SheetRequest:
    """The kit of this minute: of everybody on treatment, or of one patient."""
    minute = desk.clock.now().astimezone(UTC).replace(second=0, microsecond=0)
    return SheetRequest(KIT, subject, of=minute.strftime("%Y-%m-%dT%H:%MZ"))


def kits_of_site(desk: Desk) -> tuple[tuple[str, str], ...]:
    """The one kit that can be made now; none before a patient is registered."""
    if not desk.journal.entries(kind="subject-registered"):
        return ()
    request = downtime_kit_request(desk)
    moment = desk.local(datetime.fromisoformat(request.of))
    return ((request.of, tell("everybody on treatment, from {clock}", clock=write_clock(moment))),)


def make_downtime_kit(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The kit of the minute that the request names, for 24 hours from then."""
    moment = _moment(desk, request)
    if isinstance(moment, Refusal):
        return moment
    then = desk_at(desk, moment)
    charts = _charts(then, request)
    if isinstance(charts, Refusal):
        return charts
    until = moment + WINDOW
    similar = similar_names(tuple(chart.subject for chart in charts))
    listed = tuple(
        _listed(then, work_row(then, chart, similar=chart.subject.id in similar), chart, until)
        for chart in charts
    )
    patients = tuple(one for chart in charts for one in kit_patients(then, chart, until))
    unsigned = tuple(_unsigned(charts))
    return Composed(
        compose_downtime_kit(
            for_paper(DowntimeKitFacts(
                issue=call.issue(desk, FORM_CODE, FORM_VERSION),
                marks=Marks(
                    practice=desk.practice, not_verified=bool(unsigned),
                    unsigned=joined("; ", unsigned),
                ),
                state_at=_zoned(desk, moment), state_clock=write_clock(desk.local(moment)),
                valid_until=_zoned(desk, until), listed=listed, patients=patients,
                rules=kit_rules(then, charts, until),
            ))
        ),
        unsigned,
    )  # fmt: skip


def _zoned(desk: Desk, moment: datetime) -> str:
    local = desk.local(moment)
    return f"{write_moment(local)} ({write_offset(local)})"


def _moment(desk: Desk, request: SheetRequest) -> datetime | Refusal:
    """The minute of the kit, or why no kit of it can be made any more."""
    try:
        moment = datetime.fromisoformat(request.of)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        return refuse("kit-moment", "A downtime kit is made for a minute. Ask for the kit again.")
    now = desk.clock.now()
    if moment > now:
        return refuse(
            "kit-moment",
            tell(
                "{moment} lies ahead of this computer's clock. Set the clock right, then ask "
                "for the kit again.",
                moment=write_moment(desk.local(moment)),
            ),
        )
    if now >= moment + WINDOW:
        return refuse(
            "kit-over",
            tell(
                "The kit of {moment} was to be used for 24 hours, and they are over. Ask for a "
                "new kit.",
                moment=write_moment(desk.local(moment)),
            ),
        )
    newest = newest_of_journal(desk, request)
    if newest is not None and newest.at >= moment + _MINUTE:
        return refuse(
            "kit-stale",
            tell(
                "Something was recorded after {moment}: the kit of that minute would not show "
                "it. Ask for a new kit.",
                moment=write_moment(desk.local(moment)),
            ),
        )
    return moment


def _charts(desk: Desk, request: SheetRequest) -> tuple[PatientChart, ...] | Refusal:
    if request.subject is not None:
        chart = chart_of(desk, request.subject)
        return chart if isinstance(chart, Refusal) else (chart,)
    found = (chart_of(desk, subject.id) for subject in to_be_read(desk))
    charts: list[PatientChart] = []
    for one in found:
        if isinstance(one, Refusal):
            return one  # nobody is left out of a kit without a word
        if not is_over(desk, one):
            charts.append(one)
    if not charts:
        return refuse(
            "nothing-to-print",
            "Nobody is on treatment. The blank downtime sheet serves a patient who comes meanwhile.",
        )
    return tuple(sorted(charts, key=lambda one: _where(one.subject)))


def _where(subject: Subject) -> tuple[str, str, str]:
    return subject.ward, subject.bed, subject.trial_code


def _listed(desk: Desk, row: WorkRow, chart: PatientChart, until: datetime) -> KitListed:
    subject = row.subject
    patient = kit_identity(subject, desk.now().date())
    place = joined(", ", (part for part in (subject.ward, subject.bed) if part))
    words = (
        tell("SIMILAR NAME: compare the birth date.") if row.similar else "",
        ""
        if row.slot is None
        else tell("Dose {number}: {of_slot}.", number=row.slot.number, of_slot=_of_slot(row.slot)),
        row.note,
    )
    following, due = _next(desk, chart, until)
    return KitListed(
        name=shown_name(patient), born=patient.born, trial_code=patient.trial_code,
        place=place or tell("Not recorded"), next_dose=following,
        state=joined(" ", (word for word in words if word)), due_in_kit=due is not None and due <= until,
    )  # fmt: skip


def _of_slot(slot: SlotState) -> str:
    """The state of a dose with all that its row says: a HOLD above all."""
    return joined("; ", (part for part in (slot.word, slot.detail, slot.hold) if part))


def _next(desk: Desk, chart: PatientChart, until: datetime) -> tuple[str, datetime | None]:
    """When the next dose without an outcome is planned, over every cycle in the kit, with HOLD or OVERDUE."""
    cycles = cycles_in_kit(desk, chart, until)
    if not cycles:
        return tell("none planned"), None
    going = [cycle for cycle in cycles if chart.stop_by(cycle) is None]
    if not going:
        return tell("none: STOP"), None
    doses = [(slot.due, cycle, slot) for cycle in going for slot in open_slots(desk, cycle)]
    if not doses:
        return tell("none left"), None
    due, cycle, slot = min(doses, key=lambda one: one[0])
    mark = withheld_mark(desk, chart, cycle, slot.number) or late_mark(desk, slot)
    lines = (write_moment(desk.local(due)), mark)
    return joined("\n", (line for line in lines if line)), due


def _unsigned(charts: Iterable[PatientChart]) -> Iterable[str]:
    """What waits for a second person, by trial number."""
    for chart in charts:
        for cycle in chart.cycles.values():
            for what in unsigned_of(cycle):
                yield joined(" ", (chart.subject.trial_code, what))
