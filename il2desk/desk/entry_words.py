"""What an entry of the journal says, in words: one name for every kind, and which family it belongs to."""

from __future__ import annotations

from collections.abc import Mapping

from il2desk.desk.code_words import shown
from il2desk.dosing import joined, tell
from il2desk.records import Entry

FAMILIES = {
    "doses": tell("Doses and companions"),
    "checks": tell("Checks and overrides"),
    "preparing": tell("Preparing, premedication"),
    "patients": tell("Patients, orders, cycles"),
    "stock": tell("Stock"),
    "people": tell("People and PINs"),
    "paper": tell("Sheets and exports"),
    "site": tell("Site, protocols, backups"),
}
"""How the audit trail can be chosen from."""
KIND_WORDS: Mapping[str, tuple[str, str]] = {
    "administration-amended": ("doses", tell("Amended the record of a dose")),
    "administration-cosigned": ("doses", tell("Signed the record of a dose as second person")),
    "administration-disputed": ("doses", tell("Did not agree with the record of a dose")),
    "administration-recorded": ("doses", tell("Recorded a dose")),
    "assessment-entered-in-error": ("checks", tell("Marked a check as entered in error")),
    "assessment-recorded": ("checks", tell("Recorded the check before a dose")),
    "audit-exported": ("paper", tell("Exported the audit trail")),
    "backup-folder-named": ("site", tell("Named the folder for backups")),
    "companion-amended": ("doses", tell("Amended the record of a companion drug")),
    "companion-cosigned": (
        "doses", tell("Signed the record of a companion drug as second person"),
    ),
    "companion-disputed": ("doses", tell("Did not agree with the record of a companion drug")),
    "companion-recorded": ("doses", tell("Recorded a companion drug")),
    "cycle-planned": ("patients", tell("Planned a cycle")),
    "dose-delayed": ("doses", tell("Delayed a dose")),
    "dosing-weight-kept": ("patients", tell("Kept the dosing weight")),
    "duty-delegated": ("people", tell("Entered a delegation")),
    "duty-ended": ("people", tell("Ended a delegation")),
    "encryption-changed": ("site", tell("Changed the encryption of the journal")),
    "journal-restored": ("site", tell("Restored the journal from a backup")),
    "order-amended": ("patients", tell("Amended an order")),
    "order-written": ("patients", tell("Wrote down an order")),
    "override-recorded": ("checks", tell("Recorded an override")),
    "pin-changed": ("people", tell("Changed the own PIN")),
    "pin-paused": ("people", tell("PIN paused after wrong tries")),
    "pin-resumed": ("people", tell("PIN accepted again")),
    "pin-set": ("people", tell("Set a PIN for somebody")),
    "premedication-recorded": ("preparing", tell("Recorded premedication")),
    "preparation-discarded": ("preparing", tell("Discarded a preparation")),
    "protocol-activated": ("site", tell("Activated a protocol version")),
    "protocol-brought-in": ("site", tell("Brought in a protocol version")),
    "protocol-draft-closed": ("site", tell("Closed a draft of a protocol")),
    "protocol-draft-saved": ("site", tell("Saved a draft of a protocol")),
    "protocol-sent-back": ("site", tell("Sent a protocol version back")),
    "protocol-submitted": ("site", tell("Submitted a protocol version for review")),
    "protocol-withdrawn": ("site", tell("Withdrew a protocol version")),
    "records-completed": ("site", tell("Found records complete after a restore")),
    "release-recorded": ("preparing", tell("Released a preparation")),
    "second-check-differed": ("preparing", tell("Second reading differed")),
    "sheet-printed": ("paper", tell("Printed or saved a sheet")),
    "site-set-up": ("site", tell("Set up the site")),
    "staff-added": ("people", tell("Added a person")),
    "staff-left": ("people", tell("Ended a person's access")),
    "stock-corrected": ("stock", tell("Corrected a line of the stock")),
    "stock-counted": ("stock", tell("Counted stock")),
    "stock-difference": ("stock", tell("Settled a difference of a count")),
    "stock-low-mark": ("stock", tell("Set a low mark of stock")),
    "stock-moved": ("stock", tell("Moved stock")),
    "stock-received": ("stock", tell("Received stock")),
    "subject-registered": ("patients", tell("Registered a patient")),
    "weight-entered-in-error": ("patients", tell("Marked a weight as entered in error")),
    "weight-recorded": ("patients", tell("Recorded a weight")),
}  # fmt: skip
"""Family and words of every kind of entry."""
_DETAILS: Mapping[str, tuple[str, ...]] = {
    "administration-recorded": ("outcome",),
    "companion-recorded": ("drug", "outcome"),
    "companion-amended": ("drug",),
    "companion-cosigned": ("drug",),
    "companion-disputed": ("drug",),
    "assessment-recorded": ("verdict", "scope"),
    "cycle-planned": ("protocol",),
    "protocol-activated": ("protocol", "version"),
    "protocol-brought-in": ("protocol", "version"),
    "protocol-submitted": ("protocol", "version"),
    "protocol-sent-back": ("protocol", "version"),
    "protocol-withdrawn": ("protocol", "version"),
    "sheet-printed": ("kind", "how"),
    "staff-added": ("name", "role"),
    "site-set-up": ("site",),
    "stock-moved": ("what", "lot"),
    "stock-received": ("lot",),
    "stock-counted": ("lot",),
    "subject-registered": ("trial_code",),
    "audit-exported": ("of",),
}
"""The values that say at once which one or how, beside the words of the kind."""


def kind_words(kind: str) -> str:
    """What somebody did, as a sentence begins; the code itself where a later program wrote it."""
    known = KIND_WORDS.get(kind)
    return kind.replace("-", " ").capitalize() if known is None else known[1]


def family_of(kind: str) -> str:
    """The family of a kind; empty for one that this program does not know."""
    known = KIND_WORDS.get(kind)
    return "" if known is None else known[0]


def what_of(entry: Entry) -> str:
    """What somebody did and to what: Recorded a dose: dose 5, given."""
    parts = []
    if entry.dose_number is not None:
        parts.append(tell("dose {number}", number=entry.dose_number))
    if entry.kind == "weight-recorded":
        parts.append(tell("{weight} kg", weight=entry.body["weight_kg"]))
        parts.append(shown(entry.body["purpose"]))
    for name in _DETAILS.get(entry.kind, ()):
        value = entry.body.get(name)
        if value not in (None, ""):
            parts.append(shown(str(value)))
    words = kind_words(entry.kind)
    if not parts:
        return words
    return tell("{what}: {details}", what=words, details=joined(", ", parts))
