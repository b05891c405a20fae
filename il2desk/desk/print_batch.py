"""Many sheets into one folder: drawn one after the other, journalled together, all or none.

Each sheet is drawn into a folder that is not the asked one; when the last is there, the copies are
journalled in one transaction and the folder takes its name. Whoever stops it leaves nothing.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from il2desk.desk.desk import Desk, new_token
from il2desk.desk.print_sheet import (
    ComposedSheet,
    PreparedSheet,
    compose_sheet,
    copy_number,
    draw_sheet,
    next_copy,
    print_body,
)
from il2desk.desk.sheet_request import SheetRequest, newest_of_journal
from il2desk.dosing import Refusal, refuse, tell, write_moment
from il2desk.sheets import SheetRefused, Stamp, render

_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class DrawTask:
    """One sheet to draw, with the stamp of its copy."""

    sheet: ComposedSheet
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """One sheet as it lies in the unfinished folder, with the hash of the stamped bytes."""

    prepared: PreparedSheet
    stamped_sha256: str


@dataclass(frozen=True, slots=True)
class _Copy:
    """What the journal will hold of one sheet. Small: no page of it is kept in memory."""

    request: SheetRequest
    sheet_id: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """What became of it: the folder, how many sheets lie there, and which were not made and why."""

    folder: Path
    saved: int
    refused: tuple[tuple[SheetRequest, Refusal], ...]


class SheetBatch:
    """One run over many sheets: take each task in turn, `draw` it, then `finish` or `abandon`.

    `next_task` and `finish` read and write the journal and belong to the thread of the journal;
    `draw` touches none and may run in any other.
    """

    def __init__(self, desk: Desk, requests: Sequence[SheetRequest], folder: Path) -> None:
        self._desk = desk
        self._requests = list(requests)
        self._folder = folder
        self._work = folder.with_name(f"{folder.name}{_UNFINISHED}")
        self._drawn: list[_Copy] = []
        self._refused: list[tuple[SheetRequest, Refusal]] = []
        self._at = 0
        self._person = desk.person
        self._newest = _newest(desk)

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
        if self._person is None:
            return refuse("not-signed-in", "Nobody is signed in. Sign in, then print.")
        if not self._requests:
            return refuse("nothing-to-print", "Nothing to print yet: no cycle is planned.")
        for there in (self._folder, self._work):
            if there.exists():
                return refuse(
                    "folder",
                    tell(
                        "{name} is there already and is not replaced. Choose another name.",
                        name=there.name,
                    ),
                )
        try:
            self._work.mkdir()
        except OSError as fault:
            why = fault.strerror or "the folder cannot be made"
            return refuse(
                "folder", tell("Nothing was saved: {why}. Choose another folder.", why=why)
            )
        return None

    def next_task(self) -> DrawTask | None:
        """Compose the next sheet that can be drawn; None where none is left."""
        while self._at < len(self._requests):
            request = self._requests[self._at]
            made = compose_sheet(self._desk, request)
            if not isinstance(made, Refusal):
                return DrawTask(made, self._stamp(made))
            self._refused.append((request, made))
            self._at += 1
        return None

    def _stamp(self, sheet: ComposedSheet) -> Stamp:
        name = "" if self._person is None else self._person.name
        return Stamp(next_copy(self._desk, sheet), write_moment(self._desk.now()), name)

    def draw(self, task: DrawTask) -> DrawnFile | Refusal:
        """Draw one sheet into the unfinished folder; OSError where it cannot be written to."""
        prepared = draw_sheet(task.sheet)
        if isinstance(prepared, Refusal):
            return prepared
        try:
            stamped = render(task.sheet.model, task.sheet.paper, task.stamp)
        except SheetRefused as refused:
            return Refusal("sheet", (refused.what, refused.do))
        with (self._work / file_name(task.sheet)).open("xb") as file:
            file.write(stamped)
        return DrawnFile(prepared, hashlib.sha256(stamped).hexdigest())

    def drawn(self, task: DrawTask, made: DrawnFile | Refusal) -> None:
        """Take what `draw` returned, and go on to the next."""
        self._at += 1
        if isinstance(made, Refusal):
            self._refused.append((task.sheet.request, made))
            return
        now = self._desk.clock.now()
        body = print_body(made.prepared, "file", task.stamp, made.stamped_sha256, now)
        self._drawn.append(_Copy(task.sheet.request, task.sheet.sheet_id, body))

    def finish(self) -> BatchAnswer | Refusal:
        """Journal every copy in one transaction, then give the folder its name."""
        desk = self._desk
        if desk.person != self._person:
            self.abandon()
            return refuse(
                "not-signed-in",
                "Whoever began is not signed in any more. Nothing was saved; sign in, then start again.",
            )
        stale = [one for one in self._drawn if not self._stands(one)]
        if stale or not self._drawn:
            self.abandon()
            if not stale:
                return self._refused[0][1]
            return refuse(
                "stale",
                "Something was recorded while the sheets were drawn. Nothing was saved; start again.",
            )
        if self._folder.exists():
            self.abandon()
            return refuse(
                "folder",
                tell(
                    "{name} was made meanwhile. Nothing was saved; choose another name.",
                    name=self._folder.name,
                ),
            )
        if not desk.read_only:  # else the stamp of every copy says that no journal names it
            desk.append_all([
                desk.draft(
                    "sheet-printed", one.body, subject=one.request.subject,
                    cycle=one.request.cycle, form_token=new_token(),
                )
                for one in self._drawn
            ])  # fmt: skip
        return BatchAnswer(self._named(), len(self._drawn), tuple(self._refused))

    def _named(self) -> Path:
        """The folder under its name. Where it cannot have it, what is journalled stays where it lies."""
        try:
            self._work.rename(self._folder)
        except OSError:
            return self._work
        return self._folder

    def _stands(self, one: _Copy) -> bool:
        """Whether nothing newer is recorded, and nobody printed the same copy meanwhile."""
        copy = copy_number(self._desk, one.request, one.sheet_id)
        return copy == one.body["copy"] and _newest(self._desk) == self._newest

    def abandon(self) -> None:
        """Leave nothing: the unfinished folder goes, and the journal names no copy."""
        shutil.rmtree(self._work, ignore_errors=True)


def _newest(desk: Desk) -> int:
    """The newest fact of anybody: a sheet can rest on stock, the site and a restore as well."""
    entry = newest_of_journal(desk, SheetRequest("cycle"))
    return 0 if entry is None else entry.sequence


def file_name(sheet: ComposedSheet) -> str:
    """The name under which a sheet is saved: what it is and of whom, then its id. No name of a person."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", sheet.model.title).strip("-")
    return f"{words}-{sheet.sheet_id}.pdf"
