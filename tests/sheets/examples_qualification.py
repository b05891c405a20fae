"""Qualification records by name: passed, not passed with wrong cases, of the command line, long lists.

Each is a made-up verification whose counts are added up from its rows; the desk turns it into facts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from il2desk.desk.delivered_files import FileState, files_check
from il2desk.desk.qualification import Run, qualification_facts
from il2desk.desk.replay_all import Check, Replayed
from il2desk.desk.verify_installation import Verification
from il2desk.desk.verify_table import BOTH, SECOND, TableRow, WrongCase
from il2desk.sheets import QualificationFacts, SheetIssue, SheetModel, compose_qualification

ISSUE = SheetIssue(
    "QLF-3F0C11-9F31C2A0", "QLF", "1", "0.1.0", "214", "9f31c2a07be4", "12-Mar-2026 14:02",
    "20260312130200", "K. Brandt", "", "Ward pharmacy, City Hospital",
)  # fmt: skip
RUN = Run("12-Mar-2026 14:02 (+01:00)", "K. Brandt", "K. Brandt")
VERSIONS = (
    ("IL2Desk", "0.1.0"), ("Python", "3.11.7"), ("Operating system", "Windows-11-10.0.26100-SP0"),
    ("SQLite", "3.40.1"), ("Qt for Python", "PySide6-Essentials 6.11.3"),
    ("Drawing of sheets", "reportlab 5.1.0"), ("Preview of sheets", "pypdfium2 5.15.2"),
    ("Codes", "zxing-cpp 3.1.1"), ("Scanned codes of vials", "biip 5.2.0"),
    ("Journal file", "sqlite-utils 4.2.1"), ("Encryption of the journal", "sqlcipher3 0.6.4"),
    ("Hashes of PINs", "argon2-cffi 25.1.0"), ("Reader of protocol files", "tomli 2.5.0"),
    ("Time zones", "tzdata 2026.6"),
)  # fmt: skip
JOURNAL = (
    ("Journal", "f2c64973fe8c448bb3b42de562269cca"), ("Kind", "patients"), ("Entries then", "214"),
    ("Newest fact then", "214 9f31c2a07be4d5a0c3e1b7f2084d6a95e3c7b1f0a9d8e2c4b6f5073918cdea42"),
)  # fmt: skip
DOSES = {
    "cgvhd-low-dose": 1, "nci-720k": 16, "npc-bolus": 23, "proleukin-eu-civ": 1,
    "proleukin-eu-sc": 2, "proleukin-us": 25, "yang-2003": 2,
}  # fmt: skip
RULES = {"jitc-2014": 39, "springerplus-2015": 43, "til-2024": 46, "us-label-2023": 28}
POLICIES = {"elapsed": 4, "clock": 4}
UNPROVED = (("protocol", "atzpodien"), ("protocol", "calgb-19808"), ("rule set", "us-label-older"))
NAMES = ("npc-bolus", "nci-720k", "proleukin-us")


def files(count: int, changed: str = "", *, listed: bool = True) -> tuple[FileState, ...]:
    """So many files, of which one may be another than was delivered."""
    shown = (*NAMES, *(f"protocol-{number}" for number in range(len(NAMES) + 1, count + 1)))
    names = sorted(f"protocols/{name}.toml" for name in shown)
    return tuple(
        FileState(
            name, hashlib.sha256(name.encode()).hexdigest(), name != changed if listed else None
        )
        for name in names
    )


def wrong_cases(count: int) -> Iterator[WrongCase]:
    """So many cases of the first protocols, in which the second engine answers another dose."""
    in_order = [name for name in NAMES for _ in range(DOSES[name])]
    for number in range(1, count + 1):
        name = in_order[number - 1]
        weight = 50 + number
        wanted, got = weight * 72_000, weight * 72_000 + 1
        case = f"dose_cases.json, case {number}: {name} --weight {weight}"
        differs = f"exact_dose_iu is '{got}', expected '{wanted}'"
        both = (
            f"The two engines differ in the exact dose: the first has {wanted:,} international units, "
            f"the second {got:,}\u00a0international\u00a0units. Nothing can be prepared or printed from this dose."
        )
        args = {"weight": str(weight)}
        yield WrongCase(case, "protocol", name, args, SECOND, differs)
        yield WrongCase(case, "protocol", name, args, BOTH, both)


def verification(
    wrong: int = 0, found: tuple[FileState, ...] | None = None, *, journal: bool = True
) -> Verification:
    """A verification with so many wrong dose cases; every count comes from its rows."""
    cases = tuple(wrong_cases(wrong))
    rows = (
        *(_dose_row(name, of, cases) for name, of in DOSES.items()),
        *(TableRow("rule set", name, of, of, None, None, 0, 0) for name, of in RULES.items()),
        *(TableRow("policy", name, of, of, None, None, 0, 0) for name, of in POLICIES.items()),
        *(TableRow(kind, name, 0, 0, None, None, 0, 0) for kind, name in UNPROVED),
    )
    asked, right = sum(DOSES.values()), sum(DOSES.values()) - wrong
    rules, days = sum(RULES.values()), sum(POLICIES.values())
    here = files(3) if found is None else found
    none = "this workstation has no journal yet"
    replayed = (
        Check("catalogue", ok=True, detail="18 protocols load whole, 35 files in all"),
        Check("engines agree", right == asked, f"{right} of {asked} cases agree to the last digit"),
        Check("dose cases", right == asked, f"{right} of {asked} cases match to the letter"),
        Check("assessment cases", ok=True, detail=f"{rules} of {rules} cases match to the letter"),
        Check("schedule cases", ok=True, detail=f"{days} of {days} cases match to the letter"),
    )
    checks = (
        *replayed,
        Check("fonts", ok=True, detail="DejaVuSans, DejaVuSans-Bold, NotoSansTC-Medium"),
        files_check(here),
        Check("journal", True, "214 entries; chain whole, guards and views in place" if journal else none),
        Check("backups", True, "2 folders, the newest of 12-Mar-2026 13:00" if journal else none),
        Check("disk", ok=True, detail="73,196 MB free for the journal"),
    )  # fmt: skip
    table = Replayed(replayed, rows, cases, Decimal(1))
    return Verification(checks, table, here, "PHARMACY-07", "0.1.0")


def _dose_row(name: str, of: int, cases: tuple[WrongCase, ...]) -> TableRow:
    right = of - sum(one.who == SECOND and one.name == name for one in cases)
    refusals = 1 if name == "proleukin-eu-sc" else 0
    return TableRow("protocol", name, of, of, right, right, refusals, refusals)


def facts(
    found: Verification | None = None,
    run: Run = RUN,
    journal: tuple[tuple[str, str], ...] = JOURNAL,
    *,
    practice: bool = False,
    **changes: Any,
) -> QualificationFacts:
    """The facts of a verification as the desk makes them, with the versions of one computer."""
    made = qualification_facts(found or verification(), ISSUE, run, journal, practice=practice)
    return replace(made, versions=VERSIONS, **changes)


def not_passed(count: int = 1, many: int = 3) -> QualificationFacts:
    """So many wrong cases, and one file of many that was changed."""
    return facts(verification(count, files(many, "protocols/npc-bolus.toml")))


def of_command_line() -> QualificationFacts:
    """A record without a journal, of an installation without a list of delivered files."""
    issue = replace(ISSUE, entry="none", issued_by="command line", site_name="Command line")
    found = verification(found=files(3, listed=False), journal=False)
    return facts(found, Run(RUN.at, "command line"), (), issue=issue, institution="")


def examples() -> dict[str, SheetModel]:
    """Composed records by name."""
    practice = (JOURNAL[0], ("Kind", "practice"), *JOURNAL[2:])
    made = {
        "passed": facts(),
        "not passed": not_passed(),
        "40 lines": not_passed(40, 80),
        "practice": facts(journal=practice, practice=True),
        "no journal": of_command_line(),
    }
    return {name: compose_qualification(one) for name, one in made.items()}
