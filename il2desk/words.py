"""The one road from a sentence in the code to the sentence a person reads.

English is the language of the code, the journal and the JSON of the command line. The screen and
the command line speak the language that was chosen on this workstation; paper speaks the language
of the site (`speaking`). A catalogue lies in `resources/translations/<code>/LC_MESSAGES`.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import IO

from il2desk.paths import resource

DOMAIN = "il2desk"
ENGLISH = "en"
_PRIVATE_REGION = "-X"
"""Regions XA to XZ belong to nobody: a language of one of them is for trying out layouts."""

# Words that a wrong rendering of could lead to a wrong dose. They stay English in every language
# until clinicians of that language have approved others (screens, section 0, item 10).
SAFETY_WORDS = (
    "CANNOT ASSESS", "GO", "HOLD", "STOP", "STOPPED", "DUE", "OVERDUE", "PRACTICE", "DOSE",
    "NOT VERIFIED", "SPECIMEN", "NOT FOR PATIENT USE", "READ ONLY", "VERDICTS OFF", "DO NOT GIVE",
    "million international units", "international units", "international unit",
)  # fmt: skip
_SAFETY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(one.replace(" ", "[ \u00a0]") for one in sorted(SAFETY_WORDS, key=len)[::-1])
    + r")(?!\w)"
)
_HOLE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")


def say(text: str, /, **facts: object) -> str:
    """Return the sentence in the language spoken, with its facts put in.

    `text` is the English sentence, with a `{name}` for each fact; it is also the catalogue's key.
    It may be a sentence that was told already and carries its `template` and its `facts`, and so
    may every fact: each is put into the language by itself. Where no translation is shipped,
    English stands. A fact that is named but not given raises KeyError: a sentence with a hole in
    it is a defect.
    """
    template = getattr(text, "template", None)
    if template is not None:
        return _said_again(text, template)
    sentence = _translated(text)
    if not facts and "{" not in sentence:
        return sentence
    return sentence.format(**{name: _fact(value) for name, value in facts.items()})


def kept_words(text: str) -> tuple[list[str], list[str]]:
    """What a translation must hold as the English sentence does: its holes and its safety words."""
    safety = (found[0].replace("\u00a0", " ") for found in _SAFETY.finditer(text))
    return sorted(_HOLE.findall(text)), sorted(safety)


def safety_spans(text: str) -> list[tuple[int, int]]:
    """Where safety words stand in a text."""
    return [found.span() for found in _SAFETY.finditer(text)]


class _Catalogue(gettext.GNUTranslations):
    """A catalogue that is believed only as far as it keeps what must be kept.

    A translation that lost a fact or a safety word is not shown: its English sentence is.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._said: dict[str, str] = {}
        super().__init__(file)

    def gettext(self, message: str) -> str:
        said = self._said.get(message)
        if said is None:
            said = super().gettext(message)
            if said is not message and kept_words(said) != kept_words(message):
                said = message
            self._said[message] = said
        return said


def languages() -> tuple[str, ...]:
    """The codes of the languages that can be offered: English, then what is shipped, in order."""
    found = resource("translations").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    codes = sorted(file.parents[1].name for file in found)
    return (ENGLISH, *(one for one in codes if _PRIVATE_REGION not in one))


def language_name(code: str) -> str:
    """What a language calls itself, as its catalogue says; its code where it says nothing."""
    if code == ENGLISH:
        return "English"
    return _catalogue_of(code).info().get("language-name", code)


def choose(code: str) -> None:
    """Speak this language on screen and command line from now on; English until one is chosen.

    What is on screen already stays as it is: the window makes its pages anew. ValueError where
    there is no such language.
    """
    global _chosen  # noqa: PLW0603 - the language of the program is one
    _catalogue_of.cache_clear()
    _chosen = (code, _catalogue_of(code))


def language() -> str:
    """The code of the language that was chosen."""
    return _chosen[0]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak the language of a site while its paper is made, whatever the screen speaks.

    Only this thread does. Where no catalogue of it is shipped, English stands.
    """
    try:
        catalogue = _catalogue_of(code)
    except ValueError:
        catalogue = _catalogue_of(ENGLISH)
    before = _on_paper.set(catalogue)
    try:
        yield
    finally:
        _on_paper.reset(before)


def _said_again(told: object, template: str) -> str:
    """A told sentence in the language; one without facts is text, and a brace in it is a brace."""
    facts = getattr(told, "facts", None)
    sentence = _translated(template)
    if facts is None:
        return sentence
    return sentence.format(**{name: _fact(value) for name, value in facts.items()})


def _fact(value: object) -> object:
    template = getattr(value, "template", None)
    return value if template is None else _said_again(value, template)


def _translated(text: str) -> str:
    return _catalogue().gettext(text) if text else ""  # gettext("") is the catalogue's header


def _catalogue() -> gettext.NullTranslations:
    return _on_paper.get() or _chosen[1]


@cache
def _catalogue_of(code: str) -> gettext.NullTranslations:
    """The catalogue of a language, read once. ValueError where there is none."""
    if code == ENGLISH:
        return gettext.NullTranslations()
    if not code or Path(code).name != code:
        msg = f"{code!r} is no code of a language"
        raise ValueError(msg)
    try:
        return gettext.translation(DOMAIN, str(resource("translations")), [code], _Catalogue)
    except OSError as fault:
        msg = f"there is no translation into {code!r}"
        raise ValueError(msg) from fault


_chosen = (ENGLISH, _catalogue_of(ENGLISH))
_on_paper: ContextVar[gettext.NullTranslations | None] = ContextVar("on_paper", default=None)
