"""The draft of one form: kept as it is typed, brought back into its empty fields, let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from il2desk.desk import JournalFault, drafts
from il2desk.window.fields import Entry
from il2desk.window.pages.tick import TickBox
from il2desk.words import say

if TYPE_CHECKING:
    from datetime import datetime

    from il2desk.window.office import Office

_STILL_MS = 500  # once nobody typed for so long
_TICKED = "x"


class _Witness(QWidget):
    """Nothing to be seen: it is shown and hidden with the form it stands in, and tells its draft."""

    def __init__(self, owner: QWidget, draft: FormDraft) -> None:
        super().__init__(owner)
        self._draft = draft
        self.setFixedSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """The form came on the screen."""
        super().showEvent(event)
        if isValid(self._draft):
            self._draft.came()

    def hideEvent(self, event: QHideEvent) -> None:
        """The form goes."""
        super().hideEvent(event)
        if isValid(self._draft):
            self._draft.went()


class FormDraft(QObject):
    """Keeps what is typed inside `owner`, for the person who is signed in as it is made.

    A field is known by its words, its place among those of the same words, and the `draft_part` of
    the row it stands in; a field whose words changed is not taken for another one. Kept are typed texts
    and choices only: no PIN, no scan, no answer to a question. `more_lots` adds a row for a lot.
    """

    def __init__(
        self,
        office: Office,
        owner: QWidget,
        place: drafts.DraftPlace,
        *edited: SignalInstance,
        more_lots: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(owner)
        self._office, self._owner, self._place = office, owner, place
        self._more_lots = more_lots
        person = office.desk.person
        self._who = None if person is None else person.id
        self._known: dict[str, str] = {}
        self._looked = self._busy = False
        self.kept_at: datetime | None = None
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(_STILL_MS)
        self._still.timeout.connect(self.keep)
        for signal in edited:
            signal.connect(self.typed)
        office.drafts.add(self)
        _Witness(owner, self).show()

    def on_screen(self) -> bool:
        """Whether the form is shown now."""
        return self._owner.isVisible()

    def came(self) -> None:
        """Bring the draft back as the form is shown first."""
        if not self._looked:
            self._looked = True
            self._bring_back()
        self._office.drafts.show()

    def went(self) -> None:
        """Keep what is typed as the form goes from the screen, and say so."""
        if not self._looked:
            return
        self.keep()
        if self.kept_at is not None:
            self._office.drafts.kept(self.kept_at)
        self._office.drafts.show()

    def typed(self) -> None:
        """Keep what is typed as soon as nobody types for a moment."""
        if self._looked and not self._busy:
            self._still.start()

    def keep(self) -> None:
        """Keep what is typed now, where it differs from what is kept."""
        self._still.stop()
        typed = self._typed()
        if self._busy or typed == self._known or not self._is_mine():
            return
        try:
            self.kept_at = drafts.keep_draft(self._office.desk, self._place, typed)
        except JournalFault as fault:
            self._office.drafts.say(say("The draft is not kept. {why}", why=fault.what))
            return
        self._known = typed
        self._office.drafts.show()

    def recorded(self) -> None:
        """Let go of the draft: what was typed is an entry of the journal now."""
        self._still.stop()
        self._known = self._typed()
        if self.kept_at is not None and self._is_mine():
            self._office.guarded(lambda: drafts.drop_draft(self._office.desk, self._place))
        self.kept_at = None
        self._office.drafts.show()

    def discard(self) -> None:
        """Empty the form and let go of the draft."""
        self._busy = True
        for _, field in self._fields():
            if isinstance(field, TickBox):
                field.setChecked(False)
            elif field.draft():
                field.clear_entry()
        self._busy = False
        self.recorded()

    # Inside

    def _is_mine(self) -> bool:
        """Whether the person who typed is still the one who is signed in."""
        person = self._office.desk.person
        return person is not None and person.id == self._who

    def _fields(self) -> Iterator[tuple[str, Entry | TickBox]]:
        """Every field with its name; a box of ticks inside an entry is the entry's."""
        counted: dict[str, int] = {}
        for widget in self._owner.findChildren(QWidget):
            if isinstance(widget, Entry) or (
                isinstance(widget, TickBox) and not isinstance(widget.parent(), Entry)
            ):
                name = self._name(widget)
                counted[name] = counted.get(name, 0) + 1
                yield f"{name} {counted[name]}", widget

    def _name(self, field: Entry | TickBox) -> str:
        words = field.text() if isinstance(field, TickBox) else field.label_text()
        parts = [words, type(field).__name__]
        above = field.parentWidget()
        while above is not None and above is not self._owner:
            part = getattr(above, "draft_part", "")
            if part:
                parts.append(part)
            above = above.parentWidget()
        return " | ".join(reversed(parts))

    def _typed(self) -> dict[str, str]:
        found = (
            (
                name,
                (_TICKED if field.isChecked() else "")
                if isinstance(field, TickBox)
                else field.draft(),
            )
            for name, field in self._fields()
        )
        return {name: text for name, text in found if text.strip()}

    def _bring_back(self) -> None:
        found = drafts.draft_at(self._office.desk, self._place) if self._is_mine() else None
        if found is None:
            return
        when = self._office.drafts.moment(found.at)
        if found.older:
            drafts.drop_draft(self._office.desk, self._place)
            self._office.drafts.say(
                say(
                    "A draft of {time} is of another version of the program. It is not brought back.",
                    time=when,
                )
            )
            return
        if found.at.date() != self._office.now().date():
            # Its times of the clock would be understood as of today, and a value without its own time
            # would take another's: nothing of it stands in a form again.
            drafts.drop_draft(self._office.desk, self._place)
            self._office.drafts.say(
                say("A draft of {time} is of another day. It is not brought back.", time=when)
            )
            return
        self._busy = True
        lost = self._fill(dict(found.typed))
        self._busy = False
        self._known, self.kept_at = dict(found.typed), found.at
        told = say("Draft of {time} brought back. Nothing has been recorded.", time=when)
        if lost:
            told = say("{told} Type again: {names}.", told=told, names=", ".join(lost))
        self._office.drafts.say(told)

    def _fill(self, typed: dict[str, str]) -> list[str]:
        """Fill the empty fields from top to bottom, and return the words of what was not brought back.

        A choice may bring fields with it, so that the fields are looked at again after each.
        """
        lots = sum(" | LotEntry " in f" | {name}" for name in typed)
        have = sum(" | LotEntry " in f" | {name}" for name, _ in self._fields())
        for _ in range(lots - have):
            if self._more_lots is not None:
                self._more_lots()
        left, lost = dict(typed), []
        while (following := next((f for f in self._fields() if f[0] in left), None)) is not None:
            name, field = following
            text = left.pop(name)
            if isinstance(field, TickBox):
                field.setChecked(True)
            elif field.draft():
                continue  # something stands there already
            elif not field.take_draft(text):
                lost.append(field.label_text() or field.accessibleName())
        lost += [name.split(" | ")[0] for name in left]
        return [words for words in dict.fromkeys(lost) if words]
