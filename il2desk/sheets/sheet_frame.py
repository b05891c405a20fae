"""The frame of every sheet of a patient: identity block, marks, foot lines, code."""

from __future__ import annotations

from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Role
from il2desk.sheets.lettering import clean
from il2desk.sheets.model import Frame, Pair, Section, SheetModel, Text, write
from il2desk.sheets.shared_facts import Allergies, Marks, Patient, SheetIssue
from il2desk.words import say

SHEET_CODE = "IL2DESK"
"""What the code on every sheet begins with; the sheet's id and the entry's hash follow."""
SPECIMEN = "SPECIMEN, NOT FOR PATIENT USE"
PRACTICE = "PRACTICE, NOT FOR PATIENT USE"
NOT_VERIFIED = "NOT VERIFIED"
_SHARP_S, _CAPITAL_SHARP_S = "\u00df", "\u1e9e"
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"
_LONG_PART = 60  # characters; a longer part of the foot may break at its spaces


def make_frame(
    title: str,
    issue: SheetIssue,
    marks: Marks,
    patient: Patient,
    more: tuple[tuple[Pair, ...], ...],
    fingerprint: str,
) -> Frame:
    """Return the frame; `more` are lines of pairs below the identity. SheetRefused as write."""
    return Frame(
        title=write(title, Role.TITLE, say("title")),
        marks=tuple(write(mark, Role.STRONG, say("mark")) for mark in mark_words(marks)),
        identity=(*identity_of(patient), *more),
        foot=_foot(issue, marks, fingerprint),
        code=f"{SHEET_CODE}|{issue.sheet_id}|{issue.entry_hash}",
    )


def make_site_frame(
    title: str,
    issue: SheetIssue,
    marks: Marks,
    lines: tuple[tuple[Pair, ...], ...],
    fingerprint: str = "",
) -> Frame:
    """Return the frame of a sheet that is of no patient; `lines` say what it is of.

    SheetRefused as write.
    """
    return Frame(
        title=write(title, Role.TITLE, say("title")),
        marks=tuple(write(mark, Role.STRONG, say("mark")) for mark in mark_words(marks)),
        identity=lines,
        foot=_foot(issue, marks, fingerprint),
        code=f"{SHEET_CODE}|{issue.sheet_id}|{issue.entry_hash}",
    )


def mark_words(marks: Marks) -> tuple[str, ...]:
    """Return the marks in words, the gravest first."""
    chosen = (
        (marks.specimen, say(SPECIMEN)),
        (marks.practice, say(PRACTICE)),
        (marks.not_verified, say(NOT_VERIFIED)),
    )
    return tuple(words for is_set, words in chosen if is_set)


def shown_name(patient: Patient) -> str:
    """Return FAMILY, Given (Title); a Chinese name family first, with no comma and no change.

    A small sharp s stays a sharp s: in capitals SS would be another name.
    """
    family, given = patient.family_name.strip(), patient.given_name.strip()
    if any(_FIRST_HAN <= character <= _LAST_HAN for character in family):
        name = f"{family}{given}"
    else:
        name = f"{family.replace(_SHARP_S, _CAPITAL_SHARP_S).upper()}, {given}"
    return f"{name} ({patient.title})" if patient.title else name


def identity_of(patient: Patient) -> tuple[tuple[Pair, ...], ...]:
    """Return the identity block: who the patient is, then allergies and place. SheetRefused as write."""
    return _who(patient), _where(patient)


def pair(label: str, value: str, field: str = "") -> Pair:
    """Return a labelled value; an empty one says in words that it is not recorded."""
    words = value or say("Not recorded")
    return Pair(write(label, Role.LABEL, label), write(words, Role.STRONG, field or label))


def _who(patient: Patient) -> tuple[Pair, ...]:
    needed = {
        say("family name"): patient.family_name,
        say("given name"): patient.given_name,
        say("date of birth"): patient.born,
        say("trial number"): patient.trial_code,
    }
    for name, value in needed.items():
        if not value.strip():
            raise SheetRefused(
                say("The {name} of the patient is missing.", name=name),
                say("Nothing was printed. Record it with the patient, then print."),
            )
    born = f"{patient.born} ({patient.age})" if patient.age else patient.born
    nothing = Text("", Role.LABEL, "")
    return (
        Pair(nothing, write(shown_name(patient), Role.TITLE, say("name of the patient"))),
        pair(say("Born"), born),
        pair(say("Sex"), patient.sex),
        pair(say("Hospital No."), patient.hospital_number),
        pair(say("Trial No."), patient.trial_code),
    )


def _where(patient: Patient) -> tuple[Pair, ...]:
    known = patient.allergies is Allergies.KNOWN
    if known != bool(patient.allergies_text.strip()):
        raise SheetRefused(
            say("Allergies and their state contradict each other."),
            say("Nothing was printed. Record the allergies again, then print."),
        )
    phrase = say(patient.allergies.value)
    field = say("allergies")
    if known:
        allergies = Pair(
            write(f"\u25b2 {phrase}", Role.STRONG, field),
            write("; ".join(patient.allergies_text.splitlines()), Role.STRONG, field),
        )
    else:
        allergies = Pair(Text("", Role.LABEL, ""), write(phrase, Role.STRONG, field))
    initials = pair(say("Initials"), patient.initials)
    return (allergies, initials, pair(say("Ward"), patient.ward), pair(say("Bed"), patient.bed))


def _foot(issue: SheetIssue, marks: Marks, fingerprint: str) -> tuple[Text, ...]:
    field = say("foot of the sheet")
    first = [
        issue.site_name,
        say("Sheet {sheet}", sheet=issue.sheet_id),
        say("Form {code} version {version}", code=issue.form_code, version=issue.form_version),
        say("IL2Desk {version}", version=issue.program_version),
    ]
    if fingerprint:
        first.append(say("Protocol fingerprint {print}", print=fingerprint))
    first.append(say("Journal entry {entry} {hash}", entry=issue.entry, hash=issue.entry_hash))
    second = [
        say("Record as of {at}, last entry by {who}", at=issue.issued_at, who=issue.issued_by)
    ]
    if issue.supersedes:
        second.append(say("Replaces {sheet}", sheet=issue.supersedes))
    if marks.unsigned:
        second.append(say("Not verified: {what}", what=marks.unsigned))
    lines = (_joined(first), _joined(second))
    return tuple(write(line, Role.FINE, field) for line in lines)


def _joined(parts: list[str]) -> str:
    whole = (part.replace(" ", "\u00a0") if len(part) < _LONG_PART else part for part in parts)
    return " \u00b7 ".join(whole)


def sheet_of(
    frame: Frame,
    issue: SheetIssue,
    marks: Marks,
    sections: tuple[Section, ...],
    *,
    about: str = "",
    upright: bool = False,
) -> SheetModel:
    """Return the whole sheet, described for the file: title, who, which sheet, when.

    `about` follows the title, such as the trial number. SheetRefused as write.
    """
    title = frame.title.words
    return SheetModel(
        frame=frame,
        sections=sections,
        watermark=mark_words(marks),
        title=f"{title} \u2013 {clean(about, say('trial number'))}" if about else title,
        author=clean(issue.issued_by, say("issuer")),
        subject=say("Sheet {sheet}", sheet=issue.sheet_id),
        language=issue.language,
        written=issue.issued_utc,
        upright=upright,
    )
