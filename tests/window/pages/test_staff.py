"""The people of the site."""

from __future__ import annotations

from il2desk.desk import staff


def test_a_person_is_added_by_keyboard(bare_office, typing) -> None:
    bare_office.open("staff")
    typing("N. Weber{Enter}3{Enter}4444{Enter}4444{Ctrl+Enter}")
    assert [person.name for person in staff(bare_office.desk)][-1] == "N. Weber"
    assert bare_office.page().table.rows()[-1].cells == ("N. Weber", "nurse")
    assert [entry.typed() for entry in bare_office.page().form.entries()] == [""] * 4


def test_a_name_that_is_there_is_refused(bare_office, typing, unchanged) -> None:
    bare_office.open("staff")
    typing("k. brandt{Enter}3{Enter}4444{Enter}4444{Ctrl+Enter}")
    assert "is there already" in bare_office.page().form.name.error_text()
    assert unchanged()


def test_a_short_pin_is_refused(bare_office, typing, unchanged) -> None:
    bare_office.open("staff")
    typing("N. Weber{Enter}3{Enter}44{Enter}44{Ctrl+Enter}")
    assert "at least 4" in bare_office.page().form.pin.error_text()
    assert unchanged()
