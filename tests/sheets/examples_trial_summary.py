"""Trial summaries by name: one dose, two arms, no arms, a long list, nothing but patients, marked.

Each is a made-up trial that the desk's own counts add up; only its people and doses are written here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from made_up_trial import DESK, OUTCOMES, Enrolled, Planned, companion_letters, noon, patient

from il2desk.desk.trial_checks import criterion_counts, override_rows, verdict_counts
from il2desk.desk.trial_counts import (
    NO_ARM,
    arm_names,
    arms_of,
    exposure_rows,
    totals_of,
)
from il2desk.desk.trial_counts import OUTCOMES as WORDS
from il2desk.desk.trial_deviations import deviation_rows, discarded_rows
from il2desk.desk.trial_summary import unsigned_words, version_words
from il2desk.desk.trial_toxicity import toxicity_tables
from il2desk.dosing import write_dose
from il2desk.paths import resource_dir
from il2desk.protocols import load_catalogue
from il2desk.sheets import (
    CompanionCount,
    Marks,
    SheetIssue,
    SheetModel,
    TrialFacts,
    compose_trial_summary,
)

ISSUE = SheetIssue(
    "TRS-3F0C11-9F31C2A0", "TRS", "1", "0.1.0", "214", "9f31c2a07be4", "30-Mar-2026 14:02",
    "20260330120200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
CHI = "Chi KH et al., Oncology 2001;60:110-115, abstract, page 110: treatment (paper)"
SAYINGS = (("Evaluation", f"5 to 6 weeks after the course ({CHI})"),)
FINGERPRINT = "sha256:7c1e90ab12cd4455"
ONE_COMPANION = Decimal(3_000_000)
ONE_DOSE = (
    Enrolled("NPC-014", "A", (Planned(noon(2026, 3, 28), "g" + 14 * ".", companions="g.."),)),
    Enrolled("NPC-015", "B"),
)
TWO_ARMS = (
    Enrolled("NPC-014", "A", (
        Planned(noon(2026, 3, 2), "gghgggGggpggogg", amended=(3,), companions="ggg"),
        Planned(noon(2026, 3, 16), "gggggghGgs.....", companions="gh."),
    )),
    Enrolled("NPC-015", "B", (Planned(noon(2026, 3, 9), "gggngggpgg.....", companions="gog"),)),
    Enrolled("NPC-016", "A"),
    Enrolled("NPC-018", "B", (Planned(noon(2026, 3, 27), "ggh............", companions="g.."),)),
)  # fmt: skip
LINES = ("ggGggggpgg.....", "gghGggoggggg...", "gGgggs.........", "ggggggggggggGgg")


def forty() -> tuple[Enrolled, ...]:
    """Forty patients of a trial without arms, a cycle each, one after the other."""
    return tuple(
        Enrolled(f"NPC-{at + 1:03d}", None, (
            Planned(noon(2025, 3, 3) + timedelta(days=9 * at), LINES[at % 4], amended=(2,), companions="ggg"),
        ))
        for at in range(40)
    )  # fmt: skip


def facts(people: tuple[Enrolled, ...] = TWO_ARMS, **changes: Any) -> TrialFacts:
    """Everything of the summary of these people, as the desk would gather it."""
    patients = tuple(patient(one) for one in people)
    planned = any(one.cycles for one in people)
    deviations = deviation_rows(DESK, patients)
    made = TrialFacts(
        issue=ISSUE, marks=Marks(), protocol="npc-bolus-site",
        title="Nasopharyngeal carcinoma, bolus" if planned else "npc-bolus-site",
        versions=(version_words("2", FINGERPRINT),) if planned else (),
        arms=arms_of(patients), arm_names=arm_names(patients), totals=totals_of(patients),
        exposure=exposure_rows(DESK, patients), verdicts=verdict_counts(patients),
        criteria=criterion_counts(patients), overrides=override_rows(DESK, patients),
        deviations=deviations, discarded=discarded_rows(DESK, patients),
        companions=_companions(people), toxicity=_definitions() if planned else (),
        patients=tuple(one.code for one in people if one.cycles),
        sayings=SAYINGS if planned else (),
    )  # fmt: skip
    return replace(made, **changes)


def _definitions(*names: str) -> Any:
    catalogue = load_catalogue(resource_dir())
    found = tuple(catalogue.definitions(name) for name in names or ("npc-2001", "who-1981"))
    return toxicity_tables((SimpleNamespace(definitions=found),))


def _companions(people: tuple[Enrolled, ...]) -> tuple[CompanionCount, ...]:
    counts: dict[str, Counter[str | None]] = {}
    for one in people:
        for letter in companion_letters(one):
            counts.setdefault(one.arm or NO_ARM, Counter())[OUTCOMES.get(letter)] += 1
    return tuple(
        CompanionCount(
            "interferon alfa-2b", arm, str(found.total()),
            tuple(f"{found[word]}\u00a0of\u00a0{found.total()}" for word in (*WORDS, None)), "0",
            write_dose(found["given"] * ONE_COMPANION),
        )
        for arm, found in sorted(counts.items())
    )  # fmt: skip


def _without_arms(people: tuple[Enrolled, ...]) -> tuple[Enrolled, ...]:
    return tuple(replace(one, arm=None) for one in people)


def marked() -> TrialFacts:
    """A practice trial in which two records wait for a second person."""
    first, *rest = TWO_ARMS
    cycle = replace(first.cycles[1], alone=(8, 9))
    people = (replace(first, cycles=(first.cycles[0], cycle)), *rest)
    made = facts(people)
    waits = unsigned_words(made.deviations)
    return replace(made, marks=Marks(practice=True, not_verified=True, unsigned=waits))


def examples() -> dict[str, SheetModel]:
    """Composed summaries by name."""
    made = {
        "one dose": facts(ONE_DOSE, toxicity=_definitions("npc-2001")),
        "two arms": facts(),
        "no arms": facts(_without_arms(TWO_ARMS)),
        "40 lines": facts(forty(), issue=replace(ISSUE, entry="4,812")),
        "patients only": facts((Enrolled("NPC-014", "A"), Enrolled("NPC-015", "B"))),
        "marked": marked(),
    }
    return {name: compose_trial_summary(one) for name, one in made.items()}
