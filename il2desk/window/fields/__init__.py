"""Entries: text is understood exactly or refused with a sentence, and never altered or pre-filled."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from il2desk.window.fields.answer import NoAnswer
from il2desk.window.fields.choice import Choice, NumberedChoice
from il2desk.window.fields.entry import Entry, LineEntry
from il2desk.window.fields.form import Form
from il2desk.window.fields.text import PassphraseEdit, PinEdit, TextEntry

if TYPE_CHECKING:
    from il2desk.window.fields.clock import ClinicalDateEdit, ClinicalTimeEdit
    from il2desk.window.fields.number import ClinicalNumberEdit
    from il2desk.window.fields.scan import ScanEdit

__all__ = [
    "Choice",
    "ClinicalDateEdit",
    "ClinicalNumberEdit",
    "ClinicalTimeEdit",
    "Entry",
    "Form",
    "LineEntry",
    "NoAnswer",
    "NumberedChoice",
    "PassphraseEdit",
    "PinEdit",
    "ScanEdit",
    "TextEntry",
]

# These read by dosing's grammar, and dosing takes longer to load than the whole sign-in page.
_BY_DOSING = {
    "ClinicalDateEdit": "clock",
    "ClinicalTimeEdit": "clock",
    "ClinicalNumberEdit": "number",
    "ScanEdit": "scan",
}


def __getattr__(name: str) -> object:
    """Load the clinical entries when they are first asked for. AttributeError for other names."""
    if name not in _BY_DOSING:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_BY_DOSING[name]}"), name)
