"""What a passphrase must be, and whether one that was typed opens the newest backup."""

from __future__ import annotations

from pathlib import Path

from il2desk.desk.desk import Desk
from il2desk.desk.last_backup import backups_of
from il2desk.dosing import Refusal, refuse, tell, write_moment
from il2desk.records import (
    JournalFault,
    Passphrase,
    WrongPassphrase,
    looks_encrypted,
    open_read_only,
)

LEAST_CHARACTERS = 15
"""NIST SP 800-63B-4 (2025), section 3.1.1.2: at least 15 where a password stands alone, 64 or more are
taken, and nothing is asked of what it is made of."""
# x'...' of 64 or 96 hex digits, which SQLCipher takes for a key, not a passphrase.
_RAW_KEYS = (67, 99)
_HEX = frozenset("0123456789abcdefABCDEF")


def passphrase_problem(typed: str, again: str) -> Refusal | None:
    """Why this cannot be the passphrase of a journal from now on, or None. Both are as they were typed."""
    passphrase = Passphrase(typed)
    text = passphrase.reveal()
    if len(text) < LEAST_CHARACTERS:
        return refuse(
            "passphrase",
            tell(
                "A passphrase has at least {least_characters} characters; some words in a row are easiest to keep. Type a longer one.",
                least_characters=LEAST_CHARACTERS,
            ),
        )
    if not text.isprintable() or _is_raw_key(text):
        return refuse(
            "passphrase", "Use letters, digits, signs and blanks that can be typed again."
        )
    if passphrase != Passphrase(again):
        return refuse("passphrase-again", "The two are not the same. Type both again.")
    return None


def _is_raw_key(text: str) -> bool:
    return len(text) in _RAW_KEYS and text.startswith("x'") and set(text[2:-1]) <= _HEX


def needs_passphrase(*files: Path) -> bool:
    """Whether one of these files may be an encrypted journal; what cannot be read is told elsewhere."""
    try:
        return any(file.is_file() and looks_encrypted(file) for file in files)
    except (JournalFault, OSError):
        return False


def try_passphrase(desk: Desk, typed: str) -> str | Refusal:
    """Try a passphrase on the newest backup beside the journal; nothing else is opened or changed.

    Answers which backup it opens. Raises a JournalFault where that backup cannot be read.
    """
    found = backups_of(desk)
    if not found or not looks_encrypted(found[0].path):
        return refuse("no-backup", "There is no encrypted backup to try it on. Back up now first.")
    newest = found[0]
    try:
        with open_read_only(newest.path, Passphrase(typed)) as copy:
            count = copy.count()
    except WrongPassphrase:
        return refuse(
            "passphrase",
            "This passphrase does not open the newest backup. If the sealed copy says so, it is not the "
            "passphrase: change it now, while the journal is open, and seal the new one.",
        )
    taken = write_moment(desk.local(newest.taken))
    return tell(
        "It opens the newest backup, of {taken}, with {count} entries.", taken=taken, count=count
    )
