"""A dose in lines of text, as people read it before they sign and find it in the records."""

from __future__ import annotations

from datetime import datetime, timedelta

from il2desk.desk import (
    GIVEN,
    AdministrationForm,
    AdministrationRecord,
    Desk,
    Located,
    ReleaseRecord,
    bundle_of,
    given_dose_iu,
)
from il2desk.dosing import Refusal, write_dose, write_moment, write_quantity, write_span
from il2desk.window.pages.disputes import dispute_lines
from il2desk.window.pages.patient_banner import identity_line, name_of
from il2desk.window.pages.preparation_facts import given_words, lots_words
from il2desk.words import say


def place_lines(desk: Desk, at: Located) -> tuple[str, ...]:
    """Who, which dose, and the drug, one line each."""
    subject, cycle = at.chart.subject, at.cycle
    where = say(
        "{name}, {trial}, dose {number} of {count}, planned {when}",
        name=name_of(subject),
        trial=subject.trial_code,
        number=at.dose.number,
        count=len(cycle.doses),
        when=write_moment(desk.local(at.dose.due)),
    )
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return (where,)
    brand = bundle.product.name.partition(" (")[0]  # the rest names drug and presentation
    return (where, f"{bundle.protocol.drug} – {brand}")


def review_lines(desk: Desk, at: Located, form: AdministrationForm) -> tuple[str, ...]:
    """Everything that will be recorded, before it is."""
    release = at.dose.release
    where, *drug = place_lines(desk, at)
    lines = [where, identity_line(at.chart.subject), *drug, _happened_form(desk, form)]
    if form.given_at is not None:
        lines.append(lateness(desk, at, form.given_at))
    if form.outcome == "given" and form.volume_ml is None:
        lines.append(say("Whole amount: yes"))
    if release is not None and form.outcome in GIVEN:
        lines.extend(prepared_lines(release))
    if form.volume_ml is not None:
        lines.append(
            say("Drug volume that went in {volume}", volume=write_quantity(form.volume_ml, "mL"))
        )
        given = given_dose_iu(desk, at.cycle, form.volume_ml)
        if given is not None:
            lines.append(say("Given dose {dose}", dose=write_dose(given)))
    lots = form.lots or (release.lots if release is not None and form.outcome in GIVEN else ())
    if lots:
        lines.append(say("Lots: {lots}", lots=lots_words(lots)))
    lines.extend(said(form.reason, form.decided_by, form.note))
    return (*lines, *check_lines(desk, at))


def prepared_lines(release: ReleaseRecord) -> tuple[str, ...]:
    """What two people released, and how it is given: dose, volume, diluent, total volume, route."""
    lines = [
        say("Prepared dose {dose} in {volume}, {diluent}",
            dose=write_dose(release.prepared_dose_iu),
            volume=write_quantity(release.prepared_volume_ml, "mL"), diluent=release.diluent)
    ]  # fmt: skip
    if release.total_volume_ml is not None:
        total = write_quantity(release.total_volume_ml, "mL")
        lines.append(say("Total volume {total}", total=total))
    return (*lines, say("Route {how}", how=given_words(release.dose)))


def check_lines(desk: Desk, at: Located) -> tuple[str, ...]:
    """The verdict of the check before this dose, and when; nothing where none is recorded."""
    check = at.dose.check
    if check is None:
        return ()
    when = write_moment(desk.local(check.assessed_at))
    return (say("Check {verdict} {when}", verdict=check.verdict, when=when),)


def record_lines(desk: Desk, at: Located, record: AdministrationRecord) -> tuple[str, ...]:
    """What is recorded, with amendments applied, and both signature lines."""
    lines = [*place_lines(desk, at), happened(desk, record)]
    if record.given_dose_iu is not None:
        given = write_dose(record.given_dose_iu)
        volume = "" if record.volume_ml is None else write_quantity(record.volume_ml, "mL")
        lines.append(say("Given dose {dose} in {volume}", dose=given, volume=volume))
    if record.lots:
        lines.append(say("Lots: {lots}", lots=lots_words(record.lots)))
    lines.extend(said(record.reason, record.decided_by, record.note))
    if record.against:
        lines.append(record.against)
    lines.extend(signature_lines(desk, record))
    lines.extend(dispute_lines(desk, record.disputes))
    lines.extend(record.notes)
    return tuple(lines)


def happened(desk: Desk, record: AdministrationRecord) -> str:
    """The outcome with its times in one line."""
    word = say(record.outcome.capitalize())
    if record.given_at is None:
        return word
    text = say("{word} {when}", word=word, when=write_moment(desk.local(record.given_at)))
    if record.approximate:
        text = say("{line}, approximate", line=text)
    if record.stopped_at is not None:
        when = write_moment(desk.local(record.stopped_at))
        text = say("{line}, stopped {when}", line=text, when=when)
    return say("{line}, recorded late", line=text) if record.recorded_late else text


def signature_lines(desk: Desk, record: AdministrationRecord) -> tuple[str, str]:
    """Who recorded it, and who signed as second person or that somebody still must."""
    first = say(
        "Recorded by {name} {when}",
        name=record.by,
        when=write_moment(desk.local(record.recorded_at)),
    )
    if record.cosigned_by is None or record.cosigned_at is None:
        return first, say(record.waits.capitalize())
    return first, say(
        "Second person {name} {when}",
        name=record.cosigned_by,
        when=write_moment(desk.local(record.cosigned_at)),
    )


def _happened_form(desk: Desk, form: AdministrationForm) -> str:
    word = say(form.outcome.capitalize())
    if form.given_at is None:
        return word
    today = desk.now().date()
    near = say("today ") if desk.local(form.given_at).date() == today else ""
    text = f"{word} {near}{write_moment(desk.local(form.given_at))}"
    if form.approximate:
        text = say("{line}, approximate", line=text)
    if form.stopped_at is not None:
        when = write_moment(desk.local(form.stopped_at))
        text = say("{line}, stopped {when}", line=text, when=when)
    return text


def lateness(desk: Desk, at: Located, given_at: datetime) -> str:
    """How far the start lies from the planned time, in whole minutes."""
    planned = write_moment(desk.local(at.dose.due))
    apart = given_at - at.dose.due
    if abs(apart) < timedelta(minutes=1):
        return say("Planned {planned}, on time", planned=planned)
    word = say("late") if apart > timedelta(0) else say("early")
    span = write_span(apart)
    return say("Planned {planned}, {span} {word}", planned=planned, span=span, word=word)


def said(reason: str, decided_by: str, note: str) -> list[str]:
    """The reason, who decided, and the note, as far as they were entered."""
    lines: list[str] = []
    if reason.strip():
        lines.append(say("Reason: {reason}", reason=reason))
    if decided_by.strip():
        lines.append(say("Decided by: {who}", who=decided_by))
    if note.strip():
        lines.append(say("Note: {note}", note=note))
    return lines
