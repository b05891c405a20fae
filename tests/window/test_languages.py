"""The window in two languages that nobody speaks: every layout holds, and nothing stays English."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module, util
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget

from il2desk import words
from il2desk.desk import DosePlace, SetClock, chart_of, open_practice, staff, subjects
from il2desk.dosing import FINDING_CODES, in_words
from il2desk.dosing.writing import MONTHS, WEEKDAYS
from il2desk.window import fonts
from il2desk.window.office import Office
from il2desk.window.routes import ROUTES
from il2desk.window.shell import MainWindow

TESTS = Path(__file__).resolve().parent.parent
LANGUAGES = ("en-XL", "zh-XX")
SIZES = ((1280, 720), (1024, 560))
_LATER = ("companion", "second", "site-copy", "first-run")
"""Routes that need another journal; their stations are looked at in both languages by `screens`."""


def load(name: str, path: Path) -> ModuleType:
    """A file or package of the tests of another room, which shares no package with this one."""
    folders = [str(path.parent)] if path.name == "__init__.py" else None
    spec = util.spec_from_file_location(name, path, submodule_search_locations=folders)
    made = sys.modules[name] = util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


tree = load("window_tree", TESTS / "window" / "tree" / "__init__.py")
other_language = load("other_language_facts", TESTS / "desk" / "other_language.py")


@pytest.fixture(scope="module")
def trial_languages(root) -> Iterator[dict[str, object]]:
    """The two languages, made of the messages as the code has them now."""
    sys.path.insert(0, str(root / "packaging"))
    names = ("catalogue", "messages", "pseudo")
    catalogue, messages, pseudo = map(import_module, names)
    found = messages.messages(root / "il2desk")
    made: dict[str, object] = {
        code: words._Catalogue(BytesIO(catalogue.compiled({one: way(one) for one in found})))
        for code, way in pseudo.LANGUAGES.items()
    }
    yield {**made, "messages": set(found)}
    sys.path.remove(str(root / "packaging"))
    for name in names:
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> Iterator[object]:
    """The practice trial at two in the afternoon, its pharmacist signed in."""
    clock = SetClock(datetime(2026, 3, 12, 13, 0, tzinfo=UTC))
    desk = open_practice(tmp_path_factory.mktemp("trial") / "journal.sqlite", clock=clock)
    desk.person = staff(desk)[0]
    yield desk
    desk.close()


@pytest.fixture
def speak(trial_languages, monkeypatch, qapp) -> Callable[[str], None]:
    def choose(code: str) -> None:
        monkeypatch.setattr(words, "_chosen", (code, trial_languages[code]))
        fonts.dress_language(qapp)

    return choose


def screens(desk) -> Iterator[tuple[str, dict[str, object]]]:
    """Every screen of the practice trial; of the boards and doses those that hold most."""
    finished, stopped, held, due = subjects(desk)
    of_all = set(ROUTES) - {
        "dose",
        "board",
        "course",
        "records",
        "sheets",
        "order",
        "plan",
        *_LATER,
    }
    for route in sorted(of_all):
        yield route, {}
    for subject in (stopped, due):
        yield "board", {"subject": subject.id}
    for route in ("records", "course"):
        yield route, {"subject": finished.id}
    for subject, number, steps in ((held, 5, (3, 4)), (due, 4, (1, 2, 3, 5))):
        place = DosePlace(subject.id, chart_of(desk, subject.id).cycle.id, number)
        for step in steps:
            yield "dose", {"place": place, "step": step}
    for route in ("sheets", "order", "plan"):
        yield route, {"subject": due.id}


def settle(window: MainWindow) -> None:
    """Let layouts come to rest; some grow only once they know how wide they are."""
    before: list[object] = []
    for _ in range(12):
        QTest.qWait(5)
        QApplication.processEvents()
        places = [one.geometry() for one in window.findChildren(QWidget) if one.isVisible()]
        if places == before:
            return
        before = places


def faults(window: MainWindow) -> list[str]:
    """What is cut or stands outside. A table may be wider than its place here: it scrolls by itself."""
    found = tree.CHECKS["clipped"](tree.look_at(window))
    return [one for one in found if not one.startswith("the table ")]


def shown_texts(window: MainWindow) -> Iterator[str]:
    """What eye and screen reader are told: labels, buttons, tables and accessible names."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        yield from (widget.accessibleName(), widget.accessibleDescription())
        if isinstance(widget, QTableView):
            model = widget.model()
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(model.rowCount()):
                    yield str(model.data(model.index(row, column)) or "")


QUOTING = ("help", "protocols")  # they quote files: help in English, fields of data by their names
UNITS = (
    "million international units", "international units", "percent", "hours", "hour", "minutes", "min",
    "mL", "kg", "mg", "mcg", "cm", "m2", "mm", "per", "days", "day", "vials", "mmol", "mm3", "mmHg",
    "dL", "micromol", "million",
)  # fmt: skip
TYPED = ("patient refused",)  # a reason that was typed, though a page offers the same words
KEYS = (
    "Ctrl",
    "Esc",
    "Alt",
    "Enter",
    "Shift",
    "Space",
    "F1",
    "F2",
    "F3",
    "F4",
    "F7",
    "F8",
    "F9",
    "F12",
)
# Names of people, places, papers, brands and zones; marks of findings are safety words like STOP.
NAMES = (
    "IL2Desk", "PRACTICE", "Proleukin", "CET", "Europe/Berlin", "Letter", "CAUTION", "NOTE",
    "journal.sqlite", "CTCAE", "English",
)  # fmt: skip


@pytest.fixture
def facts(practice, trial_languages, root):
    """The data files, what the journal holds as it was typed, and words that stay English."""
    texts = {*other_language.shipped(root / "resources"), *(one.name for one in staff(practice))}
    for entry in practice.journal.entries():
        texts |= {*other_language.texts_in(entry.body), entry.reason or ""}
    # A stored verdict is English; the page shows its sentences without the verdict before them.
    texts |= {part for one in texts for part in re.split(r"(?<=\.) |: ", one)}
    texts |= {code.name for code in FINDING_CODES.values()} | {str(practice.journal.path)}
    # A check that was recorded keeps values and limits in English, as a verdict does.
    stored = {in_words(word) for code in FINDING_CODES.values() for word in code.words}
    plain = (
        *UNITS,
        *stored,
        "yes",
        "no",
        *TYPED,
        *WEEKDAYS,
        *MONTHS,
        *KEYS,
        *NAMES,
        *words.SAFETY_WORDS,
    )
    return other_language.Facts(texts, trial_languages["messages"], plain)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_screen_holds_in_another_language(code, speak, practice, shown, facts):
    speak(code)
    window = MainWindow()
    shown(window)
    office = Office(practice, window)
    wrong: dict[str, str] = {}
    for route, args in screens(practice):
        window.resize(*SIZES[0])
        office.open(route, **args)
        for size in SIZES:
            window.resize(*size)
            settle(window)
            for cut in faults(window):
                wrong.setdefault(cut, f"{route} {args.get('step', '')} {size[0]}")
        for text in shown_texts(window) if route not in QUOTING else ():
            left = facts.left_in(text.replace("\u2060", "").replace("\u00ad", ""))
            if left:
                wrong.setdefault(f"{left} in {text!r}", route)
    office.end()
    assert not wrong, "\n".join(f"{where}: {what}" for what, where in wrong.items())
