"""What the machine must bring before the program's own packages help: probes and one apt line.

The library list is what Qt's offscreen and X11 platforms load on a Debian 12 that holds nothing
but Python; each name was found missing there first. Other systems bring these with any desktop.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping

# shared library -> the Debian package that brings it
DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
NO_DISPLAY = (
    "There is no display here, so the window cannot open; the command line works: "
    "python3 packaging/start.py dose npc-bolus --weight 70"
)


def can_load(library: str) -> bool:
    """Tell whether the dynamic loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Tell whether this Python can make an environment with pip in it (Debian splits that off)."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def missing_packages(
    libraries: Mapping[str, str], loads: Callable[[str], bool] = can_load
) -> tuple[str, ...]:
    """Return the Debian packages of those libraries that do not load; only Linux needs any."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(package for library, package in libraries.items() if not loads(library))


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Tell whether a window can be shown. A named Qt platform is taken at its word."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def apt_line(packages: Iterable[str]) -> str:
    """Return the one line that installs these packages on Debian and its children."""
    install = "apt-get install -y --no-install-recommends " + " ".join(packages)
    return f"sudo sh -c 'apt-get update && {install}'"


def may_install() -> bool:
    """Tell whether this is root on a system with apt-get."""
    return sys.platform.startswith("linux") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install_packages(packages: Iterable[str]) -> bool:
    """Install Debian packages as root and tell whether that went well.

    apt's own talk is kept back and goes to standard error only where it failed; standard output
    belongs to the command that follows.
    """
    apt = shutil.which("apt-get") or "apt-get"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [apt, *words],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout.decode(errors="replace"))
            return False
    return True
