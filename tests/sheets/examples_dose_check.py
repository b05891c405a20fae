"""Pre-dose checks of a fictional patient: a form, a GO, a HOLD that was overridden."""

from __future__ import annotations

from dataclasses import replace

from fictional import cycles

from il2desk.sheets import (
    CheckFacts,
    CheckFormRow,
    CheckRow,
    Marks,
    SheetModel,
    SignatureRow,
    compose_dose_check,
)


def make_check(*, blank: bool = False) -> CheckFacts:
    """A check on HOLD, or the empty form."""
    full = cycles().make_full()
    rows = tuple(
        CheckRow(row.criterion, row.limit, row.verdict, source=row.source) for row in full.criteria
    )
    common = CheckFacts(
        issue=full.issue, marks=Marks(), patient=full.patient, fingerprint="7c1e90ab",
        cycle="course 1, cycle 2", dose="dose 7 of 15, planned 12-Mar-2026 14:00",
        protocol="npc-bolus: nasopharyngeal carcinoma, bolus, version 2 of 01-Feb-2026",
        rule_set="jitc-2014, version 1", rows=rows,
        signatures=(SignatureRow("I judged this dose by these values", "who assesses"),),
    )  # fmt: skip
    if blank:
        return replace(common, rows=(), form=_form(rows))
    values = {
        "Creatinine": ("2.6\u00a0mg/dL", "\u25b2 HOLD"),
        "Urine in 8\u00a0hours": ("120\u00a0mL", "\u25b2 HOLD"),
    }
    judged = []
    for row in rows:
        value, result = values.get(row.name, ("", "")) if row.weight == "HOLD" else ("", "")
        when = "12-Mar-2026 13:05" if value else "\u2013"
        blank_words = "not assessed"
        judged.append(
            replace(row, value=value or blank_words, measured=when, result=result or blank_words)
        )
    return replace(
        common, rows=tuple(judged), verdict="HOLD",
        sentence="HOLD: creatinine, urine in the last 8\u00a0hours. Assess again before the next dose.",
        recorded="12-Mar-2026 13:42 by A. Ruiz", valid="to 12-Mar-2026 15:42",
        counts="STOP 0, HOLD 2; required 14, missing 1", missing=("platelets",),
        notes=(("OVERRIDDEN 12-Mar-2026 13:50: ordered by Dr Sato (by telephone). Reason: kidney "
               "function known. Signed by K. Brandt and A. Ruiz."),),
        earlier=("CANNOT ASSESS 12-Mar-2026 13:10 by A. Ruiz, ENTERED IN ERROR",),
        signatures=(
            SignatureRow("I judged this dose by these values", "who assesses", "A. Ruiz",
                         "12-Mar-2026 13:42"),
            SignatureRow("I read this check before the dose", "who gives the dose"),
        ),
    )  # fmt: skip


def _form(rows: tuple[CheckRow, ...]) -> tuple[CheckFormRow, ...]:
    """A row a finding, as the desk makes them; what is measured in numbers is required."""
    found = []
    for name in dict.fromkeys(row.name for row in rows):
        mine = [row for row in rows if row.name == name]
        hold = "; ".join(str(row.limit) for row in mine if row.weight == "HOLD")
        stop = "; ".join(f"{row.limit} (this cycle)" for row in mine if row.weight != "HOLD")
        needed = any(letter.isdigit() for letter in hold + stop)
        found.append(CheckFormRow(name, hold, stop, needed, tuple(row.source for row in mine)))
    return (*found, CheckFormRow("Temperature", "", "", required=True, sources=()))


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    made = cycles()
    hold = make_check()
    chinese = replace(hold.patient, family_name="歐陽", given_name="大文", title="")
    long = made.long_name().patient
    facts = {
        "form": make_check(blank=True),
        "hold and override": hold,
        "chinese name": replace(hold, patient=chinese),
        "long names and a five-line allergy": replace(hold, patient=long),
    }
    return {name: compose_dose_check(one) for name, one in facts.items()}
