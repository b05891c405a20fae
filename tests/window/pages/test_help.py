"""Help, offline."""

from __future__ import annotations

from il2desk.window.keys import KEYS
from il2desk.window.pages.help import key_sheet


def test_every_key_is_on_the_key_sheet() -> None:
    sheet = key_sheet()
    assert [key for key in KEYS if key.words not in sheet] == []


def test_f1_opens_help_and_esc_returns(bare_office, typing) -> None:
    bare_office.open("protocols")
    bare_office.window.help_asked.emit()
    assert bare_office.page().title == "Help"
    assert "Protocol" in bare_office.page().text.toPlainText()
    typing("{Esc}")
    assert bare_office.page().title == "Protocols"
