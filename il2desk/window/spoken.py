"""Where a sentence of the program meets the screen: it is said in the workstation's language there.

The desk answers in English sentences that know what they were made of; what was typed, a name or a
number is plain text and stays as it is. Every widget that shows text asks here, so no page has to.
"""

from __future__ import annotations

from collections.abc import Iterable

from il2desk.dosing import Sentence
from il2desk.words import say


def spoken(text: str) -> str:
    """A sentence in the language that is spoken, as plain text; any other text as it is."""
    return say(text) if isinstance(text, Sentence) else text


def spoken_all(texts: Iterable[str], separator: str = " ") -> str:
    """The texts one after another, each in the language that is spoken."""
    return separator.join(map(spoken, texts))
