"""Stations of the house: first run, empty lists, protocols and stock, and every state of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from first_hour import sign_in
from station import Opened, Station, Walk, both, find, keys, page

from il2desk.desk import back_up, plan_restore, restore, take_soundness
from il2desk.desk import open_desk as open_real
from il2desk.desk.replay_all import Check, Replayed

PEOPLE = (("K. Brandt", "1111"), ("A. Ruiz", "2222"))
# SQLCipher takes this for the key itself and derives none, which takes it most of its time.
PASSPHRASE = "x'" + "5e" * 32 + "'"
_OWNER = """
import sys
from pathlib import Path
from il2desk.records import open_journal
with open_journal(Path(sys.argv[1]), owner="Ward pharmacy desk"):
    print("open", flush=True)
    sys.stdin.readline()
"""


# What is done to a journal before the window opens


@contextmanager
def in_use(program: Any, journal: Path) -> Iterator[None]:
    """Another program has it open."""
    back_up_once(program, journal)
    with subprocess.Popen(
        [sys.executable, "-c", _OWNER, str(journal)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        yield
        other.kill()


def back_up_once(program: Any, journal: Path, *, then: bool = False) -> Path:
    """One whole backup; `then` one entry more."""
    desk = open_real(journal, clock=program.clock, create=False)
    (made,) = back_up(desk).made
    if then:
        program.clock.moment += timedelta(minutes=5)
        desk.append("backup-folder-named", {"folder": ""})
    desk.close()
    return Path(made.path)


@contextmanager
def damaged(program: Any, journal: Path) -> Iterator[None]:
    """Its pages were overwritten; a backup lies beside it."""
    back_up_once(program, journal)
    raw = bytearray(journal.read_bytes())
    for at in range(4096, len(raw), 4096):
        raw[at : at + 16] = b"\xff" * 16
    journal.write_bytes(raw)
    yield


@contextmanager
def altered(program: Any, journal: Path) -> Iterator[None]:
    """One word was changed by another program."""
    back_up_once(program, journal)
    raw = bytearray(journal.read_bytes())
    at = raw.index(b"City Hospital")
    raw[at : at + 4] = b"Town"
    journal.write_bytes(raw)
    yield


@contextmanager
def behind(program: Any, journal: Path) -> Iterator[None]:
    """An older copy lies in its place."""
    old = journal.with_name("old.sqlite")
    shutil.copyfile(journal, old)
    desk = open_real(journal, clock=program.clock, create=False)
    desk.append("backup-folder-named", {"folder": ""})
    back_up(desk)
    desk.close()
    old.replace(journal)
    yield


@contextmanager
def gone(program: Any, journal: Path) -> Iterator[None]:
    """The file is not there."""
    journal.unlink()
    yield


@contextmanager
def encrypted(program: Any, journal: Path) -> Iterator[None]:
    """The journal is encrypted."""
    journal.unlink()
    open_real(journal, clock=program.clock, passphrase=PASSPHRASE).close()
    yield


@contextmanager
def restored(program: Any, journal: Path) -> Iterator[None]:
    """It was restored from a backup five minutes older."""
    backup = back_up_once(program, journal, then=True)
    program.clock.moment += timedelta(minutes=5)
    restore(plan_restore(journal, backup), PEOPLE, "the disk failed", program.clock)
    yield


@contextmanager
def no_backup_folder(program: Any, journal: Path) -> Iterator[None]:
    """A file stands where the folder of backups would be."""
    (journal.parent / "backups").write_text("a file in the way", encoding="utf-8")
    yield


# What happens at work


def offer(name: str) -> Any:
    """Take an offer of the card on the sign-in page."""

    def act(program: Opened) -> None:
        session = program.hands.session
        session.sign_in_page().other_asked.emit(name)
        program.hands.opened()

    return act


def to_the_signature(program: Opened) -> None:
    """Dose 1 given, reviewed, and the PIN asked."""
    sign_in(program)
    program.hands.find("NPC-001")
    program.hands.keys("{Home}{Enter}{Alt+5}gn{Tab}y{Ctrl+Enter}")


def disk_full(program: Opened) -> None:
    """The disk takes no more at the moment of signing."""
    import resource  # noqa: PLC0415 - limits as POSIX has them

    to_the_signature(program)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, limits[1]))
    try:
        program.hands.sign()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def clock_back(program: Opened) -> None:
    """The computer's clock is moved back two hours."""
    sign_in(program)
    program.clock.moment -= timedelta(hours=2)
    program.hands.office._tick()


def zone_changed(program: Opened) -> None:
    """The computer's time zone becomes another; it is put back before the next walk."""
    program.clock.moment += timedelta(hours=2)
    os.environ["TZ"] = "Asia/Tokyo"
    time.tzset()
    program.hands.office._tick()
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()


def unsound(program: Opened) -> None:
    """A reference case came out wrong: nothing is prepared or printed."""
    sign_in(program)
    office = program.hands.office
    found = Check("reference cases", False, "npc-bolus: 1 of 31 cases differs")
    take_soundness(office.desk, Replayed((found,), (), (), Decimal(1)))
    office.show_modes()
    program.hands.find("NPC-001")
    program.hands.keys("{Home}{Enter}{Alt+4}")


