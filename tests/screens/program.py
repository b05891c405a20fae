"""The real program on real journals, under a clock that stands, dressed as a variant says.

Chance is seeded and the folder has one name, so that two runs give the same pictures.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from il2desk import words
from il2desk.desk import SetClock
from il2desk.window import theme, wheel
from il2desk.window.session import Session
from il2desk.window.shell import MainWindow

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)
_SEED = 1992
# Invented for these pictures: day 1 is 12-Mar-2026.
_COMPANION = """
[regimen.companions.interferon-alfa-2b]
drug = "interferon alfa-2b"
route = { value = "subcutaneous", source = "practice" }
dose = { value = "3000000", unit = "international units", source = "practice" }
days = { value = [1, 8], source = "practice" }
product = { value = "interferon-alfa-2b", source = "practice" }
presentation = { value = "solution-25", source = "practice" }

[regimen.dilution]"""


def load(name: str, file: Path) -> ModuleType:
    """Return a module of the tests, which are no package."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def package(name: str, folder: Path) -> ModuleType:
    """Return a package of the tests under a name of its own."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            name, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


line = load("screens_line_of_work", ROOT / "tests" / "journeys" / "conftest.py")
"""The journals of the journeys: their stages are made by the program's own acts."""


class Program:
    """Opens windows on journals in `home`, one after another; `clock` stands where it is put."""

    def __init__(self, home: Path, family: str = "", given: str = "") -> None:
        self.home, self.family, self.given = home, family, given
        self.clock = SetClock(START)
        self.hands: Any = None
        self._made = 0
        self._use_everywhere()
        self.stages = self._stages()

    def _use_everywhere(self) -> None:
        """The computer's clock, its chance and the names of patients, for every room."""
        for room in ("desk", "practice"):
            sys.modules[f"il2desk.desk.{room}"].SystemClock = lambda: self.clock  # type: ignore[attr-defined]
        chance = random.Random(_SEED)  # noqa: S311 - pictures, no secrets
        uuid.uuid4 = lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
        practice = sys.modules["il2desk.desk.practice"]
        form, register = practice._form, line.register_subject
        practice._form = lambda *facts: self._named(form(*facts))  # type: ignore[attr-defined]
        line.register_subject = lambda desk, filled, token: register(
            desk, self._named(filled), token
        )

    def _named(self, form: Any) -> Any:
        if not self.family:
            return form
        return replace(form, family_name=self.family, given_name=self.given)

    def _stages(self) -> dict[str, Path]:
        """Journals at the stages of the line of work; one with a companion drug beside aldesleukin."""
        folder = self.home / "stages"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        copy = line.write_site_copy(ROOT, folder / "site")
        found = self._walked(folder, "journal", copy, ("activated", "ward", "checked", "released"))
        copy = line.write_site_copy(ROOT, folder / "site with a companion")
        text = copy.read_text(encoding="utf-8")
        copy.write_text(text.replace("\n[regimen.dilution]", _COMPANION, 1), encoding="utf-8")
        found |= self._walked(folder, "companion", copy, ("", "companion"))
        return found

    def _walked(
        self, folder: Path, name: str, copy: Path, kept: tuple[str, ...]
    ) -> dict[str, Path]:
        """Go along the line of work and keep the journal under each of these names."""
        desk = line.open_desk(folder / f"{name}.sqlite", clock=self.clock)
        acts = (
            lambda: line.to_the_protocol(desk, copy),
            lambda: line.to_the_cycle(desk, self.clock),
            lambda: line.to_the_check(desk, self.clock),
            lambda: line.to_the_release(desk, self.clock),
        )
        found = {}
        for act, stage in zip(acts, kept, strict=False):
            act()
            if stage:
                found[stage] = folder / f"at-{stage}.sqlite"
                desk.journal.backup_to(found[stage])
        desk.close()
        return found

    def journal(self, stage: str) -> Path:
        """Return a copy of a journal at this stage, at the one place where every picture has it."""
        place = self.home / "Ward pharmacy"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return Path(shutil.copy(self.stages[stage], place / "journal.sqlite"))

    def site_copy(self) -> Path:
        """Return a site's copy of a protocol that no journal knows yet."""
        folder = self.home / "site copy"
        shutil.rmtree(folder, ignore_errors=True)
        return Path(line.write_site_copy(ROOT, folder))

    @contextmanager
    def opened(
        self, journal: Path | None = None, *, practice: bool = False, size: tuple[int, int]
    ) -> Iterator[Any]:
        """Open the window; gives hands at its keys, and closes it at the end."""
        for kept in ("data", "config", "state", "cache"):
            shutil.rmtree(self.home / kept, ignore_errors=True)
        window = MainWindow()
        session = Session(window, journal, practice=practice)
        session.start()
        window.resize(*size)
        window.show()
        window.activateWindow()
        self.hands = line.hands.Hands(session)
        try:
            self.hands.opened()
            yield self.hands
        finally:
            session.close()
            window.close()
            window.deleteLater()
            QTest.qWait(20)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def at_home(home: Path) -> None:
    """Keep away from this computer's journals, settings and time zone."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    os.environ["TZ"] = "Europe/Berlin"
    if hasattr(time, "tzset"):
        time.tzset()


def dress(app: QApplication, look: str, language: str) -> None:
    """Put on a theme, and speak a language."""
    if language != "en":
        try:
            words.choose(language)
        except ValueError:
            print(f"{language} is not shipped: these pictures are in English", file=sys.stderr)
    theme.apply(app, look)
    wheel.install(app).start()
    app.setCursorFlashTime(0)  # the bar in a field stands still, or no two pictures are alike


def settle(window: QWidget) -> None:
    """Let layouts, the focus ring and deferred deletions come to rest: two equal pictures, or a second."""
    before = None
    for _ in range(20):
        QTest.qWait(25)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        now = window.grab().toImage()
        if now == before:
            return
        before = now
