"""Run-outs of a fictional shelf: too few vials, enough, unknown needs, nothing planned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from examples_course import DAY, HOUR, axis
from examples_stock_log import AB, CD, FINGERPRINT, PRODUCT, PROTOCOL, make_issue

from il2desk.sheets import (
    RUN_OUT_FORM,
    Marks,
    RunOut,
    RunOutFacts,
    RunOutLot,
    RunOutNeed,
    SheetModel,
    SignatureRow,
    compose_run_out,
)

COUNTED = (
    "Counted: doses of planned cycles without a record and without a release, at the dosing weight "
    "in force; vials of all places together, first expiry first."
)


def short() -> RunOut:
    """Nine vials for fifteen doses, one lot ending within the picture."""
    needs = tuple(
        RunOutNeed(
            14 * HOUR + at * 8 * HOUR, "NPC-014", f"course 1, cycle 2, dose {at + 1}",
            "10-Mar-2026 14:00", 1, f"{max(8 - at, 0)} vials" if at < 9 else "1 vial missing",
            short=at >= 9,
        )
        for at in range(15)
    )  # fmt: skip
    level = [(0, Decimal(9))]
    level += [(one.minutes, Decimal(8 - at)) for at, one in enumerate(needs[:9])]
    return RunOut(
        protocol=PROTOCOL, product=PRODUCT, axis=axis(8), level=tuple(level),
        runs_out=needs[9].minutes,
        verdict="Runs out on Fri\u00a013-Mar-2026: the vials do not suffice for a dose of that day.",
        lots=(
            RunOutLot(AB, "control", 4, "12-Mar-2026", "", 3 * DAY, 0),
            RunOutLot(CD, "control", 5, "31-Jan-2027", "", None, 0),
            RunOutLot("PR 9012 EF", "ward 5B", 0, "", "no expiry is recorded", None, 0),
        ),
        needs=needs, notes=(COUNTED,),
    )  # fmt: skip


def unknown() -> RunOut:
    """No planned dose has a known need: the level stays, and the day is not said."""
    needs = tuple(
        replace(one, vials=0, left="", short=False, why="No dosing weight yet. W enters one.")
        for one in short().needs
    )
    return replace(
        short(), needs=needs, level=((0, Decimal(9)), (3 * DAY, Decimal(5))), runs_out=None,
        verdict="When the stock runs out is not known: no planned dose has a known need.",
        notes=("15 planned doses have no known need: nothing is taken for them here.", COUNTED),
    )  # fmt: skip


def facts(one: RunOut, marks: Marks | None = None) -> RunOutFacts:
    """The sheet of a run-out."""
    return RunOutFacts(
        issue=make_issue("RUN", "RUN-1C2D3E-9F31C2A0"), marks=marks or Marks(),
        as_of="10-Mar-2026 08:40", run_out=one, fingerprint=FINGERPRINT,
        signatures=(SignatureRow("I compared the vials here with the shelf", "pharmacist"),),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Composed run-outs by name."""
    assert RUN_OUT_FORM[0] == "RUN"
    nothing = replace(
        short(), needs=(), level=((0, Decimal(9)),), runs_out=None, lots=short().lots[:2],
        verdict="No dose is planned that needs this product.",
    )  # fmt: skip
    made = {
        "too few": facts(short()),
        "needs not known": facts(unknown(), Marks(practice=True)),
        "nothing planned": facts(nothing),
    }
    return {name: compose_run_out(one) for name, one in made.items()}
