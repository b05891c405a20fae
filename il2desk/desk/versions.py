"""What this installation is made of: versions of the parts that a result rests on, and hashes of its files."""

from __future__ import annotations

import hashlib
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from il2desk import __version__, paths
from il2desk.records import database_version

_PARTS = (
    ("Qt for Python", "PySide6-Essentials"),
    ("Drawing of sheets", "reportlab"),
    ("Preview of sheets", "pypdfium2"),
    ("Codes", "zxing-cpp"),
    ("Scanned codes of vials", "biip"),
    ("Journal file", "sqlite-utils"),
    ("Encryption of the journal", "sqlcipher3"),
    ("Hashes of PINs", "argon2-cffi"),
    ("Reader of protocol files", "tomli"),
    ("Time zones", "tzdata"),
)


def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of the program and of every part that it is built on."""
    return (
        ("IL2Desk", __version__),
        ("Python", sys.version.split()[0]),
        ("Operating system", platform.platform()),
        ("SQLite", database_version()),
        *((name, _version(package)) for name, package in _PARTS),
    )


def _version(package: str) -> str:
    """The version of a package with its name, or that none is recorded here."""
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package}: no version recorded in this installation"


def file_hashes() -> tuple[tuple[str, str], ...]:
    """Every file that came with the program by its path, with its SHA-256, in order of the paths."""
    root = paths.resource_dir()
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return tuple((path.relative_to(root).as_posix(), _hash(path)) for path in files)


def _hash(path: Path) -> str:
    """The SHA-256 of a file, or that it cannot be read: the record is made all the same."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "cannot be read"
