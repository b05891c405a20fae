"""What other drugs and allergies mean beside aldesleukin: matched by listed words, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from il2desk.dosing.findings import Source
from il2desk.dosing.sentence import joined, tell

CONTRA_INDICATED, INTERACTION_CAUTION = "contra-indicated", "caution"
_BEGINS = {CONTRA_INDICATED: tell("Contra-indicated"), INTERACTION_CAUTION: tell("Caution")}
_WORD = re.compile(r"[^\s,;()/+]+")
_ENDING = re.compile(r"[^\W\d_]*[.:!?]*")
_AMOUNT = re.compile(r"[0-9.]+(?:mg|g|mcg|mL)?|mg|g|mcg|mL", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;\n+/&()]| and | with ", re.IGNORECASE)


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
        cited = joined("; ", (source.cite() for source in self.sources))
        return tell(
            "{severity}: {text} ({cited}).",
            severity=_BEGINS[self.severity],
            text=self.text,
            cited=cited,
        )


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
    """Every word of a text that belongs to none of the names, those that stand together as one.

    A part between commas, signs, lines and "and" that holds no name at all is given whole. Amounts
    beside a name ("4 mg") are no drug and no allergy.
    """
    parts = [part.strip() for part in _BETWEEN.split(text)]
    return tuple(left for part in parts if part for left in _left_over(part, names))


def _left_over(part: str, names: tuple[str, ...]) -> list[str]:
    if not _names(names, part):
        return [part]
    words = _WORD.findall(part)
    named = _words_of(names, [word.casefold() for word in words])
    runs: list[list[str]] = [[]]
    for at, word in enumerate(words):
        if at in named:
            runs.append([])
        elif not _AMOUNT.fullmatch(word):
            runs[-1].append(word)
    return [" ".join(run) for run in runs if run]


def _words_of(names: tuple[str, ...], words: list[str]) -> set[int]:
    """The places of the words that the names account for; a second word behind a hyphen is none."""
    found: set[int] = set()
    for name in names:
        *before, last = name.casefold().split()
        for at, word in enumerate(words):
            begin = at - len(before)
            # Before the first word there are too few to be equal.
            if words[begin:at] != before or not word.startswith(last):
                continue
            if _ENDING.fullmatch(word[len(last) :]):
                found.update(range(begin, at + 1))
    return found


def _names(names: tuple[str, ...], text: str) -> bool:
    """Whether one of the names begins a word of the text, whatever its case and ending."""
    words = [word.casefold() for word in _WORD.findall(text)]
    whole = f" {' '.join(words)}"
    return any(f" {name.casefold()}" in whole for name in names)
