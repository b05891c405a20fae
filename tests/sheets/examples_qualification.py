"""Qualification records by name: passed, not passed with wrong cases, of the command line, long lists."""

from __future__ import annotations

from dataclasses import replace

from il2desk.sheets import (
    CaseCount,
    CheckedPart,
    Marks,
    QualificationFacts,
    SheetIssue,
    SheetModel,
    compose_qualification,
)

ISSUE = SheetIssue(
    "QLF-3F0C11-9F31C2A0", "QLF", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
HASH = "3371ba2d27588d04e65dfc7431d9006d29447858a28483692968e964fbc530a9"
RIGHT = (
    CheckedPart("catalogue", True, "18 protocols load whole, 35 files in all"),
    CheckedPart("engines agree", True, "70 of 70 cases agree to the last digit"),
    CheckedPart("journal", True, "214 entries; chain whole, guards and views in place"),
)
WRONG = replace(RIGHT[1], ok=False, detail="69 of 70 cases agree to the last digit")
CASES = (
    CaseCount("protocol npc-bolus", "23", "23\u00a0of\u00a023", "23\u00a0of\u00a023", "23\u00a0of\u00a023", "none asked"),
    CaseCount("rule set jitc-2014", "39", "39\u00a0of\u00a039", "one engine", "one engine", "none asked"),
)  # fmt: skip


def facts(**changes: object) -> QualificationFacts:
    made = QualificationFacts(
        issue=ISSUE, marks=Marks(), passed=True, checked_at="12-Mar-2026 14:02 (+01:00)",
        checked_by="K. Brandt", versions=(("IL2Desk", "0.1.0"), ("SQLite", "3.40.1")),
        checks=RIGHT, cases=CASES, wrong=(), to_do=(), without_case=("protocol atzpodien",),
        journal=(("Journal", "f2c64973fe8c448bb3b42de562269cca"), ("Entries then", "214")),
        hashes=(("protocols/npc-bolus.toml", HASH),),
    )  # fmt: skip
    return replace(made, **changes)


def not_passed(count: int = 1) -> QualificationFacts:
    sentence = (
        "dose_cases.json, case {}: npc-bolus --weight 70: second engine: exact_dose_iu differs"
    )
    return facts(
        passed=False, checks=(RIGHT[0], WRONG, RIGHT[2]),
        cases=(replace(CASES[0], second="22\u00a0of\u00a023", ok=False), CASES[1]),
        wrong=tuple(sentence.format(number) for number in range(1, count + 1)),
        to_do=("Prepare and print nothing with this installation: use the paper procedure.",),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Composed records by name."""
    many = tuple((f"protocols/protocol-{number}.toml", HASH) for number in range(1, 81))
    made = {
        "passed": facts(),
        "not passed": not_passed(),
        "40 lines": replace(not_passed(40), hashes=many),
        "practice": facts(marks=Marks(practice=True)),
        "no journal": facts(journal=(), cases=(), without_case=(), hashes=()),
    }
    return {name: compose_qualification(one) for name, one in made.items()}
