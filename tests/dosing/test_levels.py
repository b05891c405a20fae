"""Levels by listed days, ranges left to the site, days without a dose: each refusal by name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.findings import Evidence, Gap, Refusal, Source, Sourced
from il2desk.dosing.levels import Applied, applied_dose, companion_on, dose_of_plan
from il2desk.dosing.regimen import Basis, Level
from il2desk.dosing.second_engine import second_answer

PAPER = Source("the paper", "table 1", Evidence.PAPER)


def iu(dose):
    return Sourced(Decimal(dose), PAPER)


def days(*listed):
    return Sourced(listed, PAPER)


LOW = Level(1, 9, iu("1000000"), (1, 2, 8, 9))
PULSE = Level(3, 4, None, (3, 4), Sourced((Decimal(12_000_000), Decimal(15_000_000)), PAPER))


@pytest.fixture
def by_day(make_protocol, make_regimen):
    """1 million per m2 on days 1, 2, 8, 9; on days 3 and 4 what `pulse` says."""

    def made(pulse=PULSE, **changes):
        regimen = make_regimen(
            basis=Basis.M2,
            level_by="day",
            levels=(LOW, pulse),
            days=days(1, 2, 3, 4, 8, 9),
            interval_h=None,
            **changes,
        )
        return make_protocol("listed", regimen)

    return made


def refused(request, code):
    first = derive_dose(request)
    assert isinstance(first, Refusal), first
    assert first.code == code
    assert second_answer(request) is None
    return first.text.replace("\u00a0", " ")


def dose(request):
    first, second = derive_dose(request), second_answer(request)
    assert not isinstance(first, Refusal), first
    assert second.exact_dose_iu == first.exact_dose_iu
    return first


def test_a_listed_day_takes_the_dose_of_its_level(ask, by_day):
    for day in (1, 2, 8, 9):
        found = dose(ask(by_day(), bsa_m2="2", day=day))
        assert (found.exact_dose_iu, found.level) == (2_000_000, f"day {day}")


def test_a_range_left_to_the_site_is_refused_and_named(ask, by_day):
    text = refused(ask(by_day(), bsa_m2="2", day=3), "dose-gap")
    assert text == (
        "listed leaves the dose open for day 3: 12 million international units per m2 to 15 million "
        "international units per m2 (the paper, table 1 (published paper)). The site chooses one "
        "dose in its copy."
    )


@pytest.mark.parametrize(("chosen", "inside"), [
    ("11999999", False), ("12000000", True), ("15000000", True), ("15000001", False)])  # fmt: skip
def test_the_chosen_dose_lies_inside_the_range_ends_included(ask, by_day, chosen, inside):
    request = ask(by_day(replace(PULSE, dose=iu(chosen))), bsa_m2="1", day=4)
    if inside:
        assert dose(request).exact_dose_iu == Decimal(chosen)
        return
    text = refused(request, "outside-range")
    assert "listed gives " in text
    assert "the source allows 12 million international units per m2 to 15 million" in text
    assert text.endswith("Correct the file.")


def test_the_range_of_a_drug_in_milligrams_is_said_in_milligrams(ask, make_companion, by_day):
    ends = Sourced((Decimal(1), Decimal(2)), PAPER)
    plan = make_companion(None, unit="mg", level_by="day", levels=(Level(1, 1, None, (1,), ends),))
    request = ask(by_day(), bsa_m2="2", day=1)
    refusal = dose_of_plan(request, plan, "histamine", ())
    assert "1 mg to 2 mg (the paper" in refusal.text.replace("\u00a0", " ")
    above = replace(plan, levels=(Level(1, 1, iu("3"), (1,), ends),))
    refusal = dose_of_plan(request, above, "histamine", ())
    assert "gives 3 mg for day 1" in refusal.text.replace("\u00a0", " ")


def test_a_day_without_a_dose_names_the_days_that_have_one(ask, by_day):
    text = refused(ask(by_day(), bsa_m2="2", day=5), "no-dose-that-day")
    assert text == "No dose is planned on day 5. Doses are planned on days 1 to 4, 8, 9."


def test_a_day_of_the_companions_alone_names_them(ask, by_day, make_companion):
    beside = (
        make_companion(days=days(1, 5)),
        make_companion(drug="fluorouracil", days=days(5)),
        make_companion(drug="ribavirin"),
    )
    text = refused(ask(by_day(companions=beside), bsa_m2="2", day=5), "no-dose-that-day")
    assert text.endswith(" On day 5 the protocol plans interferon alfa-2b and fluorouracil alone.")


def test_the_day_must_be_given(ask, by_day):
    text = refused(ask(by_day(), bsa_m2="2"), "level")
    assert text == "The dose of listed depends on the day. Give the day."


def test_two_levels_for_one_day_are_refused(ask, by_day):
    twice = replace(PULSE, dose=iu("2"), between=None, days=(2, 3, 4))
    assert "more than one dose for day 2" in refused(
        ask(by_day(twice), bsa_m2="2", day=2), "two-levels"
    )


def test_a_listed_day_that_no_level_covers(ask, by_day):
    text = refused(ask(by_day(replace(PULSE, days=(3,))), bsa_m2="2", day=4), "level")
    assert text == "listed names no dose for day 4. Check the day."


def test_times_a_day_by_level_before_those_of_the_plan(make_regimen):
    plan = make_regimen(
        level_by="day",
        levels=(
            replace(LOW, times_a_day=1),
            replace(PULSE, times_a_day=3),
            Level(5, 5, None, (5,)),
        ),
        times_a_day=Sourced(2, PAPER),
    )
    assert [plan.times_on(day) for day in (1, 3, 5, 6)] == [1, 3, 2, 2]
    assert replace(plan, times_a_day=None).times_on(5) == 1
    assert replace(plan, level_by="week").times_on(3) == 2


def gap(field):
    return Gap(field, f"the value of {field}", "the paper", "the site", ("dose",))


def test_the_gap_of_a_companion_leaves_aldesleukin_usable(
    ask, make_protocol, make_regimen, make_companion
):
    regimen = make_regimen("72000", companions=(make_companion(None),))
    name = "regimen.companions.interferon-alfa-2b.dose"
    found = dose(ask(make_protocol("p", regimen, gaps=(gap(name),)), weight_kg="70"))
    assert found.exact_dose_iu == 5_040_000
    assert not found.releasable
    (finding,) = (one for one in found.findings if one.code == "companion-dose-gap")
    assert f"({name})" in finding.text


def test_a_gap_of_aldesleukin_names_those_beside_it_too(
    ask, make_protocol, make_regimen, make_companion
):
    regimen = make_regimen(None, companions=(make_companion(None),))
    names = ("regimen.dose", "regimen.companions.interferon-alfa-2b.dose")
    one = make_protocol("p", regimen, gaps=tuple(gap(name) for name in names))
    refusal = derive_dose(ask(one, weight_kg="70"))
    assert [f"({name})" in reason for name, reason in zip(names, refusal.reasons, strict=True)] == [
        True, True]  # fmt: skip
    assert second_answer(ask(one, weight_kg="70")) is None


def test_the_gap_of_one_level_leaves_the_others_usable(ask, by_day):
    one = replace(by_day(replace(PULSE, between=None)), gaps=(gap("regimen.levels.3.dose"),))
    assert dose(ask(one, bsa_m2="2", day=2)).exact_dose_iu == 2_000_000
    assert "(regimen.levels.3.dose)" in refused(ask(one, bsa_m2="2", day=3), "dose-gap")
    bare = replace(one, gaps=())
    text = refused(ask(bare, bsa_m2="2", day=3), "dose-gap")
    assert text == "listed gives no dose for day 3. The site must fill it in."


@pytest.mark.parametrize(("rhythm", "planned", "not_planned"), [
    (("48", 7), (1, 3, 5, 13), (2, 4, 12, 14)),
    (("24", 3), (1, 2, 3), (4,)),
    (("8", 15), (1, 2, 3, 4, 5, 6), (7,)),
    (("12", 42), (1, 21, 22), (23,)),
    (("36", 3), (1, 2, 3, 4), (5,)),
    (("72", 2), (1, 4), (2, 3, 5)),
])  # fmt: skip
def test_days_between_two_doses_are_refused(
    ask, make_protocol, make_regimen, rhythm, planned, not_planned
):
    interval, count = rhythm
    plan = make_regimen("72000", interval_h=iu(interval), doses_per_cycle=Sourced(count, PAPER))
    one = make_protocol("p", plan)
    for day in planned:
        assert dose(ask(one, weight_kg="70", day=day)).exact_dose_iu == 5_040_000
    for day in not_planned:
        text = refused(ask(one, weight_kg="70", day=day), "no-dose-that-day")
        assert text.startswith(f"No dose is planned on day {day}. ")
    if not_planned[0] == 2:
        assert f"Doses are {interval} hours apart, from day 1." in refused(
            ask(one, weight_kg="70", day=2), "no-dose-that-day"
        )


def test_a_companion_is_on_by_its_own_days(ask, make_companion):
    request = ask("npc-bolus", weight_kg="70", day=3)
    assert companion_on(request, make_companion())
    assert companion_on(request, make_companion(days=days(1, 3)))
    assert not companion_on(request, make_companion(days=days(1, 2)))
    assert companion_on(replace(request, day=None), make_companion(days=days(1, 2)))
    rhythm = make_companion(interval_h=iu("48"), doses_per_cycle=Sourced(2, PAPER))
    assert companion_on(request, rhythm)
    assert not companion_on(replace(request, day=2), rhythm)


def test_both_a_dose_and_levels_are_refused(ask, by_day):
    one = by_day()
    both = replace(one, regimens=(replace(one.regimens[0], dose=iu("1")),))
    assert "both one dose and dose levels" in refused(ask(both, bsa_m2="2", day=1), "two-doses")


def test_no_dose_at_all_is_refused(ask, make_protocol, make_regimen):
    text = refused(ask(make_protocol("p", make_regimen(None)), weight_kg="70"), "dose-gap")
    assert text == "p states no dose. The site must fill it in."


@pytest.mark.parametrize(
    ("day", "iu"), [(1, 7000), (6, 7000), (7, 7000), (8, 14_000), (14, 14_000)]
)
def test_a_week_has_seven_days(ask, make_protocol, make_regimen, day, iu):
    levels = (
        Level(1, 1, Sourced(Decimal(100), PAPER)),
        Level(2, 2, Sourced(Decimal(200), PAPER)),
    )
    regimen = make_regimen(None, level_by="week", levels=levels, interval_h=None)
    request = ask(make_protocol("p", regimen), weight_kg="70", day=day)
    found = applied_dose(request)
    assert isinstance(found, Applied)
    assert found.dose.value * 70 == iu


def test_a_dose_that_is_open_names_the_gap_of_its_own_arm(ask, make_protocol, make_regimen):
    arms = tuple(make_regimen(None, arm=arm) for arm in ("a", "b"))
    gaps = tuple(
        Gap(
            f"regimens.{arm}.dose",
            f"The dose of arm {arm}",
            "the paper",
            "the pharmacist",
            ("dose",),
        )
        for arm in ("a", "b")
    )
    protocol = make_protocol("p", *arms, gaps=gaps)
    for arm, other in (("a", "b"), ("b", "a")):
        refusal = applied_dose(ask(protocol, arm=arm, weight_kg="70"))
        assert isinstance(refusal, Refusal)
        assert f"The dose of arm {arm}" in refusal.text
        assert f"The dose of arm {other}" not in refusal.text
