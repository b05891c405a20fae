"""What this installation is made of: the computer's name, and versions of the parts a result rests on."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from il2desk import __version__
from il2desk.dosing import tell
from il2desk.records import database_version

_PARTS = (
    (tell("Qt for Python"), tell("PySide6-Essentials")),
    (tell("Drawing of sheets"), "reportlab"),
    (tell("Preview of sheets"), "pypdfium2"),
    (tell("Codes"), "zxing-cpp"),
    (tell("Scanned codes of vials"), "biip"),
    (tell("Journal file"), "sqlite-utils"),
    (tell("Encryption of the journal"), "sqlcipher3"),
    (tell("Hashes of PINs"), "argon2-cffi"),
    (tell("Reader of protocol files"), "tomli"),
    (tell("Time zones"), "tzdata"),
)


def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of the program and of every part that it is built on."""
    return (
        ("IL2Desk", __version__),
        (tell("Python"), sys.version.split()[0]),
        (tell("Operating system"), platform.platform()),
        ("SQLite", database_version()),
        *((name, _version(package)) for name, package in _PARTS),
    )


def _version(package: str) -> str:
    """The version of a package with its name, or that none is recorded here."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return tell("{package}: no version recorded in this installation", package=package)


def computer_name() -> str:
    """The name that this computer gives itself; empty where it has none."""
    return platform.node().strip()
