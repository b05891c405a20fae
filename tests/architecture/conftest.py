"""The program's own files, parsed once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def trees(root: Path) -> dict[str, ast.Module]:
    """Every module of the program as a tree, by its path from the checkout's top."""
    files = sorted((root / "il2desk").rglob("*.py"))
    assert files
    return {
        path.relative_to(root).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in files
    }
