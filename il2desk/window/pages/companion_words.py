"""A dose of a companion drug in lines of text: what is planned, entered, recorded."""

from __future__ import annotations

from datetime import datetime

from il2desk.desk import (
    CompanionForm,
    CompanionLocated,
    CompanionRecord,
    Desk,
    day_words,
)
from il2desk.dosing import (
    NO_BREAK,
    CompanionDose,
    Refusal,
    volume_line,
    write_amount,
    write_date,
    write_moment,
    write_quantity,
)
from il2desk.window.pages.disputes import dispute_lines
from il2desk.window.pages.patient_banner import identity_line, name_of
from il2desk.window.pages.preparation_facts import lots_words
from il2desk.window.spoken import spoken_all
from il2desk.words import say


def companion_place_lines(at: CompanionLocated) -> tuple[str, ...]:
    """Who, which dose of which drug, and what is derived for it."""
    subject, companion = at.chart.subject, at.companion
    where = say(
        "{name}, {trial}, {drug}, {day}, {date}",
        name=name_of(subject),
        trial=subject.trial_code,
        drug=companion.drug,
        day=day_words(at.place.day),
        date=write_date(at.date),
    )
    if at.of_day > 1 or at.place.count > 1:
        where = say("{where}, dose {count} of the day", where=where, count=at.place.count)
    planned = (companion.route, companion.timing)
    how = spoken_all((one.value for one in planned if one is not None), "; ")
    lines = (where, derived_words(at.derived))
    return (*lines, say("Planned: {how}", how=how)) if how else lines


def derived_words(derived: CompanionDose | Refusal) -> str:
    """The derived amount with its volume, or why nothing is derived."""
    if isinstance(derived, Refusal):
        return derived.text
    if derived.exact_dose is None:
        return say("No dose of it is derived.")
    amount = write_amount(derived.exact_dose, derived.companion.unit)
    return say("Derived {amount}; {volume}", amount=amount, volume=volume_line(derived))


def derived_short(derived: CompanionDose | Refusal) -> str:
    """As `derived_words` for a narrow column: the amount, and under it the volume."""
    if isinstance(derived, Refusal) or derived.exact_dose is None:
        return derived_words(derived)
    amount = unit_below(write_amount(derived.exact_dose, derived.companion.unit))
    volume = derived.volume
    if volume is None:
        return say("{amount}\nno volume is worked out", amount=amount)
    if volume.prepared_ml is None:
        return say("{amount}\nfrom a pen", amount=amount)
    return f"{amount}\n{write_quantity(volume.prepared_ml, 'mL')}"


def unit_below(text: str) -> str:
    """An amount with its unit on a line of its own."""
    return text.replace(f"{NO_BREAK}international", "\ninternational")


def companion_review_lines(
    desk: Desk, at: CompanionLocated, form: CompanionForm
) -> tuple[str, ...]:
    """Everything that will be recorded, before it is."""
    where, *planned = companion_place_lines(at)
    lines = [where, identity_line(at.chart.subject), *planned]
    lines.append(_when(desk, form.outcome, form.given_at, form.stopped_at, form.approximate))
    amount = "" if form.amount is None else write_amount(form.amount, at.companion.unit)
    lines += _facts(amount, form)
    lines += _said(form)
    return tuple(lines)


def companion_record_lines(
    desk: Desk, at: CompanionLocated, record: CompanionRecord
) -> tuple[str, ...]:
    """What is recorded, with amendments applied, and both signature lines."""
    where, *_ = companion_place_lines(at)
    lines = [where, _derived_then(record), companion_happened(desk, record)]
    amount = "" if record.amount is None else write_amount(record.amount, record.unit)
    lines += _facts(amount, record)
    lines += _said(record)
    if record.against:
        lines.append(record.against)
    when = write_moment(desk.local(record.recorded_at))
    lines.append(say("Recorded by {name} {when}", name=record.by, when=when))
    if record.cosigned_by is None or record.cosigned_at is None:
        lines.append(say(record.waits.capitalize()))
    else:
        second = write_moment(desk.local(record.cosigned_at))
        lines.append(say("Second person {name} {when}", name=record.cosigned_by, when=second))
    return (*lines, *dispute_lines(desk, record.disputes), *record.notes)


def _derived_then(record: CompanionRecord) -> str:
    """What was derived when it was recorded: a weight that came later changes nothing here."""
    if record.derived_amount is None:
        return record.derived_gap
    derived = write_amount(record.derived_amount, record.unit)
    return say("Derived when recorded: {amount}", amount=derived)


def companion_happened(desk: Desk, record: CompanionRecord) -> str:
    """The outcome with its times in one line."""
    line = _when(desk, record.outcome, record.given_at, record.stopped_at, record.approximate)
    return say("{line}, recorded late", line=line) if record.recorded_late else line


def _when(
    desk: Desk, outcome: str, given: datetime | None, stopped: datetime | None, approximate: object
) -> str:
    line = say(outcome.capitalize())
    if given is not None:
        line = say("{word} {when}", word=line, when=write_moment(desk.local(given)))
        if approximate:
            line = say("{line}, approximate", line=line)
    if stopped is not None:
        line = say("{line}, stopped {when}", line=line, when=write_moment(desk.local(stopped)))
    return line


def _facts(amount: str, told: CompanionForm | CompanionRecord) -> list[str]:
    """What went in, how, where, and of which product and lot; what was not typed is left out."""
    lots = lots_words(told.lots) if told.lots else ""
    pairs = (
        (say("Amount that went in: {what}", what=amount), amount),
        (say("Route: {what}", what=told.route), told.route),
        (say("Injection site: {what}", what=told.injection_site), told.injection_site),
        (say("Product: {what}", what=told.product), told.product),
        (say("Lots: {lots}", lots=lots), lots),
    )
    return [line for line, what in pairs if what]


def _said(told: CompanionForm | CompanionRecord) -> list[str]:
    pairs = (
        (say("Reason: {reason}", reason=told.reason), told.reason),
        (say("Decided by: {who}", who=told.decided_by), told.decided_by),
        (say("Note: {note}", note=told.note), told.note),
    )
    return [line for line, what in pairs if what.strip()]
