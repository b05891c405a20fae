"""The one road from a sentence in the code to the sentence a person reads."""

from __future__ import annotations

import gettext
from functools import cache

from il2desk.paths import resource

DOMAIN = "il2desk"


def say(text: str, /, **facts: object) -> str:
    """Return the sentence in the workstation's language, with its facts put in.

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


def languages() -> tuple[str, ...]:
    """The codes of the languages that are shipped; English is always one."""
    return ("en",)


def language_name(code: str) -> str:
    """What a language calls itself; its code where it says nothing."""
    return {"en": "English"}.get(code, code)


def choose(code: str) -> None:
    """Speak this language from now on. ValueError where it is not shipped."""
    if code not in languages():
        raise ValueError(code)


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


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, localedir=str(resource("translations")), fallback=True)
