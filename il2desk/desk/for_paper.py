"""The facts of a sheet in the language of the site, just before the sheet is composed.

The acts of the desk speak English: what they say is stored, compared and answered on a command
line. A sentence carries its template, so it is said again here, and in no other place, for paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from il2desk.desk.desk import Desk
from il2desk.dosing import Sentence
from il2desk.words import ENGLISH, say

Facts = TypeVar("Facts")


def sheet_language(desk: Desk) -> str:
    """The language of the site's paper; it does not follow the screen."""
    return ENGLISH if desk.site is None else desk.site.language


def for_paper(facts: Facts) -> Facts:
    """Equal facts with every sentence in them said in the site's language; the rest as it is."""
    return cast("Facts", _said(facts))


def _said(value: Any) -> Any:  # noqa: ANN401 - whatever the facts of a sheet are made of
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, tuple):
        return tuple(_said(one) for one in value)
    if isinstance(value, Mapping):
        return {_said(key): _said(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _said(getattr(value, one.name)) for one in fields(value)}
        return replace(value, **changed)
    return value
