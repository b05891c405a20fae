"""The words of an option that do not fit on one line take two; none is cut."""

from __future__ import annotations

from il2desk.window.fields import Choice, NumberedChoice


def test_an_option_grows_where_its_words_do_not_fit(shown, qtbot) -> None:
    entry = NumberedChoice(
        "Reason", (Choice("hold", "HOLD at the check before the dose"), Choice("b", "No"))
    )
    entry.set_label_width(80)
    shown(entry)
    entry.resize(700, 200)
    qtbot.wait(20)
    long, short = entry._options
    one_line = short.height()
    assert long.height() == one_line
    entry.resize(80 + 12 + 220, 300)
    qtbot.waitUntil(lambda: long.height() > one_line)
    assert long.height() >= long.heightForWidth(long.width())
    assert long.width() >= long.minimumSizeHint().width()
    assert short.height() == one_line
