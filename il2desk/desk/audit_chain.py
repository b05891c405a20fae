"""Is the chain whole? Read through a reader of its own, so that it can run beside the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from il2desk.desk.desk import Desk
from il2desk.dosing import tell, write_clock, write_number
from il2desk.records import ChainReport, Passphrase, open_read_only


@dataclass(frozen=True, slots=True)
class ChainProgress:
    """How many entries of how many are read."""

    done: int
    of: int


class _StoppedError(Exception):
    """Somebody asked the check to end."""


Work = Callable[[Callable[[ChainProgress], object], Callable[[], bool]], ChainReport | None]


def chain_work(desk: Desk) -> Work:
    """What checks the open journal in another thread: progress out, None where it was stopped.

    Raises a JournalFault there where the file cannot be opened again.
    """
    path: Path = desk.journal.path
    passphrase: Passphrase | None = desk.journal.passphrase
    of = desk.journal.count()

    def work(
        told: Callable[[ChainProgress], object], stopped: Callable[[], bool]
    ) -> ChainReport | None:
        def heard(done: int) -> None:
            if stopped():
                raise _StoppedError
            told(ChainProgress(done, max(of, done)))

        with open_read_only(path, passphrase) as journal:
            try:
                return journal.check(heard)
            except _StoppedError:
                return None

    return work


def take_chain(desk: Desk, found: ChainReport) -> str:
    """Keep what was found for as long as the journal is open; return it in a sentence."""
    entries = write_number(found.entries)
    if found.ok:
        return tell(
            "Chain verified {time}, {entries} entries",
            time=write_clock(desk.now()),
            entries=entries,
        )
    desk.altered = found.problems
    if found.broken_at is None:
        return tell(
            "Journal damaged: {what}. Treat its entries as unverified; call the trial pharmacy.",
            what=found.problems[0],
        )
    desk.broken_at = found.broken_at
    return broken_words(found.broken_at)


def broken_words(at: int) -> str:
    """What a broken chain means for whoever reads the journal."""
    return tell(
        "Chain broken at entry {at}: treat later entries as unverified; call the trial pharmacy.",
        at=write_number(at),
    )
