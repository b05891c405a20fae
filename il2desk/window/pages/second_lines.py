"""A recorded dose as the second person reads it before signing: what the first one read, and more."""

from __future__ import annotations

from il2desk.desk import GIVEN, AdministrationRecord, Desk, Located
from il2desk.dosing import write_dose, write_quantity
from il2desk.window.pages.disputes import dispute_lines
from il2desk.window.pages.dose_lines import (
    check_lines,
    happened,
    lateness,
    place_lines,
    prepared_lines,
    said,
    signature_lines,
)
from il2desk.window.pages.patient_banner import identity_line
from il2desk.window.pages.preparation_facts import lots_words
from il2desk.words import say


def second_lines(desk: Desk, at: Located, record: AdministrationRecord) -> tuple[str, ...]:
    """The review of the first person from the record, amendments applied, then both signature lines.

    No banner may stand beside it, so it says itself whose dose it is.
    """
    where, *drug = place_lines(desk, at)
    lines = [where, identity_line(at.chart.subject), *drug, happened(desk, record)]
    if record.given_at is not None:
        lines.append(lateness(desk, at, record.given_at))
    lines.extend(_amount_lines(at, record))
    if record.lots:
        lines.append(say("Lots: {lots}", lots=lots_words(record.lots)))
    lines.extend(said(record.reason, record.decided_by, record.note))
    lines.extend(check_lines(desk, at))
    if record.against:
        lines.append(record.against)
    lines.extend(signature_lines(desk, record))
    lines.extend(dispute_lines(desk, record.disputes))
    return (*lines, *record.notes)


def _amount_lines(at: Located, record: AdministrationRecord) -> list[str]:
    """Whether all of it went in, what was prepared, and what was given."""
    release, lines = at.dose.release, []
    if release is not None and record.outcome in GIVEN:
        if record.outcome == "given" and record.volume_ml == release.prepared_volume_ml:
            lines.append(say("Whole amount: yes"))
        lines.extend(prepared_lines(release))
    if record.given_dose_iu is not None:
        given = write_dose(record.given_dose_iu)
        volume = "" if record.volume_ml is None else write_quantity(record.volume_ml, "mL")
        lines.append(say("Given dose {dose} in {volume}", dose=given, volume=volume))
    elif record.volume_ml is not None:
        volume = write_quantity(record.volume_ml, "mL")
        lines.append(say("Drug volume that went in {volume}", volume=volume))
    return lines
