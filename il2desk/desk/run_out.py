"""How long the vials on hand last, by the planned doses of everybody: counted, never guessed.

A dose takes what its own preparation says. Where that cannot be said the need is unknown, and the
day named is the earliest that is known, not a promise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from il2desk.desk.chart import CycleChart, PatientChart, chart_of, subjects
from il2desk.desk.code_words import shown
from il2desk.desk.course_axis import Span, axis_of, span_of
from il2desk.desk.desk import Desk
from il2desk.desk.gates import dose_of
from il2desk.desk.records_of_a_dose import DoseRecords
from il2desk.desk.sheet_names import cycle_name
from il2desk.desk.stock_books import record_of_version, stock_books, stock_records
from il2desk.desk.stock_lines import LotStock, StockRecord, vials_words
from il2desk.dosing import Refusal, Sentence, joined, tell, told, write_date, write_weekday
from il2desk.sheets import RunOut, RunOutLot, RunOutNeed

_LEAST = timedelta(days=7)
"""A picture covers so much at least."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Need:
    """One open dose: when it is due, whose, and its vials; None with the reason why."""

    at: datetime
    patient: str
    dose: str
    vials: int | None
    why: str
    subject: str


@dataclass(slots=True)
class _Pile:
    """What may still be taken of one lot, and from when on none of it may."""

    stock: LotStock
    left: int
    ends: datetime | None
    expired: int = 0


