"""Which role may do what, as data with the words of its refusals. The help page prints this table.

Doing is narrow; telling what really happened is open to everybody but a monitor, who only reads.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.dosing import Refusal, refuse, tell

ROLES = ("pharmacist", "technician", "nurse", "prescriber", "monitor", "administrator")
READING_ROLE = "monitor"
_TEAM = ("pharmacist", "nurse", "prescriber")
_NOT_READING = tuple(role for role in ROLES if role != READING_ROLE)
_KEEPERS = ("pharmacist", "administrator")
_STOCK_KEEPERS = ("pharmacist", "technician", "administrator")
_OWNERS = ("pharmacist", "prescriber", "administrator")


@dataclass(frozen=True, slots=True)
class Act:
    """What is done, in words that begin a sentence, and by whom.

    `second` is empty where one person acts alone. Where `among` is filled, one of the two signatures
    must be that of such a role.
    """

    words: str
    first: tuple[str, ...]
    second: tuple[str, ...] = ()
    among: tuple[str, ...] = ()

    def refusal(self, role: str) -> Refusal | None:
        """Why somebody in this role may not do it, or sign it first; None where they may."""
        if role == READING_ROLE:
            return refuse(
                "reading-only", "A monitor reads and prints. Ask the pharmacist to record this."
            )
        if role not in self.first:
            return refuse(
                "role",
                tell(
                    "{words} is for a {in_words}. Ask one of them.",
                    words=self.words,
                    in_words=in_words(self.first),
                ),
            )
        return None

    def second_refusal(self, role: str) -> Refusal | None:
        """Why somebody in this role may not sign it as second person; None where they may."""
        if role == READING_ROLE:
            return refuse("role", "A monitor reads only and cannot sign as second person.")
        if role not in self.second:
            return refuse(
                "role",
                tell(
                    "{words}: the second person is a {in_words}. Ask one.",
                    words=self.words,
                    in_words=in_words(self.second),
                ),
            )
        return None

    def pair_refusal(self, first: str, second: str) -> Refusal | None:
        """Why these two roles may not sign it together; None where they may."""
        if self.among and not {first, second} & set(self.among):
            return refuse(
                "role",
                tell(
                    "{words}: one of the two is a {in_words}. Ask one.",
                    words=self.words,
                    in_words=in_words(self.among),
                ),
            )
        return None


def in_words(roles: tuple[str, ...]) -> str:
    """The roles as a choice: pharmacist, nurse or prescriber."""
    return " or ".join(part for part in (", ".join(roles[:-1]), roles[-1]) if part)


CHANGE_SITE = Act(tell("Changing the site"), _KEEPERS, _NOT_READING)
BACKUPS = Act(tell("Naming the folder for backups"), _KEEPERS)
RESTORE = Act(tell("Restoring the journal"), _KEEPERS, _NOT_READING)
COMPLETE = Act(
    tell("Saying that records are complete after a restore"), _TEAM, _TEAM, ("pharmacist",)
)
ENCRYPTION = Act(tell("Changing the encryption of the journal"), _KEEPERS, _NOT_READING)
PEOPLE = Act(tell("Adding people, setting their PINs and ending their access"), _KEEPERS)
DELEGATE = Act(tell("Keeping the delegation log"), _OWNERS)
PROTOCOLS = Act(tell("Bringing in and preparing a protocol version"), _OWNERS)
ACTIVATE = Act(
    tell("Activating a protocol version"),
    _OWNERS,
    ("pharmacist", "nurse", "prescriber", "administrator"),
    ("pharmacist", "prescriber"),
)
WITHDRAW = Act(
    tell("Withdrawing a protocol version"),
    _OWNERS,
    ("pharmacist", "nurse", "prescriber", "administrator"),
    ("pharmacist", "prescriber"),
)
REGISTER = Act(tell("Registering a patient"), _TEAM)
ORDER = Act(tell("Writing down a prescriber's order"), _TEAM)
PLAN = Act(tell("Planning a cycle"), _TEAM)
DELAY = Act(tell("Delaying a dose"), _TEAM)
WEIGH = Act(tell("Recording a weight"), ("pharmacist", "technician", "nurse", "prescriber"))
KEEP_WEIGHT = Act(tell("Keeping the dosing weight"), _TEAM, _TEAM)
CHECK = Act(tell("The check before a dose"), _TEAM)
OVERRIDE = Act("An override", _TEAM, _TEAM)
RELEASE = Act(
    tell("Releasing a preparation"),
    ("pharmacist", "technician"),
    ("pharmacist", "technician", "nurse", "prescriber"),
    ("pharmacist",),
)
DISCARD = Act(tell("Discarding a preparation"), _NOT_READING)
PREMEDICATE = Act("Recording premedication", _NOT_READING)
RECORD = Act("Recording what was given", _NOT_READING, _NOT_READING)
CORRECT = Act("Correcting a record", _NOT_READING, _NOT_READING)
STOCK = Act("Moving and counting stock", _STOCK_KEEPERS)
STOCK_BY_TWO = Act("Destroying, settling and correcting stock", _STOCK_KEEPERS, _NOT_READING)
EXPORT = Act("Exporting the audit trail", _KEEPERS)

ACTS = (
    CHANGE_SITE, BACKUPS, RESTORE, COMPLETE, ENCRYPTION, PEOPLE, DELEGATE, PROTOCOLS, ACTIVATE, WITHDRAW, REGISTER, ORDER, PLAN, DELAY, WEIGH,
    KEEP_WEIGHT, CHECK, OVERRIDE, RELEASE, DISCARD, PREMEDICATE, RECORD, CORRECT,
    STOCK, STOCK_BY_TWO, EXPORT,
)  # fmt: skip
"""Every act of the table, in the order in which the help page prints them."""
