"""Encrypting the journal, taking that back, changing the passphrase: two people sign, one entry says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from il2desk.desk.back_up import BackedUp, back_up
from il2desk.desk.clear_copies import clear_copies
from il2desk.desk.clock import utc_text
from il2desk.desk.desk import Desk
from il2desk.desk.new_passphrase import passphrase_problem
from il2desk.desk.place import TwoSignatures
from il2desk.desk.roles import ENCRYPTION
from il2desk.dosing import Refusal, refuse, tell
from il2desk.records import (
    Entry,
    Journal,
    JournalFault,
    Passphrase,
    change_encryption,
    encryption_available,
    planned_change,
)

ENCRYPT, DECRYPT, NEW_PASSPHRASE, LOST_PASSPHRASE = (
    "encrypted", "decrypted", "passphrase-changed", "passphrase-lost",
)  # fmt: skip
"""What may be asked; the last is a new one where nobody has the present one, while the journal is open."""
ENCRYPTION_FIRST = tell("I change the encryption of the journal as written here")
ENCRYPTION_SECOND = tell(
    "I agree to this change of the encryption and know where the passphrase is kept"
)


@dataclass(frozen=True, slots=True)
class EncryptionForm:
    """What is asked: `change` is one of the words above, the rest is as it was typed."""

    change: str
    present: str = field(default="", repr=False)
    new: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class EncryptionChanged:
    """What was done: its entry, the file that was there before, and the backup made at once.

    `in_the_clear` has a sentence for each copy that is not encrypted though the journal is.
    """

    entry: Entry
    kept_as: str
    backed_up: BackedUp
    in_the_clear: tuple[str, ...]


def is_encrypted(desk: Desk) -> bool:
    """Whether the open journal is encrypted."""
    return desk.journal.passphrase is not None


def encryption_refusal(desk: Desk) -> Refusal | None:
    """Why the encryption of this journal cannot be changed here and now, or None."""
    if (refusal := desk.not_allowed(ENCRYPTION)) is not None:
        return refusal
    if desk.practice:
        return refuse("practice", "The practice trial holds no real patients and is not encrypted.")
    if desk.read_only:
        return refuse("read-only", "This journal was opened to be read. Open it normally first.")
    if not encryption_available():
        return refuse(
            "no-sqlcipher",
            "This installation has no SQLCipher, so it cannot encrypt. Install the program again with all "
            "its parts, or use the disk encryption of the operating system.",
        )
    return None


def review_encryption(desk: Desk, form: EncryptionForm) -> Refusal | None:
    """Why this change cannot be made, or None; asked before two people are asked to sign."""
    if (refusal := encryption_refusal(desk)) is not None:
        return refusal
    held = desk.journal.passphrase
    if (form.change == ENCRYPT) != (held is None):
        return refuse("changed", "The journal is not as it was shown. Look at the page again.")
    known = form.change in (ENCRYPT, LOST_PASSPHRASE) or held == Passphrase(form.present)
    if not known:
        return refuse("present", "That is not the passphrase of this journal. Type it again.")
    return None if form.change == DECRYPT else passphrase_problem(form.new, form.again)


def encrypt_journal(
    desk: Desk, form: EncryptionForm, signed: TwoSignatures, token: str
) -> EncryptionChanged | Refusal:
    """Make the change, then back up at once, so that the newest backup is as the journal is.

    Raises a JournalFault; the journal is then as it was.
    """
    if (stored := desk.stored_before(token, "encryption-changed")) is not None:
        return EncryptionChanged(stored, stored.body["kept_as"], BackedUp((), ()), ())
    refusal = review_encryption(desk, form) or signed.refusal(desk, ENCRYPTION)
    if refusal is not None:
        return refusal
    journal = desk.journal
    if not isinstance(journal, Journal):  # a reader was refused above
        raise TypeError
    new = None if form.change == DECRYPT else Passphrase(form.new)
    change = planned_change(journal, new, desk.clock.now())
    body = {
        "change": form.change, "kept_as": change.kept.name, "at": utc_text(desk.clock.now()),
        "signatures": signed.body(),
    }  # fmt: skip
    draft = desk.draft("encryption-changed", body, form_token=token)
    entry = change_encryption(journal, change, draft)
    try:
        return EncryptionChanged(
            entry, change.kept.name, back_up(desk, thinned=False), clear_copies(journal)
        )
    except JournalFault as fault:  # the change is made, and must not be told as one that failed
        return EncryptionChanged(entry, change.kept.name, BackedUp((), (fault,)), ())


def encryption_lines(form: EncryptionForm) -> tuple[str, ...]:
    """What two people read before they sign."""
    if form.change == DECRYPT:
        return (
            tell("The journal is no longer encrypted: whoever has the file reads it."),
            tell("The encrypted file is kept beside it; its passphrase still opens it."),
        )
    lost = tell(
        "Without the passphrase nobody opens the journal or its backups, the makers included."
    )
    if form.change == LOST_PASSPHRASE:
        return (
            tell(
                "Nobody has the present passphrase. The journal and every backup from now on open with the new one."
            ),
            tell("Backups made before, and the file that is kept, can never be opened again."),
            lost,
        )
    if form.change == NEW_PASSPHRASE:
        return (
            tell("The journal and every backup from now on open with the new passphrase."),
            (
                tell(
                    "Backups made before, and the file that is kept, open with the old one: keep it sealed as long "
                    "as they are kept. Whoever knows it can still read them."
                )
            ),
            lost,
        )
    return (
        tell(
            "The journal and every backup from now on are encrypted; the passphrase is typed at every start."
        ),
        (
            tell(
                "The file that is there now is kept beside it. It is NOT encrypted, nor are the backups and "
                "copies made before, wherever they lie: the site destroys them when it is sure that journal and "
                "passphrase work."
            )
        ),
        lost,
    )
