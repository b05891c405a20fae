"""A corrected line of stock in the record of the dose that its vials were taken for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from il2desk.desk.records_of_a_dose import AdministrationRecord, Change, DoseRecords, Lot
from il2desk.dosing import tell, write_date
from il2desk.records import Entry


def fold_lot_correction(dose: DoseRecords, entry: Entry) -> None:
    """Apply a correction of lot, expiry or vials to the release and the record that rest on it."""
    release, record = dose.release, dose.administration
    if release is not None and release.entry == entry.amends:
        lots = _corrected(release.lots, entry)
        if record is not None and record.lots == release.lots:
            dose.administration = _with_lots(record, lots, entry)
        dose.release = replace(release, lots=lots)
    elif record is not None and record.entry == entry.amends:
        dose.administration = _with_lots(record, _corrected(record.lots, entry), entry)
    else:
        dose.discarded = [
            replace(one, release=replace(one.release, lots=_corrected(one.release.lots, entry)))
            if one.release.entry == entry.amends
            else one
            for one in dose.discarded
        ]


def _corrected(lots: tuple[Lot, ...], entry: Entry) -> tuple[Lot, ...]:
    at = int(entry.body["line"])
    changed = list(lots)
    for change in entry.body["changes"]:
        name, new = change["field"], change["new"]
        if name == "vials":
            changed[at] = replace(changed[at], vials=int(new))
        elif name == "lot":
            changed[at] = replace(changed[at], lot=new)
        elif name == "expiry":
            changed[at] = replace(changed[at], expiry=new)
    return tuple(changed)


def _with_lots(
    record: AdministrationRecord, lots: tuple[Lot, ...], entry: Entry
) -> AdministrationRecord:
    first, second = entry.body["signatures"]
    change = Change(
        len(record.changes) + 1, "lots", _words(record.lots), _words(lots), first["name"],
        second["name"], entry.at, entry.reason,
    )  # fmt: skip
    return replace(record, lots=lots, changes=(*record.changes, change))


def _words(lots: tuple[Lot, ...]) -> str:
    return ", ".join(
        tell(
            "{lot} expiring {date}, {vials} vials",
            lot=lot.lot,
            date=write_date(date.fromisoformat(lot.expiry)),
            vials=lot.vials,
        )
        for lot in lots
    )
