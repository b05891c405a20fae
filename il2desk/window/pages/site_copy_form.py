"""What a row of a site's copy asks for: the value and the document it was read in. Nothing is filled in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from il2desk.desk import Row, SiteSource
from il2desk.window.fields import Choice, Form, NumberedChoice, TextEntry
from il2desk.window.spoken import spoken_all
from il2desk.window.theme import PlainLabel
from il2desk.words import say

_ANOTHER = "another"
_MOST_SOURCES = 8


class RowForm(Form):
    """The fields of one row. `sources` are the documents that the site has named in this file already."""

    def __init__(
        self, row: Row, sources: tuple[SiteSource, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row, self._sources = row, sources[:_MOST_SOURCES]
        for line in _lines(row):
            self.add_widget(PlainLabel(line, muted=True, parent=self))
        self._asks = {
            ask.key: self.add(TextEntry(say(ask.label), required=ask.required)) for ask in row.asks
        }
        if row.value and row.asks and not row.asks[0].required:
            self._asks[row.asks[0].key].set_hint(
                say("Leave it empty to confirm what stands there, after reading it in the document")
            )
        self._known: NumberedChoice | None = None
        if row.needs_source and not row.by_hand:
            self._add_source()

    def _add_source(self) -> None:
        if self._sources:
            options = [
                Choice(str(at), f"{one.document}, {one.place}")
                for at, one in enumerate(self._sources)
            ]
            another = Choice(_ANOTHER, say("Another document or place"))
            self._known = self.add(NumberedChoice(say("Read in"), (*options, another)))
            self._known.chosen.connect(self._on_source)
        self.document = self.add(TextEntry(say("Document"), required=True))
        self.document.set_hint(say("With its version or date, as a second person would ask for it"))
        self.place = self.add(TextEntry(say("Place in it"), required=True))
        self.place.set_hint(say("Section, page or table"))
        for entry in (self.document, self.place):
            entry.setVisible(self._known is None)

    def _on_source(self, chosen: str) -> None:
        for entry in (self.document, self.place):
            entry.setVisible(chosen == _ANOTHER)
        self.changed.emit()

    @property
    def row(self) -> Row:
        """The row that is answered here."""
        return self._row

    def is_touched(self) -> bool:
        """True where anything was typed or chosen."""
        return any(entry.typed().strip() for entry in self.entries())

    def confirms(self) -> bool:
        """True where no value is typed: what stands there is confirmed."""
        return not any(entry.typed().strip() for entry in self._asks.values())

    def typed_texts(self) -> dict[str, str]:
        """What was typed, by the key of the ask."""
        return {key: entry.typed() for key, entry in self._asks.items()}

    def source(self) -> SiteSource:
        """The document and place that was chosen or typed; empty texts where none is asked."""
        if not self._row.needs_source or self._row.by_hand:
            return SiteSource("", "")
        chosen = None if self._known is None else self._known.value()
        if chosen is not None and chosen != _ANOTHER:
            return self._sources[int(chosen)]
        return SiteSource(self.document.typed(), self.place.typed())

    def refuse(self, reasons: tuple[str, ...]) -> None:
        """Show why it was refused under the first field, and put the keyboard there."""
        first = self.entries()[0]
        first.set_error(spoken_all(reasons))
        first.focus_entry()

    def focus_first(self) -> None:
        """Put the keyboard into the first field, where there is one."""
        shown = self.shown()
        if shown:
            shown[0].focus_entry()


def _lines(row: Row) -> tuple[str, ...]:
    """Where the value comes from, who fills it, and what else its source will stand for."""
    lines: list[str] = []
    if row.fill_from:
        lines.append(
            say(
                "It would come from {origin}; {who} fills it.",
                origin=row.fill_from,
                who=row.filled_by,
            )
        )
    if row.by_hand:
        lines.append(say("Write it into the text of the file below, then take that text."))
    if row.together:
        names = spoken_all(row.together, ", ")
        lines.append(say("The source named here stands for these too: {names}", names=names))
    return tuple(lines)
