"""Many sheets into one folder: drawn one after the other, journalled together, all or none.

Each sheet is drawn into a folder that is not the asked one; when the last is there, the copies are
journalled in one transaction and the folder takes its name. Whoever stops it leaves nothing.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from il2desk.desk.desk import Desk, new_token
from il2desk.desk.print_sheet import (
    ComposedSheet,
    PreparedSheet,
    compose_sheet,
    draw_sheet,
    next_copy,
    print_body,
    still_fresh,
)
from il2desk.desk.sheet_request import SheetRequest
from il2desk.dosing import Refusal, refuse, write_moment
from il2desk.sheets import SheetRefused, Stamp, render

_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class DrawnCopy:
    """One sheet that lies in the unfinished folder. Small: no page of it is kept in memory."""

    request: SheetRequest
    sheet_id: str
    body: dict[str, object]


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What became of it: the folder, how many sheets lie there, and which were not made and why."""

    folder: Path
    saved: int
    refused: tuple[tuple[SheetRequest, Refusal], ...]


class SheetBatch:
    """One run over many sheets: `compose` each in turn, `draw` it, then `finish` or `abandon`.

    `compose` and `finish` read and write the journal and belong to the thread of the journal;
    `draw` touches none and may run in any other.
    """

    def __init__(self, desk: Desk, requests: Sequence[SheetRequest], folder: Path) -> None:
        self._desk = desk
        self._requests = list(requests)
        self._folder = folder
        self._work = folder.with_name(f"{folder.name}{_UNFINISHED}")
        self._drawn: list[DrawnCopy] = []
        self._refused: list[tuple[SheetRequest, Refusal]] = []
        self._at = 0

    @property
    def total(self) -> int:
        """How many sheets were asked for."""
        return len(self._requests)

    @property
    def done(self) -> int:
        """How many were drawn or refused so far."""
        return self._at

    def begin(self) -> Refusal | None:
        """Make the unfinished folder, or say why nothing can be saved there."""
        if self._desk.person is None:
            return refuse("not-signed-in", "Nobody is signed in. Sign in, then print.")
        if not self._requests:
            return refuse("nothing-to-print", "Nothing to print yet: no cycle is planned.")
        if self._folder.exists() or self._work.exists():
            return refuse(
                "folder",
                f"{self._folder.name} is there already and is not replaced. Choose another name.",
            )
        try:
            self._work.mkdir()
        except OSError as fault:
            why = fault.strerror or "the folder cannot be made"
            return refuse("folder", f"Nothing was saved: {why}. Choose another folder.")
        return None

    def compose(self) -> ComposedSheet | None:
        """Return the next sheet that can be drawn; None where none is left."""
        while self._at < len(self._requests):
            request = self._requests[self._at]
            made = compose_sheet(self._desk, request)
            if not isinstance(made, Refusal):
                return made
            self._refused.append((request, made))
            self._at += 1
        return None

    def stamp_for(self, sheet: ComposedSheet) -> Stamp:
        """The stamp of the copy that would be made now."""
        desk = self._desk
        name = "" if desk.person is None else desk.person.name
        return Stamp(next_copy(desk, sheet), write_moment(desk.now()), name)

    def draw(self, sheet: ComposedSheet, stamp: Stamp) -> tuple[PreparedSheet, str] | Refusal:
        """Draw one sheet into the unfinished folder and return it with the hash of the copy.

        Raises OSError where the folder cannot be written to.
        """
        prepared = draw_sheet(sheet)
        if isinstance(prepared, Refusal):
            return prepared
        try:
            stamped = render(sheet.model, sheet.paper, stamp)
        except SheetRefused as refused:
            return Refusal("sheet", (refused.what, refused.do))
        with (self._work / f"{sheet.sheet_id}.pdf").open("xb") as file:
            file.write(stamped)
        return prepared, hashlib.sha256(stamped).hexdigest()

    def drawn(
        self, sheet: ComposedSheet, stamp: Stamp, made: tuple[PreparedSheet, str] | Refusal
    ) -> None:
        """Take what `draw` returned, and go on to the next."""
        self._at += 1
        if isinstance(made, Refusal):
            self._refused.append((sheet.request, made))
            return
        prepared, stamped = made
        body = print_body(prepared, "file", stamp, stamped, self._desk.clock.now())
        self._drawn.append(DrawnCopy(sheet.request, sheet.sheet_id, body))

    def finish(self) -> BatchAnswer | Refusal:
        """Journal every copy in one transaction, then give the folder its name."""
        desk = self._desk
        stale = [one for one in self._drawn if not still_fresh(desk, one.request, one.sheet_id)]
        if stale or not self._drawn:
            self.abandon()
            if not stale:
                return self._refused[0][1]
            return refuse(
                "stale",
                "Something was recorded while the sheets were drawn. Nothing was saved; start again.",
            )
        desk.append_all([
            desk.draft(
                "sheet-printed", one.body, subject=one.request.subject, cycle=one.request.cycle,
                form_token=new_token(),
            )
            for one in self._drawn
        ])  # fmt: skip
        self._work.rename(self._folder)
        return BatchAnswer(self._folder, len(self._drawn), tuple(self._refused))

    def abandon(self) -> None:
        """Leave nothing: the unfinished folder goes, and the journal names no copy."""
        shutil.rmtree(self._work, ignore_errors=True)
