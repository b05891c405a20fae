"""Facts that every sheet of a patient carries: who, which sheet, which marks, which gaps.

All text is finished: numbers, dates and times come from the one formatter, quantities hold
no-break spaces. An empty string means that nothing is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from il2desk.dosing import tell

_MOMENT_DIGITS = 14


class Allergies(Enum):
    """The four things that can be known of allergies; the value is the phrase that prints."""

    KNOWN = tell("Known allergies")
    NONE_KNOWN = tell("No known allergies")
    NOT_RECORDED = tell("Allergies not recorded")
    UNAVAILABLE = tell("Allergies unavailable")


@dataclass(frozen=True, slots=True)
class SheetGap:
    """A value that no source gives: its name, printed in its place, and the whole sentence.

    The sentence says what is missing, where it would come from and who fills it.
    """

    name: str
    sentence: str


Shown = str | SheetGap


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the sheet is about. `family_name`, `given_name`, `born`, `trial_code` are never empty.

    `family_name` as it is written; the sheet sets it in capitals. `title` without brackets (Ms).
    `age` such as 65y. `allergies_text` goes with KNOWN and only with it; it may have lines.
    """

    family_name: str
    given_name: str
    title: str
    born: str
    age: str
    sex: str
    hospital_number: str
    trial_code: str
    initials: str
    allergies: Allergies
    allergies_text: str
    ward: str
    bed: str


@dataclass(frozen=True, slots=True)
class SheetIssue:
    """Which sheet this is. `entry_hash` is the short form (8 to 16 hexadecimal digits).

    `issued_utc` is YYYYMMDDhhmmss in universal time and becomes the file's date. `supersedes`
    names the sheet that this one replaces. `language` is a tag such as en. ValueError for another
    form of `issued_utc`.
    """

    sheet_id: str
    form_code: str
    form_version: str
    program_version: str
    entry: str
    entry_hash: str
    issued_at: str
    issued_utc: str
    issued_by: str
    supersedes: str
    site_name: str
    language: str = "en"

    def __post_init__(self) -> None:
        if len(self.issued_utc) != _MOMENT_DIGITS or not self.issued_utc.isdecimal():
            sentence = f"issued_utc is YYYYMMDDhhmmss, not {self.issued_utc!r}"
            raise ValueError(sentence)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks across the page. `unsigned` says what awaits a second person, in words."""

    specimen: bool = False
    practice: bool = False
    not_verified: bool = False
    unsigned: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """An amended value: its mark (a letter), what it is, old and new value, who, when and why."""

    mark: str
    what: str
    old: str
    new: str
    who: str
    when: str
    why: str


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """A signature with its meaning. Without `name` the row is blank, to be signed with a pen."""

    meaning: str
    role: str
    name: str = ""
    signed_at: str = ""
