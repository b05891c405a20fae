"""Strips that say what is unusual, and what the pre-dose check found. They cannot be closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from il2desk.window.buttons import Button
from il2desk.window.glyphs import VERDICTS, Glyph
from il2desk.window.spoken import spoken, spoken_all
from il2desk.window.theme import SECONDARY_PX, PlainLabel, announce, colour, tokens_of
from il2desk.words import say

MODES = (
    "NOT SOUND",
    "PRACTICE",
    "READ ONLY",
    "VERDICTS OFF",
    "CLOCK",
    "NO BACKUP",
    "RESTORED",
    "NOT AS WRITTEN",
    "CHAIN BROKEN",
    "NOT THE JOURNAL",
)
_HATCHED = 56


def _fill_of(kind: str) -> str:
    """The token of a strip's fill; the one of its text is named after it."""
    if kind == "PRACTICE":
        return "practice"
    grave = ("VERDICTS OFF", "NOT SOUND", "NOT AS WRITTEN", "CHAIN BROKEN", "NOT THE JOURNAL")
    return "stop" if kind in grave else "hold"


class ModeStrip(QFrame):
    """One unusual state of the program: a word, a sign, a hatch, and the way to mend it."""

    fix_asked = Signal(str)

    def __init__(
        self, kind: str, words: str, *, fix: str = "", parent: QWidget | None = None
    ) -> None:
        if kind not in MODES:
            msg = f"there is no strip for {kind!r}"
            raise ValueError(msg)
        super().__init__(parent)
        words = spoken(words)
        self._kind = kind
        self._fill = _fill_of(kind)
        self.setAutoFillBackground(True)
        self.dress_again()
        row = QHBoxLayout(self)
        row.setContentsMargins(_HATCHED + 12, 5, _HATCHED + 12, 5)
        text = PlainLabel(f"▲ {kind}   {words}", bold=True, parent=self)
        text.set_ink(f"{self._fill}_text")
        row.addWidget(text, 1)
        if fix:
            button = Button(fix, parent=self)
            button.clicked.connect(self._ask)
            row.addWidget(button)
        self.setAccessibleName(f"{kind}. {words}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def dress_again(self) -> None:
        """Take the fill of the theme that is in use now."""
        mine = self.palette()
        mine.setColor(QPalette.ColorRole.Window, colour(getattr(tokens_of(self), self._fill)))
        self.setPalette(mine)

    def _ask(self) -> None:
        self.fix_asked.emit(self._kind)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hatch both ends, where no text stands."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(getattr(tokens_of(self), f"{self._fill}_text")), 4))
        for left in (0, self.width() - _HATCHED):
            painter.setClipRect(left, 0, _HATCHED, self.height())
            for x in range(left - self.height(), left + _HATCHED, 14):
                painter.drawLine(x, self.height(), x + self.height(), 0)


class ModeStrips(QWidget):
    """All strips that apply now, one under another; empty when nothing is unusual."""

    fix_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._strips: list[ModeStrip] = []

    def set_modes(self, modes: Sequence[tuple[str, str, str]]) -> None:
        """Show a strip for each (kind, sentence, words of the mending button or empty text)."""
        for old in self._strips:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._strips = [ModeStrip(kind, words, fix=fix, parent=self) for kind, words, fix in modes]
        for strip in self._strips:
            strip.fix_asked.connect(self.fix_asked)
            self._column.addWidget(strip)

    def sentences(self) -> tuple[str, ...]:
        """Return what the strips say, from top to bottom."""
        return tuple(strip.accessibleName() for strip in self._strips)


@dataclass(frozen=True, slots=True)
class VerdictFacts:
    """A verdict with its reasons, ready to be shown; `scope` says what a STOP stops."""

    verdict: str
    because: str
    rule_set: str
    validity: str = ""
    action: str = ""
    scope: str = ""


class VerdictStrip(QFrame):
    """Glyph, word, reason, rule set and validity in one view; empty until there is a verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: VerdictFacts | None = None
        self._room, self._waits = 0, False
        self._announced = ""
        # Only what is inside is hidden: a strip that shows itself before it stands in a page would
        # open as a window of its own.
        self._inside = QWidget(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._inside)
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(14)
        self._glyph = Glyph(px=44, parent=self._inside)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(3)
        row.addLayout(texts, 1)
        self._word = PlainLabel(px=20, bold=True, parent=self._inside)
        self._because = PlainLabel(bold=True, parent=self._inside)
        self._action = PlainLabel(parent=self._inside)
        self._source = PlainLabel(px=SECONDARY_PX, parent=self._inside)
        for label in (self._word, self._because, self._action, self._source):
            texts.addWidget(label)
        texts.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._inside.hide()

    def set_facts(self, facts: VerdictFacts | None) -> None:
        """Show and announce a verdict; None clears it. ValueError where it is none of the four."""
        if facts is not None and facts.verdict not in VERDICTS:
            msg = f"{facts.verdict!r} is no verdict"
            raise ValueError(msg)
        self._room = self.height() if self._facts is not None else self._room
        self._facts, self._waits = facts, False
        self.setMinimumHeight(0)
        self._inside.setVisible(facts is not None)
        if facts is None:
            self._show_texts("", "", "", "")
            self._glyph.set_state("")
            self.setAccessibleName("")
            return
        word = spoken_all(part for part in (facts.verdict, spoken(facts.scope)) if part)
        source = spoken_all(map(spoken, filter(None, (facts.rule_set, facts.validity))), "   ")
        self._show_texts(word, facts.because, facts.action, source)
        self._glyph.set_state(facts.verdict)
        self._dress(facts.verdict)
        said = spoken_all((facts.because, facts.action))
        sentence = f"{word}. {said} {source}".strip()
        self.setAccessibleName(sentence)
        # It is judged anew at every field: who listens hears what changed, and nothing twice.
        if f"{word}. {said}" != self._announced:
            self._announced = f"{word}. {said}"
            announce(self, sentence)

    def wait(self) -> None:
        """Show that there is no verdict while a field is typed in; the place of the last one stays.

        No word of the last verdict stands meanwhile, and no row below moves.
        """
        self._waits = True
        self._inside.show()
        self._show_texts(
            say("Not computed"), say("Leave the field: then the verdict is computed anew."), "", ""
        )
        self._glyph.set_state("")
        for label in (self._word, self._because):
            label.set_ink("text")
        self.setMinimumHeight(self._room)
        self.update()

    def waits(self) -> bool:
        """Return whether it says that there is no verdict."""
        return self._waits

    def verdict(self) -> str | None:
        """Return the verdict shown, or None."""
        return self._facts.verdict if self._facts is not None else None

    def _show_texts(self, word: str, because: str, action: str, source: str) -> None:
        for label, text in (
            (self._word, word),
            (self._because, because),
            (self._action, action),
            (self._source, source),
        ):
            label.setText(text)
            label.setVisible(bool(text))

    def _dress(self, verdict: str) -> None:
        ink = {"HOLD": "hold_text", "STOP": "stop_text"}.get(verdict, "text")
        for label in (self._word, self._because, self._action, self._source):
            label.set_ink(ink)
        if verdict == "GO":
            self._word.set_ink("go")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the fill and edge of the verdict; the glyph stands on a plain field of its own."""
        if self._facts is None and not self._waits:
            return
        tokens, painter = tokens_of(self), QPainter(self)
        verdict = "" if self._facts is None else self._facts.verdict
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = {"HOLD": tokens.hold, "STOP": tokens.stop}.get(verdict, tokens.base)
        edge = QPen(
            colour(tokens.go if verdict == "GO" else tokens.text), 3 if verdict == "GO" else 2
        )
        if verdict in ("CANNOT ASSESS", ""):
            edge.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(QBrush(colour(fill)))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour(tokens.base)))
        painter.drawRoundedRect(QRectF(self._glyph.geometry()).adjusted(-4, -4, 4, 4), 4, 4)
