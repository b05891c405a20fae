"""Real keys and a real wheel, by xdotool under Xvfb: what synthetic events cannot show.

Run by `python3 packaging/start.py tasks --real` and by `prove`; skipped where xdotool, Xvfb or
what Qt needs for a screen is not installed. The default run needs none of them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
XDOTOOL = shutil.which("xdotool") or ""
pytestmark = [pytest.mark.prove, pytest.mark.timeout(300)]
if shutil.which("Xvfb") is None or not XDOTOOL:
    pytest.skip("Xvfb and xdotool are not installed", allow_module_level=True)


class Screen:
    """The program on a screen of its own, and a hand at its keyboard and mouse."""

    def __init__(self, journal: Path, root: Path, display: str) -> None:
        self.display = display
        self.state: dict[str, Any] = {}
        environment = {
            **os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(root),
        }  # fmt: skip
        self.program = subprocess.Popen(
            [sys.executable, str(HERE / "real_window.py"), str(journal)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.program.stdout is not None
        for line in self.program.stdout:
            if line.startswith("{"):
                self.state = json.loads(line)

    def do(self, *words: str) -> str:
        """One call of xdotool."""
        return subprocess.run(
            [XDOTOOL, *words], env={**os.environ, "DISPLAY": self.display}, text=True,
            capture_output=True, check=False,
        ).stdout  # fmt: skip

    def type(self, text: str) -> None:
        """Type as a hand does."""
        self.do("type", "--delay", "15", text)

    def until(self, what: Any, words: str) -> None:
        """Wait at most 60 s until the state is so."""
        end = time.monotonic() + 60
        while not (self.state and what(self.state)):
            assert time.monotonic() < end, (words, {**self.state, "places": ()})
            assert self.program.poll() is None, "the program ended"
            time.sleep(0.05)

    def settle(self) -> dict[str, Any]:
        """The state once nothing has changed for a moment."""
        time.sleep(0.4)
        return self.state


@pytest.fixture
def screen(wards: dict[str, Path], tmp_path: Path, root: Path) -> Iterator[Screen]:
    """Signed in at Today."""
    journal = Path(shutil.copy(wards["day"], tmp_path / "journal.sqlite"))
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x720x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as told:
            shown = Screen(journal, root, f":{told.readline().strip()}")
        try:
            shown.until(lambda s: s["page"] == "locked" and s["count"], "the sign-in page")
            found = shown.do("search", "--name", "IL2Desk").split()
            shown.do("windowfocus", "--sync", found[0])
            shown.until(lambda s: s["focus"], "the keyboard")
            shown.type("K. Brandt")
            shown.do("key", "Return")
            shown.type("1111")
            shown.do("key", "Return")
            shown.until(lambda s: s["page"] == "Today", "Today")
            yield shown
        finally:
            shown.program.kill()
            shown.program.wait()
            shown.reader.join()
            if shown.program.stdout is not None:
                shown.program.stdout.close()
            server.terminate()


def open_li(screen: Screen, step: int) -> None:
    """From Find to her due dose, at a step."""
    screen.do("key", "F3")
    screen.until(lambda s: s["page"] != "Today", "Find")
    screen.type("npc-015")
    screen.do("key", "Return")
    screen.until(lambda s: s["page"].startswith("Course 1"), "her board")
    screen.do("key", "Home", "Return")
    screen.until(lambda s: s["page"].startswith("Dose 3 of 15"), "her dose")
    screen.do("key", f"alt+{step}")
    fields = {3: 40, 5: 1}[step]  # the check has two lines a row
    screen.until(lambda s: len(s["values"]) >= fields, "the step")
    screen.settle()


@pytest.mark.parametrize("step", [3, 5])
def test_a_real_wheel_changes_no_value(screen: Screen, step: int) -> None:
    open_li(screen, step)
    if step == 5:
        screen.do("key", "g")
    before = screen.settle()
    for x, y in before["places"]:
        screen.do("mousemove", str(x), str(y), "click", "5", "click", "4")
    after = screen.settle()
    assert after["values"] == before["values"]
    assert after["count"] == before["count"]
    if step == 3:
        screen.do("mousemove", "700", "450", "click", "5")
        assert screen.settle()["scrolled"] > 0  # the page scrolls


def test_tab_always_has_the_keyboard_somewhere(screen: Screen) -> None:
    open_li(screen, 5)
    screen.do("key", "g")
    seen = set()
    for _ in range(20):
        screen.do("key", "Tab")
        seen.add(screen.settle()["focus"])
    assert len(seen) > 8
    assert "" not in seen


def test_a_scanner_with_enter_records_nothing(screen: Screen) -> None:
    open_li(screen, 5)
    screen.do("key", "g")
    before = screen.settle()["count"]
    for _ in range(6):
        screen.do("type", "--delay", "1", "010036319471222317260630101AB1234C7")
        screen.do("key", "Return")
    after = screen.settle()
    assert after["count"] == before
    assert after["panel"] == "NoneType"


def test_a_chord_held_for_three_seconds_opens_one_review(screen: Screen) -> None:
    open_li(screen, 5)
    screen.type("g1401")
    screen.do("key", "Tab")
    screen.type("y")
    before = screen.settle()["count"]
    screen.do(
        "keydown", "ctrl", "keydown", "Return", "sleep", "3", "keyup", "Return", "keyup", "ctrl"
    )
    after = screen.settle()
    assert after["panel"] == "SignPanel"
    assert after["count"] == before


def test_a_time_to_come_is_asked_about(screen: Screen) -> None:
    open_li(screen, 5)
    screen.type("g1430")
    screen.do("key", "Tab")
    after = screen.settle()
    assert "You typed 14:30; it is now 14:02." in after["question"]
    print(f"longest block of the loop: {after['worst'][0]:.0f} ms at {after['worst'][1]}")
