"""What other drugs and allergies mean beside aldesleukin: matched by listed words, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from il2desk.dosing.findings import Source

CONTRA_INDICATED, INTERACTION_CAUTION = "contra-indicated", "caution"
_WORD = re.compile(r"[^\s,;()/+]+")


@dataclass(frozen=True, slots=True)
class Interaction:
    """A drug beside `beside`: the words that name it, its classes, and what follows.

    `severity` is CONTRA_INDICATED or INTERACTION_CAUTION; several sources may say different things.
    """

    id: str
    names: tuple[str, ...]
    classes: tuple[str, ...]
    beside: str
    severity: str
    text: str
    sources: tuple[Source, ...]

    def sentence(self) -> str:
        """The severity, what is said, and by which documents."""
        cited = "; ".join(source.cite() for source in self.sources)
        return f"{self.severity.capitalize()}: {self.text} ({cited})."


@dataclass(frozen=True, slots=True)
class AllergyClass:
    """An allergy by the words that name it, and what it means for the checklist."""

    id: str
    names: tuple[str, ...]
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class InteractionList:
    """Everything shipped to look for; `notes` say how it is to be read."""

    id: str
    title: str
    version: str
    drugs: tuple[Interaction, ...]
    allergies: tuple[AllergyClass, ...]
    notes: tuple[str, ...]


def drugs_named(
    listed: InteractionList, text: str, beside: tuple[str, ...]
) -> tuple[Interaction, ...]:
    """The interactions that a text of drugs names, beside aldesleukin and the companion drugs."""
    return tuple(one for one in listed.drugs if one.beside in beside and _names(one.names, text))


def classes_against(
    listed: InteractionList, classes: tuple[str, ...], beside: tuple[str, ...]
) -> tuple[Interaction, ...]:
    """What forbids a drug of these classes beside these drugs: contra-indications only."""
    return tuple(
        one
        for one in listed.drugs
        if one.severity == CONTRA_INDICATED
        and one.beside in beside
        and set(one.classes) & set(classes)
    )


def allergies_named(listed: InteractionList, text: str) -> tuple[AllergyClass, ...]:
    """The classes that a text of allergies names."""
    return tuple(one for one in listed.allergies if _names(one.names, text))


def unmatched(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a text that hold none of the names: between commas, signs, lines and "and"."""
    parts = [part.strip() for part in re.split(r"[,;\n+/&]| and | with ", text)]
    return tuple(part for part in parts if part and not _names(names, part))


def _names(names: tuple[str, ...], text: str) -> bool:
    """Whether one of the names begins a word of the text, whatever its case and ending."""
    words = [word.casefold() for word in _WORD.findall(text)]
    joined = f" {' '.join(words)}"
    return any(f" {name.casefold()}" in joined for name in names)
