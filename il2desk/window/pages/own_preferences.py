"""What the person at this computer prefers: language, theme, text size, lock. Used as soon as it is chosen."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from il2desk.dosing import NumberField
from il2desk.window.fields import Choice, ClinicalNumberEdit, Entry, Form, NumberedChoice
from il2desk.window.idle import LEAST_MINUTES, MOST_MINUTES
from il2desk.window.preferences import TEXT_SIZES
from il2desk.words import language_name, languages, say

if TYPE_CHECKING:
    from il2desk.window.office import Office


_IN_A_ROW = {"language": 2, "theme": 2, "text_size": 3}  # all fit beside an open panel


class OwnPreferences(Form):
    """The four choices, each showing what is in use; a value that was not understood is named."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        mine = office.preferences
        spoken = tuple(Choice(code, language_name(code)) for code in languages())
        self.language = self._choice("language", say("Language"), spoken, mine.language)
        themes = (
            Choice("system", say("Follow the system")),
            Choice("light", say("Light")),
            Choice("dark", say("Dark")),
            Choice("contrast", say("High contrast")),
        )
        self.theme = self._choice("theme", say("Theme"), themes, mine.theme)
        sizes = tuple(Choice(size, say("{size} %", size=size)) for size in TEXT_SIZES)
        self.text_size = self._choice("text_size", say("Text size"), sizes, str(mine.text_percent))
        field = NumberField(
            say("minutes"), "min", Decimal(LEAST_MINUTES), Decimal(MOST_MINUTES), decimals=0
        )
        self.lock = self.add(ClinicalNumberEdit(field, say("Lock after, minutes")))
        self.lock.line.setText(str(mine.lock_minutes))
        self.lock.set_hint(say("2 to 15 minutes without a key. A line says so 30 seconds before."))
        self.lock.settled.connect(self._on_minutes)
        self._name_what_was_not_understood()

    def _choice(
        self, key: str, label: str, options: tuple[Choice, ...], shown: str
    ) -> NumberedChoice:
        entry = self.add(NumberedChoice(label, options, required=False, columns=_IN_A_ROW[key]))
        if any(option.id == shown for option in options):
            entry.choose(shown)
        entry.chosen.connect(partial(self._on_choice, key))
        return entry

    def _on_choice(self, key: str, value: str) -> None:
        trouble = self._office.preferences.choose(key, value)
        entries: dict[str, Entry] = {
            "language": self.language,
            "theme": self.theme,
            "text_size": self.text_size,
        }
        entries[key].set_hint(trouble)
        self._office.say(trouble or say("In use from now on."))

    def _on_minutes(self, value: object) -> None:
        if not isinstance(value, Decimal) or int(value) == self._office.preferences.lock_minutes:
            return
        trouble = self._office.preferences.choose("lock_minutes", str(int(value)))
        self._office.say(trouble or say("The screen locks after {n} minutes.", n=int(value)))

    def _name_what_was_not_understood(self) -> None:
        entries: dict[str, Entry] = {
            "language": self.language, "theme": self.theme, "text_size": self.text_size,
            "lock_minutes": self.lock,
        }  # fmt: skip
        for key, stored, used in self._office.preferences.ignored:
            entries[key].set_question(
                say("The settings file says {stored}, which is unknown. In use: {used}.",
                    stored=stored or say("nothing"), used=used)
            )  # fmt: skip
