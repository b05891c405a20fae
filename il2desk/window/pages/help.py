"""Help, offline: topics at the left, text at the right; and the sheet of keys."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QTextBrowser

from il2desk import paths
from il2desk.window.keys import CONTEXTS, KEYS
from il2desk.window.office import Office
from il2desk.window.pages.page import ActionState, Page
from il2desk.window.tables import Column, RecordTable, Row
from il2desk.words import say

KEY_SHEET = "keys"
_TOPICS_WIDTH = 260


class HelpPage(Page):
    """The texts under resources/help; a topic without a text shows the keys instead."""

    help_topic = "start"

    def __init__(self, office: Office, topic: str = "start") -> None:
        super().__init__(office)
        self._texts = {KEY_SHEET: key_sheet(), **_files()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.topics = RecordTable((Column(say("Topic")),), name=say("Topics"), parent=self)
        self.topics.setFixedWidth(_TOPICS_WIDTH)
        row.addWidget(self.topics)
        self.text = QTextBrowser(self)
        self.text.setOpenLinks(False)
        row.addWidget(self.text, 1)
        rows = [Row(name, (_heading(name, text),)) for name, text in self._texts.items()]
        self.topics.set_rows(rows, len(rows))
        self.topics.selected.connect(self.show_topic)
        self.topics.select(topic if topic in self._texts else KEY_SHEET)
        self.show_topic(self.topics.current_id() or KEY_SHEET)

    @property
    def title(self) -> str:
        """The title over the page."""
        return say("Help")

    def action(self) -> ActionState:
        """Only the way back."""
        return ActionState(say("Everything here is read offline."))

    def show_topic(self, topic: str) -> None:
        """Show one text."""
        self.text.setMarkdown(self._texts[topic])

    def opened(self) -> None:
        """Begin with the topics."""
        self.topics.view.setFocus()


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
    return "\n".join(lines)
