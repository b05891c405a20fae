"""What marks the record of a companion dose for ever; each mark demands a reason, none forbids it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from il2desk.desk.chart import GIVEN
from il2desk.desk.companion_form import CompanionForm, amount_field
from il2desk.desk.companion_place import CompanionLocated
from il2desk.desk.companion_plan import day_words
from il2desk.desk.desk import Desk
from il2desk.desk.lots_taken import expired_lots
from il2desk.dosing import Refusal, tell, write_amount, write_date, write_moment


def what_is_asked_of_companion(
    desk: Desk, at: CompanionLocated, form: CompanionForm
) -> tuple[str, ...]:
    """How what was given differs from the plan, in sentences; empty where nothing was given."""
    if form.outcome not in GIVEN:
        return ()
    until = _until(desk, form.given_at)
    marks = [*_unplanned(at), *_another_day(desk, at, form), *_amount(at, form), *_route(at, form)]
    stop = at.chart.stop_by(at.cycle, until)
    if stop is not None:
        when = write_moment(desk.local(stop.assessed_at))
        marks.append(tell("This dose was given against STOP of {when}.", when=when))
    marks.extend(
        sentence.replace("It cannot be taken.", "It was given.")
        for sentence in expired_lots(desk, form.lots, desk.local(until).date())
    )
    return tuple(marks)


def whole_amounts(at: CompanionLocated) -> tuple[Decimal, ...]:
    """The amounts that are the whole dose: the exact one and what the prepared volume holds."""
    made = at.derived
    if isinstance(made, Refusal) or made.exact_dose is None:
        return ()
    return (made.exact_dose, *(() if made.volume is None else (made.volume.dose,)))


def _until(desk: Desk, given_at: datetime | None) -> datetime:
    """The last moment (UTC) that counts as before the dose: a time is typed to the minute."""
    moment = desk.clock.now() if given_at is None else given_at.astimezone(UTC)
    return moment.replace(second=59, microsecond=999_999)


def _unplanned(at: CompanionLocated) -> list[str]:
    if at.planned:
        return []
    day, drug = day_words(at.place.day), at.companion.drug
    if at.of_day:
        return [
            tell(
                "It is dose {count} of {drug} on {day}; {of_day} planned that day.",
                count=at.place.count,
                drug=drug,
                day=day,
                of_day=at.of_day,
            )
        ]
    return [
        tell(
            "No dose of {drug} is planned on {day}, {date}.",
            drug=drug,
            day=day,
            date=write_date(at.date),
        )
    ]


def _another_day(desk: Desk, at: CompanionLocated, form: CompanionForm) -> list[str]:
    if form.given_at is None or desk.local(form.given_at).date() == at.date:
        return []
    given = write_date(desk.local(form.given_at).date())
    word = "planned" if at.planned else "entered"
    return [
        tell(
            "Given on {given}; {word} for {day}, {date}.",
            given=given,
            word=word,
            day=day_words(at.place.day),
            date=write_date(at.date),
        )
    ]


def _amount(at: CompanionLocated, form: CompanionForm) -> list[str]:
    whole, unit = whole_amounts(at), at.companion.unit
    if not whole:
        if isinstance(at.derived, Refusal) and at.derived.code == "not-planned":
            return []  # said already
        return [tell("No derived amount to compare with: {why}", why=_why(at))]
    if form.amount is None or not amount_field(unit).takes(form.amount):
        return []
    given = write_amount(form.amount, unit)
    derived = write_amount(whole[-1], unit)
    if form.outcome == "given" and form.amount not in whole:
        return [tell("{given} is not the derived {derived}.", given=given, derived=derived)]
    if form.outcome == "part given" and form.amount >= min(whole):
        return [tell("{given} is no part of the derived {derived}.", given=given, derived=derived)]
    return []


def _why(at: CompanionLocated) -> str:
    return at.derived.text if isinstance(at.derived, Refusal) else ""


def _route(at: CompanionLocated, form: CompanionForm) -> list[str]:
    planned = at.companion.route
    if planned is None or not form.route.strip() or form.route.strip() == planned.value:
        return []
    return [
        tell(
            "The route was {route}; the protocol says {planned}.",
            route=form.route.strip(),
            planned=planned.value,
        )
    ]
