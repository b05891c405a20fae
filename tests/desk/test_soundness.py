"""An installation that was found wrong prepares and prints nothing; what happened is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from il2desk.desk import Check, Replayed, not_sound, replay_all, take_soundness
from il2desk.desk.gates import may_prepare
from il2desk.desk.papers import prepare_cycle_sheet
from il2desk.dosing import Dose, Refusal


@pytest.fixture
def replayed() -> Replayed:
    """What this installation comes to."""
    found = replay_all()
    assert isinstance(found, Replayed)
    return found


@pytest.fixture
def differing(replayed: Replayed) -> Replayed:
    """The same, had the engines differed in one case."""
    wrong = Check("engines agree", ok=False, detail="69 of 70 cases agree to the last digit")
    checks = tuple(wrong if one.name == wrong.name else one for one in replayed.checks)
    return replace(replayed, checks=checks)


def test_nothing_is_prepared_released_or_printed(ward, differing: Replayed):
    ward.premedicate()
    ward.check()
    take_soundness(ward.desk, differing)
    at = ward.located()
    refusal = may_prepare(ward.desk, at.chart, at.cycle, 1)
    assert isinstance(refusal, Refusal)
    assert refusal.code == "not-sound"
    assert "engines agree: 69 of 70 cases" in refusal.text
    assert "use the paper procedure" in refusal.text
    released = ward.release()
    assert isinstance(released, Refusal)
    assert "not sound" in released.text
    printed = prepare_cycle_sheet(ward.desk, ward.subject, ward.cycle)
    assert isinstance(printed, Refusal)
    assert printed.code == "not-sound"


def test_what_really_happened_is_recorded(ward, differing: Replayed):
    ward.prepared()
    take_soundness(ward.desk, differing)
    ward.made(ward.record())
    ward.cosigned()
    ward.premedicate(2)
    ward.check(2)
    assert ward.kinds()[-1] == "assessment-recorded"
    assert ward.dose(1).administration is not None


def test_a_sound_look_takes_the_block_away(ward, replayed: Replayed, differing: Replayed):
    take_soundness(ward.desk, differing)
    assert not_sound(ward.desk) is not None
    take_soundness(ward.desk, replayed)
    assert not_sound(ward.desk) is None
    at = ward.located()
    assert isinstance(may_prepare(ward.desk, at.chart, at.cycle, 1), Dose)
