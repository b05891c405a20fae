"""The dose that every fictional cycle, worksheet, label and check is of: derived by the program.

A site's copy of npc-bolus with its gaps filled by invented values, and a patient of 68.4 kg, whose
dose differs from what can be drawn up. Words and numbers are the program's own.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from il2desk.desk.check_before_dose import check_body
from il2desk.desk.sheet_facts import (
    criterion_rows,
    medicine_facts,
    protocol_facts,
    recipe_rows,
    short_print,
    working_rows,
)
from il2desk.desk.specimen_sheet import schedule_facts
from il2desk.dosing import (
    AssessmentRequest,
    Dose,
    DoseRequest,
    Refusal,
    Regimen,
    Schedule,
    assess,
    derive_dose,
    plan_doses,
    read_findings,
    regimen_of,
)
from il2desk.paths import resource_dir
from il2desk.protocols import Bundle, load_catalogue
from il2desk.sheets import (
    CriterionRow,
    MedicineFacts,
    ProtocolFacts,
    RecipeRow,
    ScheduleFacts,
    WorkingRow,
)

KG = Decimal("68.4")
ZONE = "Europe/Berlin"
START = datetime.fromisoformat("2026-03-10T14:00")
_SWAPPED = (
    ('evidence = "practice"', 'evidence = "site"'), ("Practice trial", "Site manual"),
    ("PRACTICE: ", "SITE: "), ("fictional, no place", "chapter 2"),
    ("npc-bolus-practice", "npc-bolus-site"), ("npc-2001-practice", "npc-2001-site"),
    ('status = "practice"', 'status = "site"'), ('"proleukin-us"', '"proleukin-eu"'),
)  # fmt: skip


@cache
def site_bundle() -> Bundle:
    """The practice protocol as a site would have it, with the product whose limits are all stated."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("npc-2001", "npc-bolus"):
            file = resource_dir() / "practice" / f"{name}-practice.toml"
            text = file.read_text(encoding="utf-8")
            for old, new in _SWAPPED:
                text = text.replace(old, new)
            copy = Path(folder) / f"{name}-site.toml"
            copy.write_text(text, encoding="utf-8", newline="\n")
        bundle = load_catalogue(resource_dir()).bundle_for(Path(folder) / "npc-bolus-site.toml")
    assert isinstance(bundle, Bundle), bundle
    return bundle


@cache
def regimen() -> Regimen:
    found = regimen_of(site_bundle().protocol, None)
    assert isinstance(found, Regimen)
    return found


@cache
def dose() -> Dose:
    """The dose of 68.4 kg."""
    bundle = site_bundle()
    made = derive_dose(DoseRequest(bundle.protocol, bundle.product, None, weight_kg=KG))
    assert isinstance(made, Dose), made
    return made


def medicine(count: int) -> MedicineFacts:
    """The drug line, of a cycle of so many doses."""
    made = medicine_facts(site_bundle(), regimen(), dose())
    return made if count == 15 else replace(made, limit=f"at most {count} doses a cycle")


def protocol() -> ProtocolFacts:
    return protocol_facts(site_bundle().protocol, None, "active when planned")


def protocol_line() -> str:
    """As the sheets of one dose name it."""
    found = site_bundle().protocol
    return f"{found.title}, version {found.version}"


def fingerprint() -> str:
    return short_print(site_bundle().protocol.fingerprint)


def working() -> tuple[WorkingRow, ...]:
    return working_rows(dose(), regimen())


def recipe(*, released: bool = False) -> tuple[RecipeRow, ...]:
    """The recipe; once released, without the volumes, which the record of the release says."""
    told = Refusal("released", ("The record says it.",)) if released else dose()
    return recipe_rows(site_bundle(), regimen(), told)


def rule_set_line() -> str:
    rules = site_bundle().rule_sets[None]
    return f"{rules.title}, version {rules.version}"


def criteria() -> tuple[CriterionRow, ...]:
    return criterion_rows(site_bundle().rule_sets[None], KG)


def schedule(count: int, cycle: str) -> ScheduleFacts:
    """Course and cycle with the sentences about time, for so many doses."""
    plan = plan_doses(site_bundle().protocol, None, START, ZoneInfo(ZONE), "elapsed")
    assert isinstance(plan, Schedule), plan
    made = schedule_facts(site_bundle(), plan, ZONE, ("1", cycle))
    return made if count == 15 else replace(made, doses=f"{count} planned")


def planned(number: int) -> datetime:
    """When a dose is planned, every eight hours, by the clock on the wall."""
    return START + timedelta(hours=8 * (number - 1))


def judged(found: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A check as the journal holds it: the typed findings, measured at a moment, as judged."""
    bundle = site_bundle()
    times = dict.fromkeys(found, at)
    read = read_findings(found, times)
    assert isinstance(read, tuple), read
    answer = assess(
        AssessmentRequest(
            bundle.rule_sets[None], read, weight_kg=KG, at=at,
            max_age_h=dict(bundle.protocol.site.max_age_h),
        )
    )  # fmt: skip
    return check_body(answer, found, times)
