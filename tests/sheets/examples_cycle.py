"""Cycle sheets of fictional patients, in the cases that change how a sheet looks."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from il2desk.sheets import SheetModel, compose_cycle_sheet


def _cycles() -> ModuleType:
    """The facts of the sheet tests' own cycles."""
    spec = importlib.util.spec_from_file_location("cycles", Path(__file__).with_name("conftest.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    cycles = _cycles()
    full = cycles.make_full()
    chinese = replace(full.patient, family_name="歐陽", given_name="大文", title="")
    facts = {
        "one dose": cycles.make_cycle(1),
        "15 doses": cycles.make_cycle(15),
        "15 doses amended and held": full,
        "long names and a five-line allergy": cycles._long_name(),
        "chinese name": replace(full, patient=chinese),
        "practice and not verified": replace(
            full, marks=cycles.Marks(practice=True, not_verified=True, unsigned="dose 2")
        ),
    }
    return {name: compose_cycle_sheet(one) for name, one in facts.items()}