@dataclass(slots=True)
class _Shelf:
    """Lots in the order in which they are taken, and the steps of their sum."""

    piles: list[_Pile]
    steps: list[tuple[datetime, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(pile.left for pile in self.piles)

    def expire(self, until: datetime) -> None:
        """Take away what expires up to a moment, each at the end of its last day."""
        ending = [p for p in self.piles if p.left and p.ends is not None and p.ends <= until]
        for pile in sorted(ending, key=lambda one: one.ends or until):
            pile.expired, pile.left = pile.left, 0
            self.steps.append((pile.ends or until, self.left))

    def take(self, vials: int, at: datetime) -> int:
        """Take so many vials, first expiry first; return how many are missing. A short dose takes none."""
        self.expire(at)
        if vials > self.left:
            return vials - self.left
        for pile in self.piles:
            taken = min(pile.left, vials)
            pile.left -= taken
            vials -= taken
        self.steps.append((at, self.left))
        return 0


def run_outs(desk: Desk) -> tuple[RunOut, ...]:
    """The run-out of every protocol and product that stock is kept of, in their order."""
    needs = open_needs(desk)
    kept = [one for one in stock_records(desk) if stock_books(desk).keeps(one)]
    return tuple(_run_out(desk, record, needs.get(record, ())) for record in kept)


def run_out_of(desk: Desk, record: StockRecord) -> RunOut:
    """The same of one record."""
    return _run_out(desk, record, open_needs(desk).get(record, ()))


def open_needs(desk: Desk) -> dict[StockRecord, tuple[_Need, ...]]:
    """Every open dose of every patient by what it is served from, in the order of their times."""
    found: dict[StockRecord, list[_Need]] = {}
    for subject in subjects(desk):
        chart = chart_of(desk, subject.id)
        if isinstance(chart, Refusal):
            continue
        for cycle in chart.cycles.values():
            record = record_of_version(desk, cycle.fingerprint)
            if record is not None and chart.stop_by(cycle) is None:
                found.setdefault(record, []).extend(_of_cycle(desk, chart, cycle))
    return {
        record: tuple(sorted(needs, key=lambda one: (one.at, one.patient, one.dose)))
        for record, needs in found.items()
    }


def _of_cycle(desk: Desk, chart: PatientChart, cycle: CycleChart) -> Iterator[_Need]:
    """The doses without a record and without a release: a released one has its vials already."""
    by_day: dict[int, tuple[int | None, str]] = {}
    for dose in cycle.doses.values():
        if dose.administration is not None or dose.standing_release is not None:
            continue
        if dose.day not in by_day:
            by_day[dose.day] = _vials(desk, chart, cycle, dose)
        vials, why = by_day[dose.day]
        name = tell("{cycle}, dose {number}", cycle=cycle_name(cycle), number=dose.number)
        yield _Need(dose.due, chart.subject.trial_code, name, vials, why, chart.subject.id)


def _vials(
    desk: Desk, chart: PatientChart, cycle: CycleChart, dose: DoseRecords
) -> tuple[int | None, str]:
    made = dose_of(desk, chart, cycle, dose.number)
    if isinstance(made, Refusal):
        return None, told(made.reasons[0])
    return made.vials, ""


def _run_out(desk: Desk, record: StockRecord, needs: tuple[_Need, ...]) -> RunOut:
    now = desk.clock.now()
    zone = desk.zone
    books = stock_books(desk)
    stocks = [lot for place in books.places(record) for lot in books.lots_at(record, place)]
    today = now.astimezone(zone).date()
    shelf = _Shelf([_pile(one, desk, today) for one in sorted(stocks, key=_by_expiry)])
    last = max((one.at for one in needs), default=now)
    span = span_of(desk, now, max(last, now + _LEAST))
    shelf.steps.append((span.begin, shelf.left))
    rows, first_short = [], None
    for need in needs:
        at = max(need.at, now)  # what is overdue is needed now
        missing = 0 if need.vials is None else shelf.take(need.vials, at)
        if missing and first_short is None:
            first_short = at
        rows.append(_row(need, shelf, span, at, missing))
    shelf.expire(span.end)
    unknown = sum(one.vials is None for one in needs)
    return RunOut(
        protocol=record.protocol, product=record.product, axis=axis_of(span),
        level=tuple((span.minutes(at) or 0, Decimal(left)) for at, left in shelf.steps),
        runs_out=None if first_short is None else span.minutes(first_short),
        verdict=_verdict(span, first_short, len(needs), unknown),
        lots=tuple(_lot(pile, span, today) for pile in shelf.piles), needs=tuple(rows),
        notes=tuple(_notes(needs, unknown, now)),
    )  # fmt: skip


def _by_expiry(stock: LotStock) -> tuple[str, str, str]:
    return (stock.expiry or "9999", stock.of.lot, stock.of.place)


def _pile(stock: LotStock, desk: Desk, today: date) -> _Pile:
    """A lot without a known expiry is never taken, nor one whose last day is over."""
    if not stock.expiry or date.fromisoformat(stock.expiry) < today:
        return _Pile(stock, 0, None)
    after = date.fromisoformat(stock.expiry) + _DAY
    ends = datetime(after.year, after.month, after.day, tzinfo=desk.zone).astimezone(UTC)
    return _Pile(stock, stock.usable, ends)


def _lot(pile: _Pile, span: Span, today: date) -> RunOutLot:
    stock = pile.stock
    last = date.fromisoformat(stock.expiry) if stock.expiry else None
    said = []
    if stock.quarantined:
        said.append(tell("quarantined: {why}", why=stock.quarantined))
    if last is None:
        said.append(tell("no expiry is recorded"))
    elif last < today:
        said.append(tell("expired"))
    if stock.open_count is not None:
        said.append(tell("a count differs and is not settled"))
    may = 0 if last is None or last < today else stock.usable
    return RunOutLot(
        lot=stock.lot, place=shown(stock.place), vials=may,
        expiry="" if last is None else write_date(last), state=joined("; ", said),
        ends=None if pile.ends is None else span.minutes(pile.ends), left_over=pile.expired,
    )  # fmt: skip


def _row(need: _Need, shelf: _Shelf, span: Span, at: datetime, missing: int) -> RunOutNeed:
    left = (
        tell("{vials} missing", vials=vials_words(missing)) if missing else vials_words(shelf.left)
    )
    return RunOutNeed(
        minutes=span.minutes(at) or 0, patient=need.patient, dose=need.dose,
        when=span.told(need.at), vials=need.vials or 0,
        left="" if need.vials is None else left, why=need.why, short=missing > 0, subject=need.subject,
    )  # fmt: skip


def _verdict(span: Span, short: datetime | None, needs: int, unknown: int) -> str:
    """On which day the vials do not suffice any more, as far as the needs are known."""
    if not needs:
        return tell("No dose is planned that needs this product.")
    if unknown == needs:
        return tell("When the stock runs out is not known: no planned dose has a known need.")
    if short is not None:
        day = write_weekday(span.local(short).date())
        if unknown:
            return tell("Runs out on {day}, or earlier: some needs are not known.", day=day)
        return tell("Runs out on {day}: the vials do not suffice for a dose of that day.", day=day)
    if unknown:
        return tell("Suffices for every dose with a known need; some needs are not known.")
    return tell("Suffices for every planned dose.")


def _notes(needs: tuple[_Need, ...], unknown: int, now: datetime) -> Iterator[Sentence | str]:
    if unknown:
        yield (
            tell("1 planned dose has no known need: nothing is taken for it here.")
            if unknown == 1
            else tell(
                "{count} planned doses have no known need: nothing is taken for them here.",
                count=unknown,
            )
        )
    overdue = sum(one.at < now for one in needs)
    if overdue:
        yield (
            tell("1 dose is past its time without a record: its vials are counted as needed now.")
            if overdue == 1
            else tell(
                "{count} doses are past their time without a record: their vials are counted as "
                "needed now.",
                count=overdue,
            )
        )
    yield tell(
        "Counted: doses of planned cycles without a record and without a release, at the dosing "
        "weight in force; vials of all places together, first expiry first. A dose that finds too "
        "few vials takes none. Vials in quarantine or past their expiry are not taken."
    )
