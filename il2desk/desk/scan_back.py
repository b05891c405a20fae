"""From the code on a sheet back to the journal: what was printed, and whether a newer one exists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from il2desk.desk.clock import moment_of
from il2desk.desk.desk import Desk
from il2desk.desk.print_sheet import compose_as_printed, compose_sheet, draw_sheet, request_of
from il2desk.desk.sheet_kinds import SHEETS
from il2desk.desk.sheet_request import SheetKind, SheetRequest
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import Entry
from il2desk.sheets import DOWNTIME_ID, SHEET_CODE

_FIELDS = (3, 4)  # the code on a label of a label printer ends in the number of its copy
_HASH = 8  # digits of the hash at the end of an id
_CODES = "|".join(kind.code for kind in SHEETS.values())
_ID = re.compile(rf"(?:{_CODES})(?:-SITE|-[0-9A-F]+)+-[0-9A-F]{{8}}")


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """A sheet of this journal by its code: what it is, its newest print, and what replaced it.

    `newer` names the sheet that was printed later in its place, `changed` says that it would say
    something else now, `refused` why it is not printed any more; `warning` puts that into a
    sentence, empty where the paper is the latest word.
    """

    request: SheetRequest
    title: str
    sheet_id: str
    printed_at: datetime
    copies: int
    newer: str
    changed: bool
    refused: str = ""

    @property
    def warning(self) -> str:
        """What must be known before anybody works by this paper; empty where nothing is."""
        if self.refused:
            return tell("OLD PAPER: it is not printed any more. {refused}", refused=self.refused)
        if self.newer:
            return tell(
                "OLD PAPER: {newer} was printed after it. Do not work by this sheet.",
                newer=self.newer,
            )
        if self.changed:
            return tell(
                "OLD PAPER: it would be another sheet now. Print it again and work by the new one."
            )
        return ""


def is_sheet_code(text: str) -> bool:
    """Whether a text is the code of a sheet as scanned, or its id as typed from its foot."""
    return text.strip().upper().startswith(f"{SHEET_CODE}|") or _is_id(text)


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text.strip().upper()) is not None


def read_sheet_code(desk: Desk, text: str) -> ScannedSheet | Refusal:
    """The sheet that a scanned code or a typed id leads to. Refused where it is not of this journal."""
    typed = text.strip()
    # An id ends in the beginning of the hash that the code spells out.
    parts = [SHEET_CODE, typed, typed[-_HASH:]] if _is_id(typed) else typed.split("|")
    if len(parts) not in _FIELDS or parts[0].upper() != SHEET_CODE:
        return refuse(
            "sheet-code",
            "This is not the code of a sheet. Scan the square at its top, or type the id in its foot.",
        )
    sheet_id, entry_hash = parts[1].upper(), parts[2].lower()
    if sheet_id == DOWNTIME_ID:
        return refuse(
            "sheet-code",
            "This is the blank downtime sheet: it was printed of nothing. Open the patient and record "
            "what was written on it.",
        )
    prints = desk.journal.entries(kind="sheet-printed")
    mine = [entry for entry in prints if entry.body["sheet_id"] == sheet_id]
    if not mine or not _same_entry(mine[-1], entry_hash):
        return refuse(
            "sheet-code",
            tell(
                "Sheet {sheet_id} was never printed from this journal. It may be of another site, of the practice trial, or older than a restored backup. Do not work by it.",
                sheet_id=sheet_id,
            ),
        )
    request = request_of(mine[-1])
    kind = SHEETS.get(request.kind)
    later = [
        entry.body["sheet_id"]
        for entry in prints
        if entry.sequence > mine[-1].sequence and _replaces(kind, request_of(entry), request)
    ]
    now = compose_sheet(desk, request, mine[-1].body["paper"])
    refused = now.text if isinstance(now, Refusal) else ""
    changed = bool(refused) or _differ(mine) or _changed(desk, mine[-1])
    return ScannedSheet(
        request, request.kind if kind is None else kind.title, sheet_id,
        moment_of(mine[-1].body["at"]), len(mine), later[-1] if later else "", changed, refused,
    )  # fmt: skip


def _replaces(kind: SheetKind | None, later: SheetRequest, request: SheetRequest) -> bool:
    return later == request if kind is None else kind.is_same(later, request)


def _differ(prints: list[Entry]) -> bool:
    """Whether one sheet left the program in more than one wording: the paper at hand may be the older.

    The id follows the patient's entries; a lot, the site or a restore can change what stands on it.
    """
    # The version of the program stands on the sheet: another one alone is no other wording.
    wordings = {(one.body["paper"], one.program_version, one.body["sha256"]) for one in prints}
    return len(wordings) > len({wording[:2] for wording in wordings})


def _changed(desk: Desk, printed: Entry) -> bool:
    """Whether the sheet would say something else now: drawn again under its id, compared to the byte.

    What was recorded since and stands nowhere on it makes no paper old, nor does a program update.
    """
    again = compose_as_printed(desk, printed)
    now = again if isinstance(again, Refusal) else draw_sheet(again)
    return isinstance(now, Refusal) or now.sha256 != printed.body["sha256"]


def _same_entry(printed: Entry, entry_hash: str) -> bool:
    """Whether the code names the entry that the sheet of this id leads back to."""
    newest = str(printed.body["sheet_id"]).rsplit("-", 1)[-1].lower()
    return entry_hash.startswith(newest)
