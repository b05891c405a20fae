"""What the system must bring is named in one line, and only what is missing."""

from __future__ import annotations

import sys

import pytest


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs libraries")
def test_only_what_does_not_load_is_asked_for(scripts):
    system = scripts["system"]
    assert system.missing_packages(system.DRAWING, lambda _: True) == ()
    assert system.missing_packages(system.DRAWING, lambda name: name != "libEGL.so.1") == (
        "libegl1",
    )
    assert system.missing_packages(system.SCREEN, lambda _: False) == (
        "libxcb-cursor0",
        "libxkbcommon-x11-0",
        "libxcb-icccm4",
        "libxcb-keysyms1",
        "libxcb-shape0",
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a loader of Linux")
def test_a_library_that_is_not_there_does_not_load(scripts):
    assert scripts["system"].can_load("libc.so.6")
    assert not scripts["system"].can_load("libnothing-of-the-kind.so.1")


def test_the_apt_line_is_one_line(scripts):
    line = scripts["system"].apt_line(["python3-venv", "libgl1"])
    assert "\n" not in line
    assert line == (
        "sudo sh -c 'apt-get update && "
        "apt-get install -y --no-install-recommends python3-venv libgl1'"
    )


def test_a_person_who_may_not_install_gets_the_line(scripts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scripts["system"], "may_install", lambda: False)
    with pytest.raises(scripts["environment"].SetupError, match=r"Run this one line.*libgl1'$"):
        scripts["front_door"]._bring(["libgl1"])


@pytest.mark.parametrize(
    ("variables", "platform", "shown"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_found_where_there_is_one(scripts, variables, platform: str, shown: bool):
    assert scripts["system"].has_display(variables, platform) is shown


def test_the_command_line_asks_for_no_drawing_library(scripts):
    needed = scripts["front_door"].needed_libraries
    assert needed("command line") == {}
    assert set(needed("test")) < set(needed("window"))
