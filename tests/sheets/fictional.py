"""The fictional patient and cycles of the sheet tests, for files that run outside them too."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType


@cache
def cycles() -> ModuleType:
    """The facts that conftest.py makes: `make_cycle`, `make_full`, `long_name`."""
    spec = importlib.util.spec_from_file_location("cycles", Path(__file__).with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
