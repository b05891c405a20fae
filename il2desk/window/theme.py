"""How the window looks: palette on Fusion, text sizes, plain labels; all of it can change at once."""

from __future__ import annotations

import os
import re
from functools import partial

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QMenuBar, QSizePolicy, QWidget

from il2desk.dosing import kept_together
from il2desk.window.breaks import has_chinese
from il2desk.window.focus_ring import FocusRing
from il2desk.window.fonts import CHINESE_FAMILY
from il2desk.window.spoken import spoken
from il2desk.window.tokens import LIGHT, THEMES, Tokens

BODY_PX = 15
SECONDARY_PX = 13
TITLE_PX = 20
# The first family that is installed is used; all have equal-width digits and a clear 1, l, I.
FAMILIES = ("DejaVu Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", CHINESE_FAMILY)
LOT_FAMILIES = ("DejaVu Sans Mono", "Noto Sans Mono", "Consolas", "Menlo")
# Forbids a line break and shows nothing.
_JOINER = "\u2060"
_DATE = re.compile(r"\b[0-9]{1,2}-[A-Z][a-z]{2}\b(?:-[0-9]{4}\b)?|\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_DOSE = re.compile(r"\bDOSE (?=[0-9])")
_ROOM = QRect(0, 0, 100_000, 100_000)
_STYLE = "QT_STYLE_OVERRIDE"
_PERCENT, _THEME = "il2deskTextPercent", "il2deskTheme"
TEXT_SIZES = (100, 115, 130)
"""Percent of the reading size that a person may choose."""


def colour(hexadecimal: str) -> QColor:
    """Return the colour of a token."""
    return QColor(hexadecimal)


def prepare() -> None:
    """Choose Fusion before there is a QApplication.

    Asking a QApplication for it hands a QStyle to Python, whose names alone cost 25 ms at the start.
    """
    if QApplication.instance() is None:
        os.environ[_STYLE] = "fusion"


def apply(app: QApplication, theme: str = "light", *, percent: int = 100) -> FocusRing:
    """Dress the whole program, what is built already too, and return the focus ring.

    `theme` is "light", "dark" or "contrast", `percent` one of TEXT_SIZES. KeyError or ValueError
    where there is no such look.
    """
    tokens = THEMES[theme]
    if percent not in TEXT_SIZES:
        raise ValueError(percent)
    before = app.property(_PERCENT) or 100
    app.setProperty(_PERCENT, percent)
    app.setProperty(_THEME, theme)
    if os.environ.get(_STYLE) != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(tokens))
    app.setFont(text_font())
    _dress_again(app, before, percent)
    ring = app.findChild(FocusRing)
    if ring is None:  # dressed again, the program keeps its one ring
        ring = FocusRing(app)
        app.focusChanged.connect(ring.follow)
    return ring


def _dress_again(app: QApplication, before: int, percent: int) -> None:
    """Bring what is built already to the new look: fonts first, then what keeps a colour or a size."""
    every = app.allWidgets()
    for widget in every if before != percent else ():
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont):
            font = widget.font()
            # The size at 100 percent was rounded down to the one there is; this finds it again.
            whole = -(-font.pixelSize() * 100 // before)
            font.setPixelSize(whole * percent // 100)
            widget.setFont(font)
    for widget in every:
        layout = widget.layout()
        if layout is not None:
            layout.invalidate()
        widget.updateGeometry()
        if isinstance(widget, QMenuBar):  # it hears of its font later than everything else
            QTimer.singleShot(0, widget, partial(_make_room_for, widget))
        dress = getattr(widget, "dress_again", None)
        if dress is not None:
            dress()
        widget.update()


def _make_room_for(bar: QMenuBar) -> None:
    """Let the window give its menus the height that their letters need now."""
    window = bar.parentWidget()
    layout = None if window is None else window.layout()
    if layout is not None:
        layout.invalidate()
        layout.activate()
        bar.resize(bar.width(), bar.heightForWidth(bar.width()))


def palette(tokens: Tokens) -> QPalette:
    """Return Fusion's palette in our colours; disabled text is muted, never Fusion's pale grey."""
    roles = QPalette.ColorRole
    made = QPalette(colour(tokens.window))
    for role, value in (
        (roles.Window, tokens.window),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.base),
        (roles.AlternateBase, tokens.window),
        (roles.Text, tokens.text),
        (roles.PlaceholderText, tokens.muted),
        (roles.Button, tokens.base),
        (roles.ButtonText, tokens.text),
        (roles.ToolTipBase, tokens.base),
        (roles.ToolTipText, tokens.text),
        (roles.Highlight, tokens.select),
        (roles.HighlightedText, tokens.select_text),
        (roles.Link, tokens.focus),
        (roles.Mid, tokens.border),
    ):
        made.setColor(role, colour(value))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour(tokens.muted))
    return made


