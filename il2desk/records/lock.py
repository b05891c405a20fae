"""One writer: a locked side file, and a note beside it that says who holds the lock.

The operating system frees the lock when the holder dies, so a note may outlive its writer; it
counts only while the lock is held. The empty side file stays, because deleting a lock file lets
two programs lock two files of the same name.
"""

from __future__ import annotations

import contextlib
import json
import platform
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from il2desk.dosing import tell
from il2desk.records.faults import JournalBusy
from il2desk.records.site_time import told_moment

if TYPE_CHECKING:
    from pathlib import Path


def machine_clock() -> datetime:
    """Return the workstation's time in UTC."""
    return datetime.fromtimestamp(time.time_ns() // 1_000_000_000, tz=UTC)


@dataclass(frozen=True, slots=True)
class OwnerNote:
    """Who holds a journal: the name given at opening, the workstation, and since when (UTC)."""

    who: str
    host: str
    since: datetime

    def sentence(self) -> str:
        """Return one sentence that names the holder."""
        who = self.who or "Somebody"
        return tell(
            "{who} on {host} has it open since {told_moment}.",
            who=who,
            host=self.host,
            told_moment=told_moment(self.since, None),
        )


class Lock(Protocol):
    """What is held while a journal may be written."""

    def release(self) -> None:
        """Let others write."""


class WriterLock:
    """The lock of one journal, held from `take` until `release`."""

    def __init__(self, path: Path, lock: Lock) -> None:
        """Keep the journal's path and the lock that is already held."""
        self._note = _note_path(path)
        self._lock = lock

    def release(self) -> None:
        """Take the note away and free the lock; harmless when repeated."""
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()


def take(path: Path, owner: str, at: datetime) -> WriterLock:
    """Lock the journal at `path` for `owner`; raises JournalBusy naming the holder, or OSError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to import

    lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise JournalBusy(path, read_note(path)) from error
    try:
        _write_note(path, OwnerNote(owner, platform.node() or "this workstation", at))
    except BaseException:
        lock.release()
        raise
    return WriterLock(path, lock)


def read_note(path: Path) -> OwnerNote | None:
    """Return the owner note of the journal at `path`, or None when there is none to be read."""
    try:
        note = json.loads(_note_path(path).read_text(encoding="utf-8"))
        return OwnerNote(
            str(note["who"]), str(note["host"]), datetime.fromisoformat(str(note["since"]))
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note_path(path: Path) -> Path:
    return path.with_name(path.name + ".owner")


def _write_note(path: Path, note: OwnerNote) -> None:
    facts = {"who": note.who, "host": note.host, "since": note.since.isoformat()}
    half = path.with_name(path.name + ".owner-new")
    try:
        half.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        half.replace(_note_path(path))
    except OSError:
        half.unlink(missing_ok=True)
        raise
