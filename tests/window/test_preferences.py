"""Preferences: kept as text, parsed when read, whatever is unknown ignored and named; nothing else is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from il2desk import paths
from il2desk.window.application import build
from il2desk.window.preferences import Preferences


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder not made yet" / "window.ini"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    for made in (Preferences(), Preferences(file)):
        told = (made.theme, made.text_percent, made.lock_minutes, made.language, made.geometry())
        assert told == ("system", 100, 5, "en", b"")
        assert made.ignored == ()
    assert not file.exists()


def test_what_is_chosen_is_there_at_the_next_start(file: Path) -> None:
    mine = Preferences(file)
    heard: list[str] = []
    mine.changed.connect(heard.append)
    for key, value in (
        ("theme", "contrast"),
        ("text_size", "130"),
        ("lock_minutes", "12"),
        ("language", "de"),
    ):
        assert mine.choose(key, value) == ""
    mine.choose("theme", "contrast")  # no change
    mine.keep_geometry(b"\x01\xd9\xd0\xcb")
    again = Preferences(file)
    assert (again.theme, again.text_percent, again.lock_minutes, again.language) == (
        "contrast",
        130,
        12,
        "de",
    )
    assert again.geometry() == b"\x01\xd9\xd0\xcb"
    assert heard == ["theme", "text_size", "lock_minutes", "language"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("theme", "Dark"), ("theme", ""), ("theme", "light, dark"), ("text_size", "100.0"), ("text_size", "400"),
        ("lock_minutes", "0"), ("lock_minutes", "1"), ("lock_minutes", "16"), ("lock_minutes", "-5"),
        ("lock_minutes", "true"), ("language", "../de"), ("language", "english"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_ignored_and_named(file: Path, key: str, text: str) -> None:
    file.parent.mkdir()
    file.write_text(f"[General]\n{key}={text}\n", encoding="utf-8")
    mine = Preferences(file)
    assert (mine.theme, mine.text_percent, mine.lock_minutes, mine.language) == (
        "system",
        100,
        5,
        "en",
    )
    assert [one[0] for one in mine.ignored] == [key]
    mine.choose(
        key, {"theme": "dark", "text_size": "115", "lock_minutes": "2", "language": "es"}[key]
    )
    assert mine.ignored == ()


@pytest.mark.parametrize("geometry", ["zz", "0", "01d9" * 600, "@ByteArray(x)"])
def test_a_place_that_is_none_is_no_place(file: Path, geometry: str) -> None:
    file.parent.mkdir()
    file.write_text(f"[General]\ngeometry={geometry}\n", encoding="utf-8")
    assert Preferences(file).geometry() == b""


@pytest.mark.parametrize(
    ("key", "value"), [("theme", "blue"), ("lock_minutes", "1"), ("patient", "NPC-001")]
)
def test_nothing_else_can_be_kept(file: Path, key: str, value: str) -> None:
    mine = Preferences(file)
    with pytest.raises(ValueError, match=key):
        mine.choose(key, value)
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_said_and_the_choice_counts_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the place of the folder", encoding="utf-8")
    mine = Preferences(tmp_path / "file" / "window.ini")
    assert "could not be written" in mine.choose("theme", "dark")
    assert mine.theme == "dark"


def test_only_the_started_program_touches_the_persons_file(
    root: Path, qtbot, private_home: Path
) -> None:
    window, session, hook = build(None, practice=True)
    qtbot.addWidget(window)
    session.preferences.choose("theme", "dark")
    hook.uninstall()
    assert not paths.preferences_file().exists()
    assert paths.preferences_file().is_relative_to(private_home)
    # QSettings stands in one file: nothing clinical and nothing of the site can reach it elsewhere.
    using = [
        source.name
        for source in (root / "il2desk").rglob("*.py")
        if re.search(r"\bQSettings\b", source.read_text(encoding="utf-8"))
    ]
    assert using == ["preferences.py"]
