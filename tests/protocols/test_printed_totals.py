"""Totals that documents print, held against doses and days: clinical facts E.1, P2 to P22, H42 to H46.

Those that contradict themselves are refused by file, line and key.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

DILUTION = '[regimen.dilution]\nmethod = "undiluted"\nsource = "paper"\n'
M2, FLAT = "international units per m2", "international units"


def dose(value, unit=M2):
    return f"dose = {{ value = '{value}', unit = '{unit}', source = 'paper' }}\n"


def between(low, high):
    return f"between = {{ from = '{low}', to = '{high}', unit = '{M2}', source = 'paper' }}\n"


def listed(days):
    return f"[regimen.days]\nvalue = {list(days)}\nsource = 'paper'\n"


def level(days, *says):
    return f"[[regimen.levels]]\ndays = {list(days)}\n" + "".join(says)


def total(printed, *more, unit=f"million {M2}"):
    rows = "".join(f"{row}\n" for row in more)
    return f"[[regimen.totals]]\nlabel = 'a total'\nprinted = '{printed}'\nunit = '{unit}'\nsource = 'paper'\n{rows}"


FIVE = tuple(range(1, 6))
BY_DAY = "level_by = 'day'\n"
GAP = [("regimen.levels.1.dose", ("dose",))]
PULSES = [day + two for day in (15, 29, 43, 57, 71) for two in range(3)]
SEVENTY = [day for day in range(1, 91) if day not in PULSES and day not in
           (18, 32, 46, 60, 74)]  # fmt: skip


def calgb(low, pulse):
    return BY_DAY + level(SEVENTY, dose(low)) + level(PULSES, pulse)


CALGB_GAP = [("regimen.levels.15.dose", ("dose",))]
# P12: ALFA-9801, 5 million on 5 days, 25 a month
# P13: CCG-2961, 9 x 4 and 1.6 x 10 from day 8, 52
# P14: EORTC-GIMEMA, 2.3 to 4.6 on 5 days is 11.5 to 23.0: the printed 12 is 11.5 rounded
# P15: CALGB 19808, 70 x 1 and 15 x 12 to 15, a month of three: 83.3 to 98.3, printed 91
# P18: Saadoun with 1.5 as its total wants it: 1.5 x 5 and 3 x 15
# P19: dinutuximab beta, 10 doses of 6, 60
# H46: GFI, 9 on 6 days of every other week for 8 weeks, 216
FITS = {
    "P12": (dose("5000000") + listed(FIVE), total("25"), ()),
    "P13": (
        BY_DAY + level((1, 2, 3, 4), dose("9000000")) + level(range(8, 18), dose("1600000")), total("52"), ()),
    "P14 low end": (BY_DAY + level(FIVE, between("2300000", "4600000")), total("12"), GAP),
    "P14 as added": (
        BY_DAY + level(FIVE, between("2300000", "4600000")), total("12", "printed_to = '23'"), GAP),
    "P14 to a decimal": (
        BY_DAY + level(FIVE, between("2300000", "4600000")), total("11.5", "printed_to = '23.0'"), GAP),
    "P15": (calgb("1000000", between("12000000", "15000000")), total("91", "divided_by = 3"), CALGB_GAP),
    "P15 of three months": (
        calgb("1000000", between("12000000", "15000000")), total("250", "printed_to = '295'"), CALGB_GAP),
    "P15 a month": (
        calgb("1000000", between("12000000", "15000000")),
        total("83.3", "printed_to = '98.3'", "divided_by = 3"), CALGB_GAP),
    "P16 as added": (calgb("900000", dose("12000000")), total("81", "divided_by = 3"), ()),
    "P18 with 1.5": (
        BY_DAY + level(FIVE, dose("1500000", FLAT))
        + level([*range(15, 20), *range(36, 41), *range(57, 62)], dose("3000000", FLAT)),
        total("52.5", unit=f"million {FLAT}"), ()),
    "P19": (
        dose("6000000") + "doses_per_cycle = { value = 10, source = 'paper' }\n"
        + "interval_h = { value = '24', source = 'paper' }\n", total("60"), ()),
    "H46": (
        dose("9000000", FLAT) + listed([day + week for week in (7, 21, 35, 49) for day in range(1, 7)]),
        total("216", unit=f"million {FLAT}"), ()),
    "in single units": (dose("5000000") + listed(FIVE), total("25000000", unit=M2), ()),
    "of several cycles": (dose("5000000") + listed(FIVE), total("300", "times = 12"), ()),
    "of some days": (dose("5000000") + listed(FIVE), total("10", "days = [1, 2]"), ()),
    "of weeks": (
        "level_by = 'week'\n[[regimen.levels]]\nfirst = 1\nlast = 1\n" + dose("250000", f"{FLAT} per kg")
        + "[[regimen.levels]]\nfirst = 2\nlast = 2\n" + dose("125000", f"{FLAT} per kg") + listed((*FIVE, 8)),
        total("1375000", unit=f"{FLAT} per kg"), ()),
    "twice a day": (
        dose("5000000") + "times_a_day = { value = 2, source = 'paper' }\n"
        + "hours_apart = { value = '12', source = 'paper' }\n" + listed(FIVE), total("50"), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FITS)
def test_a_total_that_the_doses_come_to(small, loaded, name):
    regimen, printed, gaps = FITS[name]
    loaded(small(regimen, gaps=gaps, dilution=DILUTION + printed))


# name -> regimen, total, gaps, what the doses come to
CONTRADICTED = {
    # 24 is printed where 4.6 x 5 is 23
    "P14": (
        BY_DAY + level(FIVE, between("2300000", "4600000")), total("12", "printed_to = '24'"), GAP,
        "the document prints 12 to 24, and the doses of this file come to 11.5 to 23."),
    "P14 high end": (
        BY_DAY + level(FIVE, between("2300000", "4600000")), total("24"), GAP, "come to 11.5 to 23."),
    "P15 out of range": (
        calgb("1000000", between("12000000", "15000000")), total("99", "divided_by = 3"), CALGB_GAP,
        "the document prints 99"),
    # 70 x 0.9 and 15 x 12 are 243, a third is 81, printed 82
    "P16": (calgb("900000", dose("12000000")), total("82", "divided_by = 3"), (), "come to 81."),
    # 12 on 5 and four times 2 days are 156; 240 is printed for two courses, 120 for one
    "P17": (
        dose("12000000") + listed((*FIVE, 15, 16, 29, 30, 43, 44, 57, 58)), total("120"), (),
        "the document prints 120, and the doses of this file come to 156."),
    "P17 twice": (
        dose("12000000") + listed((*FIVE, 15, 16, 29, 30, 43, 44, 57, 58)), total("240", "times = 2"), (),
        "come to 312."),
    # with the printed 1 the total of 52.5 is 50
    "P18": (
        BY_DAY + level(FIVE, dose("1000000", FLAT))
        + level([*range(15, 20), *range(36, 41), *range(57, 62)], dose("3000000", FLAT)),
        total("52.5", unit=f"million {FLAT}"), (), "prints 52.5, and the doses of this file come to 50."),
    "one decimal too far": (dose("5000000") + listed(FIVE), total("25.1"), (), "come to 25."),
    "twice a day counted once": (
        dose("5000000") + "times_a_day = { value = 2, source = 'paper' }\n"
        + "hours_apart = { value = '12', source = 'paper' }\n" + listed(FIVE), total("25"), (), "come to 50."),
    "not a number": (dose("5000000") + listed(FIVE), total("about 25"), (), "digits and one point"),
    "a range of which one end is no number": (
        dose("5000000") + listed(FIVE), total("25", "printed_to = '1e3'"), (), "digits and one point"),
    "days that have no dose": (
        dose("5000000") + listed(FIVE), total("5", "days = [6]"), (), "needs a dose, and its days"),
    "days of doses by an interval": (
        dose("5000000") + "doses_per_cycle = { value = 10, source = 'paper' }\n"
        + "interval_h = { value = '8', source = 'paper' }\n", total("15", "days = [1]"), (), "needs a dose"),
    "no dose": (
        listed(FIVE), total("25"), [("regimen.dose", ("dose",)), ("regimen.basis", ("dose",))],
        "needs a dose"),
    "a dose that is a gap": (
        BY_DAY + level(FIVE), total("25"), [*GAP, ("regimen.basis", ("dose",))], "needs a dose"),
    "one dose that is a gap": (
        BY_DAY + level([1], dose("5000000")) + level([2]), total("25"), [("regimen.levels.2.dose", ("dose",))],
        "needs a dose"),
    "no number of doses": (dose("5000000"), total("25"), [("regimen.days", ("schedule",))], "needs a dose"),
    "levels by month": (
        "level_by = 'month'\n[[regimen.levels]]\nfirst = 1\nlast = 1\n" + dose("5000000") + listed(FIVE),
        total("25"), (), "needs a dose"),
    "levels by month without days": (
        "level_by = 'month'\ndoses_per_cycle = { value = 5, source = 'paper' }\n"
        "interval_h = { value = '24', source = 'paper' }\n[[regimen.levels]]\nfirst = 1\nlast = 1\n"
        + dose("5000000"), total("25"), (), "needs a dose"),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRADICTED)
def test_a_total_that_contradicts_the_doses(small, refused, name):
    regimen, printed, gaps, said = CONTRADICTED[name]
    others = name in ("no dose", "a dose that is a gap")
    path = small(regimen, gaps=gaps, dilution=DILUTION + printed)
    text = refused(path, "regimen.totals.0.printed", "printed =", said, others=others)
    if "the document prints" in text:
        assert "One of them is wrong: read the document again" in text


@pytest.mark.parametrize(("unit", "said"), [
    (f"million {FLAT} per kg", "is not the unit of the doses"),
    (f"million {FLAT}", "is not the unit of the doses"), ("million mg per m2", "is not the unit"),
    (f"thousand {M2}", "is not the unit")])  # fmt: skip
def test_a_total_in_another_unit(small, refused, unit, said):
    path = small(dose("5000000") + listed(FIVE), dilution=DILUTION + total("25", unit=unit))
    refused(path, "regimen.totals.0.unit", "unit =", said, others=unit.startswith("thousand"))


def test_the_second_of_two_totals_is_named_by_its_row(small, refused):
    rows = total("25") + total("26")
    path = small(dose("5000000") + listed(FIVE), dilution=DILUTION + rows)
    refused(path, "regimen.totals.1.printed", 'printed = "26"', "come to 25.")


@pytest.mark.parametrize("lacking", ["label", "unit", "printed", "source"])
def test_a_total_says_what_it_is_of(small, refused, lacking):
    rows = "\n".join(
        line for line in total("25").splitlines() if not line.startswith(f"{lacking} =")
    )
    path = small(dose("5000000") + listed(FIVE), dilution=f"{DILUTION}{rows}\n")
    key = f"regimen.totals.0.{lacking}"
    refused(path, key, "[[regimen.totals]]", "missing", others=True)


# The shipped protocols, added by hand in million per unit of basis.
def added(plan, days=None):
    """The doses of a plan in million, each day as often as it is given."""
    sum_ = Fraction(0)
    for day in plan.days.value:
        if days is None or day in days:
            level = next((one for one in plan.levels if one.covers(day)), None)
            one = plan.dose if level is None else level.dose
            sum_ += Fraction(one.value) * plan.times_on(day) / 1_000_000
    return sum_


def plan_of(catalogue, id_, arm=None):
    return next(one for one in catalogue.protocol(id_).regimens if one.arm == arm)


def week(number):
    return range(7 * number - 6, 7 * number + 1)


def test_p2_two_times_five_days_at_188_m2(catalogue):
    plan = plan_of(catalogue, "proleukin-eu-civ")
    assert added(plan) * 2 * Fraction("1.88") == Fraction("338.4")


def test_p3_and_p4_the_weeks_of_the_product_information(catalogue):
    plan = plan_of(catalogue, "proleukin-eu-sc")
    assert [added(plan, week(one)) for one in range(1, 6)] == [90, 63, 63, 63, 0]
    assert added(plan) == 279


def test_p11_at_most_28_doses_a_course(catalogue):
    protocol = catalogue.protocol("proleukin-us")
    count = protocol.regimens[0].doses_per_cycle.value
    assert (count, count * protocol.course_cycles.value, protocol.rest_days.value) == (14, 28, 9)


@pytest.mark.parametrize(("arm", "low_dose"), [
    ("robinson", range(9, 19)), ("swog-9438", range(10, 20))])  # fmt: skip
def test_p13_the_two_infusions(catalogue, arm, low_dose):
    plan = plan_of(catalogue, "post-transplant-civ", arm)
    assert plan.days.value == (1, 2, 3, 4, *low_dose)
    assert (added(plan, week(1)), added(plan, low_dose), added(plan)) == (36, 16, 52)


def test_p15_seventy_days_and_fifteen(catalogue):
    low, pulse = plan_of(catalogue, "calgb-19808").levels
    assert (list(low.days), list(pulse.days)) == (SEVENTY, PULSES)
    assert (len(SEVENTY), len(PULSES), low.dose.value) == (70, 15, 1_000_000)
    ends = [Fraction(70 + 15 * end / 1_000_000) / 3 for end in pulse.between.value]
    assert [round(end, 1) for end in ends] == [Fraction("83.3"), Fraction("98.3")]


def test_p19_ten_doses_of_six(catalogue):
    plan = plan_of(catalogue, "dinutuximab-beta-il2")
    assert plan.dose.value * plan.doses_per_cycle.value == 60_000_000


def test_p22_and_h43_eight_weeks_of_atzpodien(catalogue):
    plan = plan_of(catalogue, "atzpodien")
    assert [added(plan, [day]) for day in (3, 8)] == [20, 5]
    assert added(plan) == 150
    interferon, fluorouracil = plan.companions
    assert added(interferon) == 160
    assert [added(interferon, week(one)) for one in range(1, 9)] == [5, 15, 15, 5, 30, 30, 30, 30]
    assert (fluorouracil.dose.value, fluorouracil.days.value) == (1000, (29, 36, 43, 50))


def test_h44_the_reverse_weeks(catalogue):
    plan = plan_of(catalogue, "nieken-sc")
    assert [added(plan, week(one)) for one in range(1, 7)] == [90, 72, 72, 72, 72, 72]
    assert added(plan, range(1, 29)) == 306


def test_h45_six_weeks_at_70_kg(catalogue):
    plan = plan_of(catalogue, "yang-2003", "subcutaneous")
    weeks = [
        sum(
            Fraction(one.dose.value) * 70
            for day in plan.days.value
            if day in week(number)
            for one in plan.levels
            if one.covers(number)
        )
        / 1_000_000
        for number in range(1, 7)
    ]
    assert weeks == [Fraction("87.5"), *[Fraction("43.75")] * 5]
    assert sum(weeks) == Fraction("306.25")
