"""What the dosing core says besides a number: findings, refusals, gaps, and where a value comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Generic, TypeVar

from il2desk.dosing.sentence import joined, tell, told

Value = TypeVar("Value")


class Severity(Enum):
    """How much a finding weighs. NOTE informs, CAUTION asks a person, STOP forbids release."""

    NOTE = "NOTE"
    CAUTION = "CAUTION"
    STOP = "STOP"


class Evidence(Enum):
    """The mark that a value carries from its document into the program (protocol library page)."""

    LABEL = "label"
    PAPER = "paper"
    SECONDARY = "secondary"
    HAND = "hand"
    UNCONFIRMED = "unconfirmed"
    READING = "reading"
    PROPOSAL = "proposal"
    SITE = "site"
    PRACTICE = "practice"

    @property
    def in_words(self) -> str:
        """The mark as a sheet prints it."""
        return _EVIDENCE_WORDS[self]


_EVIDENCE_WORDS = {
    Evidence.LABEL: tell("product label"),
    Evidence.PAPER: tell("published paper"),
    Evidence.SECONDARY: tell("institutional source"),
    Evidence.HAND: tell("worked out by hand from sourced numbers"),
    Evidence.UNCONFIRMED: tell("unconfirmed"),
    Evidence.READING: tell("a reading of the source, to be confirmed by the site"),
    Evidence.PROPOSAL: tell("a proposal of this program, to be confirmed by the site"),
    Evidence.SITE: tell("confirmed by the site"),
    Evidence.PRACTICE: tell("invented for practice"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Document, section or page, and evidence mark of one value.

    `citation` is the whole bibliographic text for help; it makes no other source.
    """

    document: str
    place: str
    evidence: Evidence
    citation: str = field(default="", compare=False)

    def cite(self) -> str:
        """The source as the working and the sheet print it: document, place, mark."""
        if not self.place:
            return tell("{document} ({mark})", document=self.document, mark=self.evidence.in_words)
        return tell(
            "{document}, {place} ({mark})",
            document=self.document,
            place=self.place,
            mark=self.evidence.in_words,
        )


@dataclass(frozen=True, slots=True)
class Sourced(Generic[Value]):
    """A value that never travels without its source."""

    value: Value
    source: Source


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that no source gives. `field` is its path in the protocol file.

    `blocks` names what cannot be done while it is open: any of "dose", "schedule", "verdict",
    "release", "label", "activation"; empty for a gap that only the sheet mentions. `kept_in` is the
    file in whose copy it is filled in.
    """

    field: str
    name: str
    fill_from: str
    filled_by: str
    blocks: tuple[str, ...] = ()
    kept_in: str = tell("protocol")

    def sentence(self) -> str:
        """What is missing, where it would come from, and who fills it."""
        return tell(
            "{name} is not filled in ({field}). It would come from {fill_from}; "
            "{filled_by} fills it in the site's copy of the {kept_in}.",
            name=told(self.name),
            field=self.field,
            fill_from=told(self.fill_from),
            filled_by=told(self.filled_by),
            kept_in=told(self.kept_in),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person must know about an answer; `code` is stable, `text` is a sentence."""

    code: str
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer, and why: one sentence a reason, each saying what to do instead."""

    code: str
    reasons: tuple[str, ...]

    @property
    def text(self) -> str:
        """All reasons in one line."""
        return joined(" ", self.reasons)


def refuse(code: str, *reasons: str) -> Refusal:
    """A refusal with its reasons."""
    return Refusal(code, tuple(told(reason) for reason in reasons))