def moved(program: Opened) -> None:
    """Who reads is told when another file takes the journal's place."""
    path = Path(program.hands.session.desk.journal.path)
    path.replace(path.with_name("kept.sqlite"))
    shutil.copyfile(path.with_name("kept.sqlite"), path)
    program.hands.office._tick()


def defect(program: Opened) -> None:
    """The program met a defect."""
    sign_in(program)
    program.hands.session.crashed("crash-2026-03-12.txt")


def bring_in(program: Opened) -> None:
    """A site's copy is read, and waits for two people."""
    program.hands.page.file.line.setText(str(program.site_copy()))


def set_up_folder(program: Opened) -> None:
    """The folder for everybody; then the journal is made."""
    program.hands.keys(f"2{program.home / 'shared'}{{Enter}}1{{Ctrl+Enter}}")
    program.hands.until(lambda: program.hands.session.desk is not None, "the new journal")


RECEIPT = "LOT-1111{Tab}30-Jun-2027{Tab}10{Tab}T{Tab}Sponsor depot{Tab}SHIP-1{Tab}1{Tab}1"


def receive(program: Opened) -> None:
    """A shipment of ten vials, typed."""
    program.hands.keys("r")
    program.hands.page.editing.lot.focus_entry()
    program.hands.keys(RECEIPT)


FIRST_RUN = Walk(
    "first-run", "",
    (
        Station("s02-site", "S2", "work", set_up_folder, "first-run"),
        Station("s02-zone-error", "S2", "error", keys("Ward pharmacy{Enter}Berlin{Enter}"), "first-run",
                paired=False),
        Station("s02-person", "S2", "work",
                keys("{Ctrl+A}Europe/Berlin{Enter}1{Ctrl+Enter}"), "first-run"),
    ),
)  # fmt: skip
ENCRYPTED_RUN = Walk(
    "first-run-encrypted", "", (Station("s02-encrypted", "S2", "work", keys("1{Enter}2")),)
)
EMPTY = Walk(
    "empty", "activated",
    (
        Station("s03-today-empty", "S3", "empty", sign_in, "today"),
        Station("s10-stock-empty", "S10", "empty", keys("{F9}"), "stock"),
        Station("s10-receive", "S10", "work", receive, "stock"),
        Station("s10-sign", "S10", "work", keys("{Ctrl+Enter}"), "stock"),
        Station("s10-lots", "S10", "work", keys("1111{Ctrl+Enter}"), "stock"),
        Station("s10-count", "S10", "work", keys("c"), "stock"),
        Station("s10-movements", "S10", "work", keys("{Esc}{Alt+2}"), "stock"),
        Station("s10-audit-check", "S10", "work", keys("{Alt+3}"), "stock"),
        Station("s13-site-copy", "S13", "work", page("site-copy", origin="npc-bolus"), "site-copy"),
    ),
)  # fmt: skip
READ = (
    Station("s15-in-use", "S15", "unusual"),
    Station("s15-read-only", "S15", "unusual", both(offer("read"), sign_in), "today"),
    Station("s15-read-only-board", "S15", "blocked", find("NPC-001"), "board"),
)
WALKS = (
    FIRST_RUN,
    ENCRYPTED_RUN,
    EMPTY,
    Walk("in-use", "ward", READ, in_use),
    Walk("damaged", "ward", (
        Station("s15-damaged", "S15", "unusual"),
        Station("s15-restore", "S15", "work", offer("restore"), paired=False),
    ), damaged),
    Walk("backup-read", "ward", (
        Station("s15-backup-read", "S15", "unusual", both(offer("backup"), sign_in), "today"),
    ), damaged),
    Walk("altered", "ward", (
        Station("s15-altered", "S15", "unusual", paired=False),
        Station("s15-not-as-written", "S15", "unusual", both(offer("read"), sign_in), "today"),
    ), altered),
    Walk("behind", "ward", (Station("s15-older-copy", "S15", "unusual", paired=False),), behind),
    Walk("gone", "ward", (Station("s15-missing", "S15", "unusual", paired=False),), gone),
    Walk("encrypted", "ward", (
        Station("s15-passphrase", "S15", "unusual"),
        Station("s15-wrong-passphrase", "S15", "error", keys("not this one at all{Enter}"), paired=False),
    ), encrypted),
    Walk("restored", "ward", (
        Station("s15-restored", "S15", "unusual", both(sign_in, page("restored")), "restored"),
    ), restored),
    Walk("no-backup", "ward", (
        Station("s15-no-backup", "S15", "unusual",
                both(sign_in, lambda program: program.hands.office._tick()), "today"),
    ), no_backup_folder),
    Walk("disk-full", "released", (Station("s15-disk-takes-no-more", "S15", "error", disk_full, "dose"),)),
    Walk("clock", "ward", (
        Station("s15-clock-back", "S15", "unusual", clock_back, "today"),
        Station("s15-zone-changed", "S15", "unusual", zone_changed, "today", paired=False),
    )),
    Walk("unsound", "checked", (Station("s15-not-sound", "S15", "blocked", unsound, "dose"),)),
    Walk("defect", "ward", (Station("s15-defect", "S15", "unusual", defect),)),
)  # fmt: skip