def tokens_of(widget: QWidget) -> Tokens:  # noqa: ARG001 - whose colours are asked for
    """Return the colours in use; they are the program's, whatever fill a widget has of its own."""
    app = QApplication.instance()
    name = None if app is None else app.property(_THEME)
    return THEMES.get(str(name), LIGHT)


def text_percent() -> int:
    """Return the text size in use, 100 to 130 percent."""
    app = QApplication.instance()
    return (app.property(_PERCENT) if app is not None else None) or 100


def _font(families: tuple[str, ...], px: int) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(px * text_percent() // 100)
    return font


def text_font(px: int = BODY_PX, *, bold: bool = False) -> QFont:
    """Return the reading font, `px` logical pixels high at 100 percent."""
    font = _font(FAMILIES, px)
    font.setBold(bold)
    return font


def lot_font(px: int = BODY_PX) -> QFont:
    """Return the fixed-width font in which lots and identifiers are told apart letter by letter."""
    return _font(LOT_FAMILIES, px)


def _joined(date: re.Match[str]) -> str:
    return date[0].replace("-", f"{_JOINER}-{_JOINER}")


def whole_dates(text: str) -> str:
    """The text in which no line ends inside a date."""
    return _DATE.sub(_joined, text)


class PlainLabel(QLabel):
    """Text as it is: never read as markup, never cut, wrapped where it does not fit.

    `narrow` is for places narrower than a dose with its unit: there a line may end between them.
    """

    def __init__(
        self,
        text: str = "",
        *,
        px: int = BODY_PX,
        bold: bool = False,
        muted: bool = False,
        narrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._narrow, self._tall = narrow, False
        self._ink, self._ground = "", ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(text_font(px, bold=bold))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)  # narrow means tall, never cut
        self.setSizePolicy(policy)
        if muted:
            self.set_ink("muted")
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show this text; no date, no number with its unit, no dose with its label is parted."""
        text = spoken(text)
        self._text = text
        kept = text if self._narrow else kept_together(text)
        super().setText(_DOSE.sub("DOSE\u00a0", whole_dates(kept)))
        self._keep_height()

    def _keep_height(self) -> None:
        """Letters that come from another font may be higher than the font says that it is."""
        tall = has_chinese(self._text)
        if tall:
            line = self.fontMetrics().boundingRect(_ROOM, 0, self._text.split("\n")[0])
            margins = self.contentsMargins()
            self.setMinimumHeight(line.height() + margins.top() + margins.bottom())
        elif self._tall:
            self.setMinimumHeight(0)
        self._tall = tall

    def text(self) -> str:
        """Return the text as it was handed in."""
        return self._text

    def set_ink(self, ink: str, ground: str = "") -> None:
        """Write the text in the colour of a token, on the fill of another where one is named.

        The names are kept and not the colours: another theme writes the same text anew.
        """
        self._ink, self._ground = ink, ground
        self.setAutoFillBackground(bool(ground))
        self.dress_again()

    def dress_again(self) -> None:
        """Take the colours of the theme that is in use now, and room for the letters of its size."""
        if self._tall:
            self._keep_height()
        if not self._ink:
            return
        tokens, mine = tokens_of(self), QPalette(self.palette())
        mine.setColor(QPalette.ColorRole.WindowText, colour(getattr(tokens, self._ink)))
        if self._ground:
            mine.setColor(QPalette.ColorRole.Window, colour(getattr(tokens, self._ground)))
        self.setPalette(mine)


def title_label(text: str, *, parent: QWidget | None = None) -> PlainLabel:
    """Return the title of a page or of a section."""
    return PlainLabel(text, px=TITLE_PX, bold=True, parent=parent)


def announce(widget: QWidget, text: str) -> None:
    """Tell assistive technology, in the same moment as the eye is told."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, spoken(text)))
