"""Cycle sheets of fictional patients, in the cases that change how a sheet looks."""

from __future__ import annotations

from dataclasses import replace

from fictional import cycles

from il2desk.sheets import SheetModel, compose_cycle_sheet


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    full = made.make_full()
    chinese = replace(full.patient, family_name="歐陽", given_name="大文", title="")
    facts = {
        "one dose": made.make_cycle(1),
        "15 doses": made.make_cycle(15),
        "15 doses amended and held": full,
        "long names and a five-line allergy": made.long_name(),
        "chinese name": replace(full, patient=chinese),
        "practice and not verified": made.not_verified(),
    }
    return {name: compose_cycle_sheet(one) for name, one in facts.items()}
