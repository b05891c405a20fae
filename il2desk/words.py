"""The one road from a sentence in the code to the sentence a person reads."""

from __future__ import annotations

import gettext
from functools import cache

from il2desk.paths import resource

DOMAIN = "il2desk"


def say(text: str, **facts: object) -> str:
    """Return the sentence in the workstation's language, with its facts put in.

    `text` is the English sentence, with a `{name}` for each fact; it is also the catalogue's key.
    Where no translation is shipped, English stands. A fact that is named but not given raises
    KeyError: a sentence with a hole in it is a defect.
    """
    sentence = _catalogue().gettext(text) if text else ""  # gettext("") is the catalogue's header
    return sentence.format(**facts) if facts or "{" in sentence else sentence


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, localedir=str(resource("translations")), fallback=True)
