"""How each kind of entry changes what is known about a dose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from il2desk.desk.clock import moment_of
from il2desk.desk.records_of_a_dose import (
    AdministrationRecord,
    Change,
    CheckRecord,
    Discarded,
    Dispute,
    DoseRecords,
    Lot,
    OverrideRecord,
    PremedicationOutcome,
    ReleaseRecord,
)
from il2desk.desk.stock_on_dose import fold_lot_correction
from il2desk.records import Entry

Names = Mapping[str, str]


def fold_dose_entry(dose: DoseRecords, entry: Entry, names: Names) -> None:
    """Apply one entry of this dose. Kinds that change nothing shown here are passed over."""
    if entry.kind == "premedication-recorded":
        for outcome in entry.body["outcomes"]:
            found = _premedication(outcome, names.get(entry.actor, entry.actor))
            dose.premedication[outcome["item"]] = found
            if found.outcome == "given":
                dose.premedication_given.append(found)
    elif entry.kind == "assessment-recorded":
        dose.checks.append(_check(entry, names))
    elif entry.kind == "assessment-entered-in-error":
        dose.voided += [check for check in dose.checks if check.entry == entry.amends]
        dose.checks = [check for check in dose.checks if check.entry != entry.amends]
    elif entry.kind == "override-recorded":
        dose.override = _override(entry)
        dose.overrides.append(dose.override)
    elif entry.kind in ("release-recorded", "preparation-discarded"):
        _fold_release(dose, entry)
    elif entry.kind == "stock-corrected":
        fold_lot_correction(dose, entry)
    elif entry.kind == "dose-delayed":
        dose.delayed_to = moment_of(entry.body["new_utc"])
        dose.delayed_at = entry.at
    else:
        _fold_administration(dose, entry)


def _fold_release(dose: DoseRecords, entry: Entry) -> None:
    release = dose.release
    if entry.kind == "release-recorded":
        dose.release = _release(entry)
    elif release is not None and release.entry == entry.body["release"]:
        by = entry.body["signatures"][0]["name"]
        dose.discarded.append(Discarded(release, moment_of(entry.body["at"]), by, entry.reason))
        dose.release = None


def _fold_administration(dose: DoseRecords, entry: Entry) -> None:
    if entry.kind == "administration-recorded":
        dose.administration = administration_of(entry)
    elif dose.administration is None:
        return
    elif entry.kind == "administration-cosigned":
        signature = entry.body["signatures"][0]
        dose.administration = replace(
            dose.administration,
            cosigned_by=signature["name"],
            cosigned_at=moment_of(signature["at"]),
            notes=(*dose.administration.notes, *notes_of(entry)),
        )
    elif entry.kind == "administration-disputed":
        disputes = (*dose.administration.disputes, dispute_of(entry))
        dose.administration = replace(dose.administration, disputes=disputes)
    elif entry.kind == "administration-amended":
        amended = _amended(dose.administration, entry)
        if amended.in_error:
            dose.errors.append(amended)
            dose.administration = None
        else:
            dose.administration = amended


def lots_of(body: Iterable[Mapping[str, Any]]) -> tuple[Lot, ...]:
    """Lots as stored."""
    return tuple(
        Lot(
            lot["lot"], lot["expiry"], lot["vials"], tuple(lot.get("serials", ())),
            lot.get("gtin", ""),
        )
        for lot in body
    )  # fmt: skip


def dispute_of(entry: Entry) -> Dispute:
    """Who does not agree with a record, when and why."""
    signature = entry.body["signatures"][0]
    return Dispute(signature["name"], moment_of(signature["at"]), entry.reason)


def settled_by_amendment(disputes: tuple[Dispute, ...]) -> tuple[Dispute, ...]:
    """The disputes once the record was amended; they stay visible."""
    return tuple(replace(one, settled=True) for one in disputes)


def notes_of(entry: Entry) -> tuple[str, ...]:
    """What must be read with the signatures of an entry."""
    return tuple(one["note"] for one in entry.body["signatures"] if one.get("note"))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moment_of(text)


def _premedication(body: Mapping[str, Any], by: str) -> PremedicationOutcome:
    return PremedicationOutcome(
        body["item"], body["name"], body["dose"], body["unit"], body["outcome"], body["reason"],
        _moment(body["at"]), by,
    )  # fmt: skip


def _check(entry: Entry, names: Names) -> CheckRecord:
    body = entry.body
    return CheckRecord(
        entry=entry.id, sequence=entry.sequence, by=names.get(entry.actor, entry.actor),
        verdict=body["verdict"], scope=body["scope"], sentence=body["sentence"], assessed_at=moment_of(body["assessed_at"]),
        valid_until=_moment(body["valid_until"]),
        valid_by=body.get("valid_by", ""), relative=body["relative"],
        absolute=body["absolute"], required=body["required"], missing=tuple(body["missing"]),
        not_judged=tuple(body["not_judged"]), held_by=tuple(body["held_by"]),
        values=tuple(body["values"]), criteria=tuple(body["criteria"]), rule_set=body["rule_set"],
        unjudged=tuple((one["code"], one["value"]) for one in body.get("unjudged", ())),
    )  # fmt: skip


def _override(entry: Entry) -> OverrideRecord:
    body = entry.body
    return OverrideRecord(
        entry.id, body["check"], entry.reason, body["prescriber"], body["way"], entry.at,
        tuple(signature["name"] for signature in body["signatures"]),
    )  # fmt: skip


def _release(entry: Entry) -> ReleaseRecord:
    body = entry.body
    first, second = body["signatures"]
    return ReleaseRecord(
        entry=entry.id, at=entry.at, by=first["name"], checked_by=second["name"],
        prepared_dose_iu=Decimal(body["dose"]["prepared_dose_iu"]),
        prepared_volume_ml=Decimal(body["prepared_volume_ml"]),
        total_volume_ml=_number(body["total_volume_ml"]), diluent=body["diluent"],
        lots=lots_of(body["lots"]), weight_kg=_number(body["weight_kg"]), dose=body["dose"],
        volume_choice=body["volume_choice"], reconstituted_at=_moment(body["reconstituted_at"]), taken_from=body.get("taken_from"),
    )  # fmt: skip


def administration_of(entry: Entry) -> AdministrationRecord:
    """An administration as it was first recorded."""
    body = entry.body
    signature = body["signatures"][0]
    return AdministrationRecord(
        entry=entry.id, outcome=body["outcome"], given_at=_moment(body["given_at"]),
        approximate=body["approximate"], stopped_at=_moment(body["stopped_at"]),
        prepared_dose_iu=_number(body["prepared_dose_iu"]),
        given_dose_iu=_number(body["given_dose_iu"]), volume_ml=_number(body["volume_ml"]),
        lots=lots_of(body["lots"]), reason=body["reason"], decided_by=body["decided_by"],
        note=body["note"], against=body["against"], recorded_late=body["recorded_late"],
        recorded_at=entry.at, by=signature["name"], by_id=signature["staff"],
        cosigned_by=None, cosigned_at=None, notes=notes_of(entry),
    )  # fmt: skip


_SETTERS: Mapping[str, Any] = {
    "given_at": _moment,
    "stopped_at": _moment,
    "given_dose_iu": _number,
    "volume_ml": _number,
    "outcome": str,
    "reason": str,
    "note": str,
    "decided_by": str,
    "against": str,
}


def _amended(record: AdministrationRecord, entry: Entry) -> AdministrationRecord:
    """The record with an amendment applied; what it said before stays in `changes`."""
    first, second = (*entry.body["signatures"], {"name": ""})[:2]
    changes = list(record.changes)
    values: dict[str, Any] = {}
    for change in entry.body["changes"]:
        name = change["field"]
        changes.append(
            Change(
                len(changes) + 1,
                name,
                change["old_text"],
                change["new_text"],
                first["name"],
                second["name"],
                entry.at,
                entry.reason,
                bool(entry.body.get("after_closure")),
            )
        )
        if name == "in_error":
            values["in_error"] = True
        elif name == "lots":
            values["lots"] = lots_of(change["new"])
        else:
            values[name] = _SETTERS[name](change["new"])
    disputes = settled_by_amendment(record.disputes)
    return replace(record, changes=tuple(changes), disputes=disputes, **values)
