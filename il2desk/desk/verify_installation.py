"""Is this installation sound? Engines, reference cases, catalogue, fonts, journal, disk."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from il2desk import __version__, paths
from il2desk.desk.back_up import backup_problems
from il2desk.desk.delivered_files import FileState, files_check, files_here
from il2desk.desk.desk import Desk, key_of
from il2desk.desk.replay_all import Check, Replayed, replay_all
from il2desk.desk.verify_table import TableRow, table_text
from il2desk.desk.versions import computer_name
from il2desk.dosing import joined, plain, tell
from il2desk.records import (
    ChainReport,
    JournalEncrypted,
    JournalFault,
    JournalReader,
    WrongPassphrase,
    open_read_only,
)
from il2desk.sheets import embedded_fonts

_LEAST_FREE = 100 * 1024 * 1024
_MOST_NAMED = 20
_REINSTALL = tell(
    "Prepare and print nothing with this installation: use the paper procedure. "
    "Install the program again, check again, and report what stands here."
)
_ADVICE = {
    "journal": tell(
        "Keep the file, tell the sponsor's monitor, treat the entries named here as "
        "unverified, and use the paper procedure until the last sound copy is in its "
        "place."
    ),
    "backups": tell(
        "Back up now into a folder that works. Where entries were cut off or a chain "
        "was recomputed, keep the journal and every backup as they are, tell the "
        "sponsor's monitor, and use the paper procedure."
    ),
    "disk": tell("Make room on the disk before the next dose is recorded."),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """Everything that was looked at, with the program version and the computer it was looked at on."""

    checks: tuple[Check, ...]
    replayed: Replayed
    files: tuple[FileState, ...] = ()
    computer: str = ""
    program_version: str = __version__

    @property
    def ok(self) -> bool:
        """True where every check is; it says nothing of what was not looked at."""
        return all(check.ok for check in self.checks)

    @property
    def what_to_do(self) -> tuple[str, ...]:
        """What to do about it, most urgent first; empty where nothing is wrong."""
        failed = [check.name for check in self.checks if not check.ok]
        return tuple(dict.fromkeys(_ADVICE.get(name, _REINSTALL) for name in failed))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong, one sentence each: failed checks, then the wrong cases by name."""
        failed = [f"{check.name}: {check.detail}" for check in self.checks if not check.ok]
        named = [case.sentence for case in self.replayed.wrong[:_MOST_NAMED]]
        left = len(self.replayed.wrong) - len(named)
        more = (
            (tell("And {left} more; il2desk verify --json names all of them.", left=left),)
            if left
            else ()
        )
        return (*failed, *named, *more)


def verify_installation(journal: Path | None, passphrase: str | None = None) -> Verification:
    """Everything looked at anew, with the journal named or this workstation's.

    Raises JournalEncrypted or WrongPassphrase where that needs a passphrase and has not got it: of
    a journal that was not opened nothing can be said.
    """
    of_journal = _journal(journal, passphrase)
    replayed = replay_all()
    if replayed is None:  # nobody asked it to stop
        raise AssertionError
    files = files_here()
    checks = (*replayed.checks, _fonts(), files_check(files), *of_journal)
    return Verification(checks, replayed, files, computer_name())


def verify_desk(desk: Desk, replayed: Replayed) -> Verification:
    """What was replayed, with fonts, disk and the journal that is open; main thread only."""
    path = desk.journal.path
    files = files_here()
    return Verification(
        (
            *replayed.checks,
            _fonts(),
            files_check(files),
            _chain(desk.journal.check()),
            _backups(desk.journal),
            _disk(path),
        ),
        replayed,
        files,
        computer_name(),
    )


def verification_answer(found: Verification) -> dict[str, Any]:
    """The same as data; `seconds` is what catalogue and reference cases took."""
    return {
        "program_version": found.program_version,
        "python": sys.version.split()[0],
        "ok": found.ok,
        "checks": [
            {"name": check.name, "ok": check.ok, "detail": check.detail} for check in found.checks
        ],
        "table": [_row_answer(row) for row in found.replayed.rows],
        "wrong": [
            {
                "case": one.case, "kind": one.kind, "name": one.name, "args": dict(one.args),
                "who": one.who, "difference": one.difference,
            }
            for one in found.replayed.wrong
        ],
        "seconds": plain(found.replayed.seconds),
    }  # fmt: skip


def _row_answer(row: TableRow) -> dict[str, Any]:
    """Counts are whole numbers; null where there is no second engine."""
    return {
        "kind": row.kind, "name": row.name, "cases": row.cases, "first_engine": row.first,
        "second_engine": row.second, "agree": row.agree, "refusals_expected": row.refusals,
        "refusals_given": row.refused,
    }  # fmt: skip


def verification_text(found: Verification) -> str:
    """The same for a terminal: the table, a check a line, and every wrong case."""
    checks = [
        f"{'ok   ' if check.ok else 'WRONG'} {check.name}: {check.detail}" for check in found.checks
    ]
    wrong = [tell("WRONG {sentence}", sentence=case.sentence) for case in found.replayed.wrong]
    took = tell(
        "Program version {program_version}. Cases and catalogue took {seconds} s.",
        program_version=found.program_version,
        seconds=plain(found.replayed.seconds),
    )
    end = (
        tell("Nothing wrong was found.")
        if found.ok
        else tell("Something is wrong. Use no dose of this installation.")
    )
    return "\n".join((table_text(found.replayed.rows), "", *checks, *wrong, "", took, end))


def _fonts() -> Check:
    try:
        return Check("fonts", ok=True, detail=joined(", ", embedded_fonts()))
    except Exception as error:  # noqa: BLE001 - a damaged font fails in ways of the PDF library
        return Check(
            "fonts", ok=False, detail=tell("{error}. Install the program again.", error=error)
        )


def _journal(path: Path | None, passphrase: str | None) -> tuple[Check, ...]:
    """Chain, guards and projections of the journal, and room on its disk."""
    try:
        chosen = path if path is not None else paths.journal_file()
    except paths.SettingsFault as fault:
        return (Check("journal", ok=False, detail=str(fault)),)
    if path is None and not chosen.exists():
        none = tell("this workstation has no journal yet")
        nothing = (Check(name, ok=True, detail=none) for name in ("journal", "backups"))
        return (*nothing, _disk(chosen))
    try:
        with open_read_only(chosen, key_of(passphrase)) as journal:
            checked = (_chain(journal.check()), _backups(journal))
    except (JournalEncrypted, WrongPassphrase):
        raise
    except JournalFault as fault:
        return (Check("journal", ok=False, detail=str(fault)),)
    return (*checked, _disk(chosen))


def _chain(report: ChainReport) -> Check:
    whole = tell(
        "{entries} entries; chain whole, guards and views in place", entries=report.entries
    )
    return Check("journal", report.ok, joined("; ", report.problems) if report.problems else whole)


def _backups(journal: JournalReader) -> Check:
    """The folders of backups: every head kept there is still in the journal, the newest are whole."""
    if journal.practice:
        return Check("backups", ok=True, detail=tell("practice is not backed up"))
    try:
        told, problems = backup_problems(journal)
    except JournalFault as fault:
        return Check("backups", ok=False, detail=str(fault))
    return Check("backups", not problems, joined("; ", problems) or told)


def _disk(journal: Path) -> Check:
    """Room where the journal lies or would lie."""
    folder = next(place for place in journal.absolute().parents if place.is_dir())
    free = shutil.disk_usage(folder).free
    return Check(
        "disk",
        free >= _LEAST_FREE,
        tell("{free:,} MB free for the journal", free=free // (1024 * 1024)),
    )
