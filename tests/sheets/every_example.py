"""Every sheet in every case: collected from the files examples_*.py beside this one."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from il2desk.sheets import SheetModel, render

HERE = Path(__file__).parent
PAPERS = ("A4", "Letter")


@cache
def every_example() -> dict[tuple[str, str], SheetModel]:
    """Every model by sheet and case."""
    found: dict[tuple[str, str], SheetModel] = {}
    for file in sorted(HERE.glob("examples_*.py")):
        spec = importlib.util.spec_from_file_location(file.stem, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        sheet = file.stem.removeprefix("examples_")
        found.update({(sheet, case): model for case, model in module.examples().items()})
    return found


@cache
def pdf_of(sheet: str, case: str, paper: str) -> bytes:
    """The bytes of one example; drawn once in a run."""
    return render(every_example()[sheet, case], paper)
