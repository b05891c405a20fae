"""What each kind of entry changes in the tables of how things stand now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from il2desk.records.present_tables import DOSE_NOW, PERSON_NOW, SUBJECT_NOW, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from il2desk.records.entries import Entry

_AMENDABLE = {
    "outcome": "outcome",
    "given_at": "given_at",
    "given_dose_iu": "given_dose_iu",
    "volume_ml": "volume_ml",
}
_OF_A_RECORD = (
    "outcome",
    "given_at",
    "given_dose_iu",
    "volume_ml",
    "given_lots",
    "recorded_by",
    "cosigned_by",
    "disputed_by",
)


def apply(entry: Entry, rows: Rows) -> None:
    """Change the rows that an entry is about. A body of an unknown form changes what can be read of it."""
    if entry.subject is not None:
        _count_entry(entry, entry.subject, rows)
    act = _ACTS.get(entry.kind)
    if act is not None:
        act(entry, rows)


def _count_entry(entry: Entry, subject: str, rows: Rows) -> None:
    row = rows.get(SUBJECT_NOW, subject) or SUBJECT_NOW.empty(subject=subject)
    row["entries"] = int(row["entries"] or 0) + 1
    row["sequence"] = entry.sequence
    rows.put(SUBJECT_NOW, row)


def _registered(entry: Entry, rows: Rows) -> None:
    row = rows.get(SUBJECT_NOW, entry.subject) if entry.subject else None
    if row is not None:
        for name in ("trial_code", "initials", "protocol", "arm"):
            row[name] = _text(entry.body.get(name))
        rows.put(SUBJECT_NOW, row)


def _planned(entry: Entry, rows: Rows) -> None:
    row = rows.get(SUBJECT_NOW, entry.subject) if entry.subject else None
    if row is not None:
        row["cycles"] = int(row["cycles"] or 0) + 1
        rows.put(SUBJECT_NOW, row)
    if entry.cycle is None:
        return
    for dose in _list(entry.body.get("doses")):
        number, utc = dose.get("number"), _text(dose.get("utc"))
        if isinstance(number, int):
            fresh = DOSE_NOW.empty(
                cycle=entry.cycle, dose_number=number, subject=entry.subject, planned_utc=utc,
                due_utc=utc, sequence=entry.sequence,
            )  # fmt: skip
            rows.put(DOSE_NOW, fresh)


def _of_dose(change: Callable[[Row, Entry], None]) -> Callable[[Entry, Rows], None]:
    """An act that changes the row of the entry's dose."""

    def act(entry: Entry, rows: Rows) -> None:
        if entry.cycle is None or entry.dose_number is None:
            return
        row = rows.get(DOSE_NOW, entry.cycle, entry.dose_number)
        if row is not None:
            change(row, entry)
            row["sequence"] = entry.sequence
            rows.put(DOSE_NOW, row)

    return act


def _delayed(row: Row, entry: Entry) -> None:
    row["due_utc"] = _text(entry.body.get("new_utc"))


def _released(row: Row, entry: Entry) -> None:
    row["released_utc"] = entry.at.isoformat().replace("+00:00", "Z")
    row["prepared_by"], row["checked_by"] = _signed(entry, 0), _signed(entry, 1)
    row["released_lots"] = _lots(entry.body.get("lots"))


def _discarded(row: Row, _entry: Entry) -> None:
    row.update(dict.fromkeys(("released_utc", "prepared_by", "checked_by", "released_lots")))


def _recorded(row: Row, entry: Entry) -> None:
    for name in _AMENDABLE:
        row[name] = _text(entry.body.get(name))
    row["given_lots"] = _lots(entry.body.get("lots"))
    row["recorded_by"], row["cosigned_by"] = _signed(entry, 0), None
    row["disputed_by"] = None


def _cosigned(row: Row, entry: Entry) -> None:
    if row["outcome"] is not None:
        row["cosigned_by"] = _signed(entry, 0)


def _disputed(row: Row, entry: Entry) -> None:
    if row["outcome"] is not None:
        row["disputed_by"] = _signed(entry, 0)


def _amended(row: Row, entry: Entry) -> None:
    if row["outcome"] is None:
        return
    row["disputed_by"] = None
    row["amendments"] = int(row["amendments"] or 0) + 1
    for change in _list(entry.body.get("changes")):
        name = change.get("field")
        if name == "in_error":
            row["entered_in_error"] = int(row["entered_in_error"] or 0) + 1
            row.update(dict.fromkeys(_OF_A_RECORD))
        elif name == "lots":
            row["given_lots"] = _lots(change.get("new"))
        elif name in _AMENDABLE:
            row[name] = _text(change.get("new"))


def _lot_corrected(row: Row, entry: Entry) -> None:
    """A corrected lot number of the vials that the dose took; another release's stays as it is."""
    if entry.body.get("release_stands") is False:
        return
    at = entry.body.get("line")
    for change in _list(entry.body.get("changes")):
        old, new = _text(change.get("old")), _text(change.get("new"))
        if change.get("field") != "lot" or new is None or not isinstance(at, int):
            continue
        for name in ("released_lots", "given_lots"):
            lots = str(row[name] or "").split(", ")
            if at < len(lots) and lots[at] == old:
                row[name] = ", ".join([*lots[:at], new, *lots[at + 1 :]])


def _added(entry: Entry, rows: Rows) -> None:
    staff = _text(entry.body.get("staff"))
    if staff is not None:
        name, role = _text(entry.body.get("name")), _text(entry.body.get("role"))
        row = PERSON_NOW.empty(staff=staff, name=name, role=role, sequence=entry.sequence)
        rows.put(PERSON_NOW, row)


def _left(entry: Entry, rows: Rows) -> None:
    staff = _text(entry.body.get("staff"))
    row = None if staff is None else rows.get(PERSON_NOW, staff)
    if row is not None:
        row["left_on"], row["sequence"] = _text(entry.body.get("left_on")), entry.sequence
        rows.put(PERSON_NOW, row)


_ACTS: Mapping[str, Callable[[Entry, Rows], None]] = {
    "subject-registered": _registered,
    "cycle-planned": _planned,
    "dose-delayed": _of_dose(_delayed),
    "release-recorded": _of_dose(_released),
    "preparation-discarded": _of_dose(_discarded),
    "administration-recorded": _of_dose(_recorded),
    "administration-cosigned": _of_dose(_cosigned),
    "administration-disputed": _of_dose(_disputed),
    "administration-amended": _of_dose(_amended),
    "staff-added": _added,
    "staff-left": _left,
    "stock-corrected": _of_dose(_lot_corrected),
}


ACTED_ON = frozenset(_ACTS)
"""The kinds of entry whose bodies say something that the tables hold."""


def _text(value: object) -> str | None:
    """Text as it is; what is no text is left out: a table never holds a guess."""
    return value if isinstance(value, str) else None


def _list(value: object) -> tuple[Mapping[str, Any], ...]:
    """The mappings of a list, without anything else in it."""
    items = value if isinstance(value, tuple | list) else ()
    return tuple(item for item in items if hasattr(item, "get"))


def _lots(value: object) -> str | None:
    lots = [_text(one.get("lot")) for one in _list(value)]
    return ", ".join(lot for lot in lots if lot is not None) or None


def _signed(entry: Entry, at: int) -> str | None:
    signatures = _list(entry.body.get("signatures"))
    return _text(signatures[at].get("name")) if at < len(signatures) else None
