"""The whole line, killed after every step: what was acknowledged is stored, the chain is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from il2desk.desk import SetClock, chart_of, open_desk, subjects
from il2desk.desk.papers import SheetRequest, prints_of

# Every step says its name only after its act has returned. Then it waits to be told to go on, so
# that the kill falls between two steps, or, without an answer, while the next one runs.
_LINE = """
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from il2desk.desk import *
from il2desk.desk.papers import prepare_cycle_sheet, record_print

monday = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
clock = SetClock(monday - timedelta(hours=2))
desk = open_desk(Path(sys.argv[1]), clock=clock, create=False, owner="line")
team = {person.role: person for person in staff(desk)}
desk.person = team["pharmacist"]

def settle(answer):
    assert not hasattr(answer, "reasons"), answer
    return answer

def said(step):
    print(step, desk.journal.head().sequence, flush=True)
    if sys.argv[2] == "slow":
        assert sys.stdin.readline()

def two(first, second):
    return TwoSignatures(
        signature_of(desk, team["pharmacist"], first), signature_of(desk, team["nurse"], second)
    )

form = Registration(
    trial_code="NPC-017", initials="AB", born="04-Mar-1961", sex="female",
    allergies_state="no known allergies", protocol="npc-bolus-site",
)
said("open")
subject = settle(register_subject(desk, form, new_token()))
said("register")
order = OrderForm("M. Sato", clock.now(), Decimal(5040000), "M. Sato", "M. Sato")
settle(write_order(desk, subject, order, new_token()))
said("order")
cycle = settle(plan_cycle(desk, subject, CyclePlan(datetime.fromisoformat("2026-03-02T12:00")), new_token()))
said("plan")
place = DosePlace(subject, cycle, 1)
settle(record_weight(desk, subject, WeightForm(Decimal(70), clock.now(), "bed scale", "dosing"), new_token()))
said("weigh")
outcomes = (ItemOutcome("antibiotic", "given"), ItemOutcome("antipyretic", "given"))
settle(record_premedication(desk, place, outcomes, new_token()))
said("premedicate")
clock.moment = monday - timedelta(minutes=30)
raw = {
    "heart_rate": "88", "rhythm": "sinus", "ecg_ischaemia": False, "oxygen_l_min": "0", "neuro": (),
    "creatinine": "1.1", "urine_8h": "600", "platelets": "180000", "bilirubin": "0.8",
    "bicarbonate": "24", "bleeding": "none", "infection": "none", "skin": "intact",
}
settle(record_check(desk, place, raw, dict.fromkeys(raw, clock.now()), new_token()))
said("check")
release = ReleaseForm((Lot("PR1234AB", "2026-12-31", 1),), clock.now())
reading = SecondReading(
    Decimal(70), Decimal("0.28"), ("34AB",), "NPC-017", "glucose 5 %", Decimal(10)
)
signed = two(RELEASE_FIRST, RELEASE_SECOND)
settle(record_release(desk, place, release, reading, signed, new_token()))
said("release")
clock.moment = monday + timedelta(minutes=2)
given = AdministrationForm("given", given_at=clock.now())
first = signature_of(desk, team["pharmacist"], RECORD_FIRST)
settle(record_administration(desk, place, given, first, new_token()))
said("record")
settle(cosign(desk, place, signature_of(desk, team["nurse"], RECORD_SECOND), new_token()))
said("cosign")
correction = AmendmentForm("typing error", given_at=monday + timedelta(minutes=1))
amended = two(AMEND_FIRST, AMEND_SECOND)
settle(amend_administration(desk, place, correction, amended, new_token()))
said("amend")
sheet = settle(prepare_cycle_sheet(desk, subject, cycle))
settle(record_print(desk, sheet, "print", new_token()))
said("print")
"""

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STEPS = (
    "open", "register", "order", "plan", "weigh", "premedicate", "check", "release", "record",
    "cosign", "amend", "print",
)  # fmt: skip
KINDS = {
    "register": "subject-registered", "order": "order-written", "plan": "cycle-planned",
    "weigh": "weight-recorded", "premedicate": "premedication-recorded",
    "check": "assessment-recorded", "release": "release-recorded",
    "record": "administration-recorded", "cosign": "administration-cosigned",
    "amend": "administration-amended", "print": "sheet-printed",
}  # fmt: skip


def _run_until(path: Path, step: str, pace: str) -> list[str]:
    """Let the line run to a step, kill it there with SIGKILL; the lines it had printed."""
    with subprocess.Popen(
        [sys.executable, "-c", _LINE, os.fspath(path), pace],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as line:  # fmt: skip
        assert line.stdin is not None
        assert line.stdout is not None
        said: list[str] = []
        while not said or said[-1].split()[0] != step:
            text = line.stdout.readline()
            assert text, f"the line ended at {said}"
            said.append(text)
            if pace == "slow" and text.split()[0] != step:
                line.stdin.write("on\n")
                line.stdin.flush()
        line.kill()
        said += [text for text in line.stdout.readlines() if text.endswith("\n")]
    return said


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("step", "pace"),
    [
        *((step, "slow") for step in STEPS),
        *((step, "fast") for step in ("check", "release", "record")),
    ],
)
def test_killed_after_a_step_nothing_acknowledged_is_lost(stages, tmp_path, step, pace):
    path = tmp_path / "journal.sqlite"
    shutil.copy(stages["active"], path)
    said = _run_until(path, step, pace)
    told = [line.split()[0] for line in said]
    assert told[: STEPS.index(step) + 1] == list(STEPS[: STEPS.index(step) + 1])
    desk = open_desk(path, clock=SetClock(NOON), create=False, owner="after")
    try:
        assert desk.journal.check().ok
        kinds = [entry.kind for entry in desk.journal.entries()]
        for done in told:
            assert done == "open" or KINDS[done] in kinds
        # The journal holds what was said, and at most the one act that ran when it was killed.
        last = int(said[-1].split()[1])
        assert last <= desk.journal.count() <= last + 1
        _open_as_if_nothing_happened(desk, told)
    finally:
        desk.close()


def _open_as_if_nothing_happened(desk, told: list[str]) -> None:
    """The chart folds, and shows what had been acknowledged."""
    for subject in subjects(desk):
        chart = chart_of(desk, subject.id)
        for cycle in chart.cycles.values():
            dose = cycle.doses[1]
            assert ("release" not in told) or dose.release is not None
            assert ("record" not in told) or dose.administration is not None
            assert ("cosign" not in told) or dose.administration.cosigned_by == "A. Ruiz"
            assert ("amend" not in told) or dose.administration.changes
            assert ("print" not in told) or prints_of(
                desk, SheetRequest("cycle", subject.id, cycle.id)
            )
