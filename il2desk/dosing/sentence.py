"""A sentence of the program: English text that still knows how it was put together.

It is a `str` and stays one wherever it goes: it is compared, stored and written out as the English
text. Where it is shown, `il2desk.words.say` finds its template and its facts and puts it together
again in the language of the site. What a string method makes of it is plain text again: sentences
are put into one another as facts, or `joined`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Sentence(str):
    """English text with the template and the facts that it was made of; made by `tell`.

    `template` is the English sentence with a {name} for each fact, the key of the catalogue. A fact
    can be a sentence itself. `facts` is None for a text that was never a template: a brace in it is
    a brace.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: Mapping[str, object] | None


def tell(template: str, /, **facts: object) -> str:
    """A sentence of the program. A fact that is named but not given raises KeyError."""
    made = Sentence(template.format_map(facts))
    made.template, made.facts = template, facts
    return made


def told(text: str) -> str:
    """A finished text as a sentence: it is looked up as it stands, and nothing is put in."""
    if isinstance(text, Sentence):
        return text
    made = Sentence(text)
    made.template, made.facts = text, None
    return made


def joined(separator: str, parts: Iterable[str]) -> str:
    """The parts as one text of which each part is still known; nothing for no parts."""
    known = {f"part{number}": part for number, part in enumerate(parts, start=1)}
    if len(known) == 1:
        return known["part1"]
    return tell(separator.join(f"{{{name}}}" for name in known), **known)
