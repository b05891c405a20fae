"""Help, offline: topics at the left, text at the right; and the sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from il2desk import paths
from il2desk.dosing import kept_together
from il2desk.window.fields import TextEntry
from il2desk.window.keys import CONTEXTS, KEYS
from il2desk.window.office import Office
from il2desk.window.pages import help_shapes, help_sources, installation
from il2desk.window.pages.help_text import HelpText
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.spoken import spoken_all
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.words import say

KEY_SHEET, SOURCES, INSTALLATION, SHAPES = "keys", "sources", "installation", "shapes"
_TOPICS_WIDTH = 300
_LABEL_WIDTH = 60
_LINES_ABOVE_PX = 40


class HelpPage(Page):
    """The texts under resources/help, and two topics that are made when they are opened.

    A topic without a text shows the keys instead. `find` is looked for in the topic; `version` is
    the fingerprint of a protocol version whose sources come first.
    """

    help_topic = "start"

    def __init__(
        self, office: Office, topic: str = "start", find: str = "", version: str = ""
    ) -> None:
        super().__init__(office)
        self._texts = {KEY_SHEET: key_sheet(), **_files(), SHAPES: help_shapes.shapes_text()}
        self._version = version
        self._headings = {
            SOURCES: help_sources.title(),
            INSTALLATION: installation.title(),
            **{name: _heading(name, text) for name, text in self._texts.items()},
        }
        self.words = TextEntry(say("Find"), prompt=say("in all topics"), parent=self)
        self.words.set_label_width(_LABEL_WIDTH)
        self.topics = RecordTable((Column(say("Topic")),), name=say("Topics"), parent=self)
        self.topics.set_empty(say("No topic holds these words."))
        self.text = HelpText(self)
        self.installation = installation.InstallationPanel(office)
        self._scroll = QScrollArea(self)
        self._lay_out()
        self._list()
        self.topics.selected.connect(self.show_topic)
        self.words.edited.connect(self._on_find)
        self.words.line.installEventFilter(self)
        self.installation.changed.connect(self.action_changed)
        self.topics.select(topic if topic in self._headings else KEY_SHEET)
        self.show_topic(self.topics.current_id() or KEY_SHEET)
        self._begin_at = find

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        left.addWidget(self.words)
        left.addWidget(self.topics, 1)
        self.words.setFixedWidth(_TOPICS_WIDTH)
        self.topics.setFixedWidth(_TOPICS_WIDTH)
        row.addLayout(left)
        self._shown = QStackedWidget(self)
        self._shown.addWidget(self.text)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.installation)
        self._shown.addWidget(self._scroll)
        row.addWidget(self._shown, 1)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Help")

    def action(self) -> ActionState:
        """The way back; on the topic of the installation, its check, or the way to stop it."""
        if self.topics.current_id() != INSTALLATION:
            return ActionState(say("Everything here is read offline. Ctrl+P prints the topic."))
        if self.installation.is_running():
            return ActionState(say("Other topics can be read meanwhile."), say("Stop"))
        return ActionState(
            say("Nothing is recorded; the result stays until you leave."), say("Check now")
        )

    def commit(self) -> None:
        """Check the installation, or stop."""
        if self.installation.is_running():
            self.installation.stop()
        else:
            self.installation.start()

    def left(self) -> None:
        """A check of the installation ends here."""
        self.installation.left()

    def show_topic(self, topic: str) -> None:
        """Show one topic."""
        if topic == INSTALLATION:
            self._shown.setCurrentWidget(self._scroll)
        else:
            self._shown.setCurrentWidget(self.text)
            self.text.setMarkdown(kept_together(self._text(topic)))
            self._look_for(self.words.typed().strip())
        self.action_changed.emit()

    def opened(self) -> None:
        """Begin with the topics, and at the place that was asked for."""
        self.topics.view.setFocus()
        if self._begin_at:
            self._look_for(self._begin_at)

    def print_sheet(self) -> None:
        """Print the topic that is shown: the keys or the shapes beside a workstation."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - only to print

        from il2desk.window.pages.printing import printer_names  # noqa: PLC0415

        if self.topics.current_id() == INSTALLATION:
            self.office.say(say("Papers prints the qualification record."))
        elif not printer_names():
            self.office.say(say("No printer is set up on this computer. Nothing was printed."))
        else:
            printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
                self.text.put_on(printer)
                self.office.say(say("The topic was sent to {name}.", name=printer.printerName()))

    def find_in_list(self) -> None:
        """Ctrl+F."""
        self.words.focus_entry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field goes to the next place in the text; arrow down into the topics."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held:
                self._next()
                return True
            if event.key() == Qt.Key.Key_Down and self.topics.rows():
                self.topics.view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _text(self, topic: str) -> str:
        if topic == SOURCES and SOURCES not in self._texts:
            self._texts[SOURCES] = help_sources.sources_text(self.office, self._version)
        return self._texts[topic]

    def _list(self) -> None:
        """List the topics that hold what is typed; all of them where nothing is."""
        words = self.words.typed().strip().casefold()
        rows = [
            Row(name, (heading,))
            for name, heading in self._headings.items()
            if not words or words in self._searched(name, heading)
        ]
        self.topics.set_rows(rows, len(self._headings))

    def _searched(self, name: str, heading: str) -> str:
        if name == INSTALLATION:
            return f"{heading} {self.installation.state.text()}".casefold()
        return help_sources.unmarked(self._text(name)).casefold()

    def _on_find(self) -> None:
        self._list()
        if self.topics.current_id() is None and self.topics.rows():
            self.topics.select(self.topics.rows()[0].id)
        else:
            self._look_for(self.words.typed().strip())

    def _look_for(self, words: str) -> None:
        """Mark the first place of these words in the text, from its beginning."""
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        if words and self.text.find(words):
            self._lift()

    def _next(self) -> None:
        words = self.words.typed().strip()
        if words and self.text.find(words):
            self._lift()
        else:
            self._look_for(words)

    def _lift(self) -> None:
        """Bring the marked place near the top, with what follows it in sight."""
        bar = self.text.verticalScrollBar()
        bar.setValue(bar.value() + self.text.cursorRect().top() - _LINES_ABOVE_PX)


def _files() -> dict[str, str]:
    try:
        folder = paths.resource("help")
    except FileNotFoundError:
        return {}
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}


def _heading(name: str, text: str) -> str:
    first = text.lstrip().splitlines()[0] if text.strip() else name
    return first.lstrip("# ").strip() or name


def key_sheet() -> str:
    """Every key by the place where it works, as markdown."""
    lines = [f"# {say('Keys')}", ""]
    for context, words in CONTEXTS.items():
        mine = [key for key in KEYS if key.context == context]
        if mine:
            lines.append(f"## {say(words).capitalize()}")
            lines.append("")
            names = {key.sequence.replace("Return", "Enter"): key.words for key in mine}
            lines.extend(f"* **{name}**  {say(does)}" for name, does in names.items())
            lines.append("")
    return spoken_all(lines, "\n")
