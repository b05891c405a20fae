"""Trial summaries by name: one cycle, arms, a long list, definitions to fill in, nothing but patients.

Fictional trial numbers; the counts are made up.
"""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets import (
    CompanionCount,
    ExposureRow,
    Marks,
    Measure,
    SheetIssue,
    SheetModel,
    ToxicityRow,
    ToxicityTable,
    TrialEvent,
    TrialFacts,
    VerdictCount,
    compose_trial_summary,
)

SUM = "75.6\u00a0million\u00a0international\u00a0units"
ISSUE = SheetIssue(
    "TRS-3F0C11-9F31C2A0", "TRS", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
EXPOSURE = ExposureRow(
    "NPC-014", "A", "1, 2", "10-Mar-2026", "15", "9", "1", "2", "1", "0", "2", SUM, "open"
)
EVENT = TrialEvent(
    "NPC-014", "1, 2, dose 7", "Override of HOLD", "12-Mar-2026 13:50",
    "creatinine is back to 1.4 mg/dL; ordered by Dr A. Chen, by phone", "K. Brandt, R. Okafor",
)  # fmt: skip
MET = ToxicityTable(
    "Toxicity as reported, version 2001",
    (ToxicityRow("weight gain against the cycle's baseline", ("above 5\u00a0percent",), "2001, page 110"),),
    ("Met",), ("Each limit is strict: exactly 5 percent is not met.",),
)  # fmt: skip
GRADED = ToxicityTable(
    "Grades, version 1981",
    tuple(
        ToxicityRow(
            f"term {number}", tuple(f"grade {grade}: below {9 - grade}\u00a0g/dL" for grade in (1, 2, 3, 4)),
            "1981, table",
        )
        for number in range(1, 13)
    ),
    ("Grade 1", "Grade 2", "Grade 3", "Grade 4"),
)  # fmt: skip


def facts(**changes: object) -> TrialFacts:
    made = TrialFacts(
        issue=ISSUE, marks=Marks(), protocol="npc-bolus-site", title="Nasopharyngeal carcinoma, bolus",
        versions=("2 (7c1e90ab12cd)",), arms=("A", "B", "All"),
        totals=(
            Measure("Patients registered", "", ("3", "1", "4"), strong=True),
            Measure(
                "Doses given", "of doses planned",
                ("9\u00a0of\u00a045 (20\u00a0percent)", "0 of 0", "9\u00a0of\u00a045 (20\u00a0percent)"),
            ),
            Measure("Cumulative dose given", "", (SUM, "0\u00a0international\u00a0units", SUM), strong=True),
        ),
        exposure=(EXPOSURE,),
        verdicts=(VerdictCount("HOLD", "", "2\u00a0of\u00a014 (14.3\u00a0percent)", "1\u00a0of\u00a03 (33.3\u00a0percent)"),),
        criteria=(VerdictCount("HOLD: creatinine", "2.5 to below 3\u00a0mg/dL", "2 of 14", "1 of 3"),),
        overrides=(EVENT,), deviations=(replace(EVENT, what="No second person"),), discarded=(),
        companions=(
            CompanionCount(
                "interferon alfa-2b", "A", "6", ("1\u00a0of\u00a06",) * 6, "0",
                "3\u00a0million\u00a0international\u00a0units",
            ),
        ),
        toxicity=(MET, GRADED), with_dose="3", patients=("NPC-014", "NPC-015"),
        sayings=(("Evaluation", "5 to 6 weeks after the course (2001, page 110)"),),
    )  # fmt: skip
    return replace(made, **changes)


def examples() -> dict[str, SheetModel]:
    """Composed summaries by name."""
    many = tuple(replace(EXPOSURE, trial_code=f"NPC-{number:03d}") for number in range(1, 41))
    made = {
        "one dose": facts(),
        "no arms": facts(
            arms=("All",),
            totals=tuple(replace(one, values=one.values[-1:]) for one in facts().totals),
        ),
        "40 lines": facts(
            exposure=many, deviations=(EVENT,) * 40,
            patients=tuple(row.trial_code for row in many),
        ),
        "patients only": facts(
            exposure=(), verdicts=(), criteria=(), overrides=(), deviations=(), companions=(),
            toxicity=(), patients=(), sayings=(),
        ),
        "marked": facts(marks=Marks(practice=True, not_verified=True, unsigned="2 records")),
    }  # fmt: skip
    return {name: compose_trial_summary(one) for name, one in made.items()}
