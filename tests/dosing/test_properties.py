"""What holds for every request, every number and every text, not only for the examples."""

from __future__ import annotations

import copy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import (
    ANY_COUNT,
    ANY_DECIMAL,
    ANY_TEXT,
    CAPS,
    DOSES,
    HERE,
    SOME_CAPS,
    WEIGHTS,
    marks,
    share,
    times,
)

from il2desk.dosing.agreement import differences
from il2desk.dosing.assessment import AssessmentRequest, assess
from il2desk.dosing.assessment_values import Found, Verdict
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.dose_request import DoseRequest
from il2desk.dosing.exact import half_up, rounded
from il2desk.dosing.finding_codes import FINDING_CODES
from il2desk.dosing.findings import Refusal
from il2desk.dosing.parsing import (
    DOSE_UNITS,
    WEIGHT_KG,
    NumberField,
    parse_clock,
    parse_date,
    parse_local,
    parse_number,
)
from il2desk.dosing.protocol import Cap
from il2desk.dosing.regimen import Basis
from il2desk.dosing.schedule import Schedule, plan_doses
from il2desk.dosing.second_engine import second_answer
from il2desk.dosing.writing import (
    plain,
    write_clock,
    write_date,
    write_dose,
    write_number,
    write_units,
)


def answered(request: DoseRequest) -> Dose | None:
    answer = derive_dose(request)
    assert isinstance(answer, (Dose, Refusal))
    if isinstance(answer, Dose):
        return answer
    assert answer.code
    assert answer.reasons
    assert all(reason.endswith((".", ")")) for reason in answer.reasons), answer
    return None


# Limits.


@share(2)
@given(st.data())
def test_never_above_a_stated_cap_exact_or_prepared(requests, data):
    request = data.draw(requests)
    caps = data.draw(SOME_CAPS)
    dose = answered(replace(request, protocol=replace(request.protocol, caps=caps)))
    if dose is not None:
        least = min(cap.limit_iu for cap in caps)
        assert dose.exact_dose_iu <= least
        assert dose.prepared_dose_iu <= least


@share(2)
@given(st.data())
def test_a_cap_only_lowers(requests, data):
    request = data.draw(requests)
    without = answered(replace(request, protocol=replace(request.protocol, caps=())))
    with_caps = answered(request)
    if without is not None and with_caps is not None:
        limits = [cap.limit_iu for cap in request.protocol.caps]
        assert with_caps.exact_dose_iu == min([without.exact_dose_iu, *limits])


@share(2)
@given(st.data())
def test_the_order_of_caps_changes_no_number(requests, data):
    request = data.draw(requests)
    caps = data.draw(CAPS)
    one, other = (
        answered(replace(request, protocol=replace(request.protocol, caps=order)))
        for order in (caps, caps[::-1])
    )
    assert (one is None) is (other is None)
    if one is not None and other is not None:
        changed = {"request", "working"}
        for name in {field.name for field in fields(Dose)} - changed:
            assert getattr(one, name) == getattr(other, name), name
        assert sorted(step.text for step in one.working) == sorted(s.text for s in other.working)


# Rounding.


def nearest_by_whole_numbers(quotient: Fraction, step: Fraction) -> Fraction:
    """The multiple of the step nearest to a quotient from zero up, by whole numbers; a tie goes up."""
    over, under = (quotient / step).as_integer_ratio()
    whole, rest = divmod(over, under)
    return (whole + (1 if 2 * rest >= under else 0)) * step


@given(
    st.integers(0, 10**14),
    st.integers(1, 10**9),
    st.sampled_from(["1", "0.1", "0.01", "0.001", "0.02", "0.05", "0.3", "10"]),
)
@example(125, 1000, "0.01")
@example(1, 2, "1")
@example(3, 2, "1")
@example(5, 2, "1")
def test_half_up_and_no_other_rounding(over, under, step):
    near = nearest_by_whole_numbers(Fraction(over, under), Fraction(step))
    assert Fraction(half_up(Decimal(over), Decimal(under), Decimal(step))) == near
    assert Fraction(half_up(Decimal(-over), Decimal(under), Decimal(step))) == -near


TIES = st.builds(
    lambda whole, places: (Fraction(2 * whole + 1, 2 * 10**places), places),
    st.integers(-(10**9), 10**9),
    st.integers(0, 8),
)


@given(TIES)
def test_a_tie_goes_away_from_zero(tie):
    value, places = tie
    away = (abs(value) + Fraction(1, 2 * 10**places)) * (1 if value > 0 else -1)
    assert Fraction(rounded(value, places)) == away
    assert Fraction(
        half_up(*map(Decimal, value.as_integer_ratio()), Decimal(1).scaleb(-places))
    ) == (away)


@given(st.fractions(max_denominator=10**9), st.integers(0, 8))
def test_rounded_to_places_is_half_up_too(value, places):
    near = nearest_by_whole_numbers(abs(value), Fraction(1, 10**places))
    assert Fraction(rounded(value, places)) == (near if value >= 0 else -near)


@share(2)
@given(st.data())
def test_the_prepared_volume_is_the_nearest_mark_and_the_deviation_is_its_own(requests, data):
    dose = answered(data.draw(requests))
    if dose is None:
        return
    step = Fraction(dose.measure_step_ml)
    near = nearest_by_whole_numbers(dose.exact_volume_ml, step)
    assert Fraction(dose.prepared_volume_ml) == near
    assert abs(near - dose.exact_volume_ml) * 2 <= step
    strength = Fraction(dose.request.product.strength_iu_per_ml.value)
    assert Fraction(dose.prepared_dose_iu) == near * strength
    off = (Fraction(dose.prepared_dose_iu) / Fraction(dose.exact_dose_iu) - 1) * 100
    assert dose.deviation_percent == off
    assert abs(off) <= Fraction(dose.request.protocol.tolerance_percent)


# Weight and dose.


@st.composite
def by_weight(draw, ask, make_protocol, make_regimen) -> DoseRequest:
    """A request that is answered at nearly every weight: per kg or m2, with caps or none."""
    basis = draw(st.sampled_from([Basis.KG, Basis.KG, Basis.M2]))
    dose = draw(st.sampled_from(["600000", "72000"]) if basis is Basis.KG else DOSES[basis])
    plan = make_regimen(dose, basis=basis)
    high = st.integers(60_000_000, 150_000_000).map(lambda iu: Cap("cap", Decimal(iu), HERE))
    caps = draw(st.sampled_from([(), (), (draw(high),)]))
    request = ask(
        make_protocol("p", plan, caps=caps),
        vial_rule=draw(st.sampled_from(["withdrawable", "content"])),
        measure_step_ml=draw(st.sampled_from(["0.001", "0.01", "0.05", "0.1"])),
    )
    return replace(request, height_cm=Decimal(170) if basis is Basis.M2 else None)


@times(3)
@given(st.data(), st.tuples(WEIGHTS, WEIGHTS).map(sorted))
def test_neither_the_dose_nor_its_volume_nor_the_vials_fall_with_the_weight(
    ask, make_protocol, make_regimen, data, pair
):
    request = data.draw(by_weight(ask, make_protocol, make_regimen))
    light, heavy = (answered(replace(request, weight_kg=kg)) for kg in pair)
    if light is not None and heavy is not None:
        assert light.exact_dose_iu <= heavy.exact_dose_iu
        assert light.prepared_volume_ml <= heavy.prepared_volume_ml
        assert light.prepared_dose_iu <= heavy.prepared_dose_iu
        assert light.vials <= heavy.vials


@share(2)
@given(st.data(), WEIGHTS, WEIGHTS)
def test_the_exact_dose_of_any_request_never_falls_with_the_weight(requests, data, one, other):
    request = data.draw(requests)
    if request.weight_kg is None:
        return
    light, heavy = (answered(replace(request, weight_kg=kg)) for kg in sorted((one, other)))
    if light is not None and heavy is not None:
        assert light.exact_dose_iu <= heavy.exact_dose_iu


@given(WEIGHTS, st.sampled_from(["npc-bolus", "proleukin-us", "nci-720k"]))
def test_an_uncapped_dose_per_kg_is_in_proportion(ask, kg, name):
    dose = answered(replace(ask(name), weight_kg=kg))
    if dose is not None:
        per_kg = dose.request.protocol.regimens[0].dose.value
        assert Fraction(dose.exact_dose_iu) == Fraction(per_kg) * Fraction(kg)


@share(2)
@given(st.data())
def test_what_lies_in_the_vials_is_enough_and_a_vial_fewer_is_not(requests, data):
    dose = answered(data.draw(requests))
    if dose is None or dose.vial_rule != "withdrawable":
        return
    drawn = Fraction(dose.request.product.withdrawable_ml.value)
    assert (dose.vials - 1) * drawn < Fraction(dose.prepared_volume_ml) <= dose.vials * drawn
    assert dose.left_over_ml == dose.vials * drawn - Fraction(dose.prepared_volume_ml)


@share(2)
@given(st.data())
def test_inside_the_window_is_what_the_concentration_says(requests, data):
    dose = answered(data.draw(requests))
    if dose is None or dose.dilution.final_concentration is None:
        return
    reached, total = dose.dilution.final_concentration, dose.dilution.total_volume_ml
    low, high = dose.request.product.window_mcg_per_ml.value
    assert dose.dilution.in_window is (low <= reached <= high)
    assert total >= dose.prepared_volume_ml
    codes = {finding.code for finding in dose.findings}
    assert ("outside-window" in codes) is not dose.dilution.in_window


# Both engines, and no exception.


NONSENSE = {
    **dict.fromkeys(("arm", "vial_rule"), ANY_TEXT),
    **dict.fromkeys(("cycle", "day", "month"), ANY_COUNT),
    **dict.fromkeys(("weight_kg", "height_cm", "bsa_m2", "measure_step_ml"), ANY_DECIMAL),
    **dict.fromkeys(("previous_weight_kg", "ordered_dose_iu"), ANY_DECIMAL),
}


@st.composite
def of_shipped(draw, shipped, wild: int = 0) -> DoseRequest:
    """A request that a shipped protocol can answer, with nonsense in at most `wild` of its fields."""
    bundle = shipped.bundle_for(draw(st.sampled_from(shipped.ids())))
    arm = draw(st.sampled_from(bundle.protocol.arms or (None,)))
    regimen = next(one for one in bundle.protocol.regimens if one.arm == arm)
    days = regimen.days.value if regimen.days else (1, 2, 3)
    sensible = {
        "arm": arm,
        "cycle": draw(st.none() | st.integers(1, 12)),
        "day": draw(st.sampled_from(days) | st.integers(1, 100)),
        "month": draw(st.integers(1, 24)),
        "weight_kg": draw(WEIGHTS),
        "height_cm": draw(marks("40", "230", 10)),
        "measure_step_ml": draw(st.sampled_from([None, "0.01", "0.001"]).map(
            lambda step: None if step is None else Decimal(step))),
        "vial_rule": draw(st.sampled_from([None, "withdrawable", "content"])),
    }  # fmt: skip
    names = draw(st.sets(st.sampled_from(sorted(NONSENSE)), max_size=wild)) if wild else ()
    asked = {**sensible, **{name: draw(NONSENSE[name]) for name in sorted(names)}}
    return DoseRequest(
        bundle.protocol, bundle.product, companion_products=bundle.companion_products, **asked
    )


def hold_against_each_other(request: DoseRequest) -> Dose | None:
    first, second = answered(request), second_answer(request)
    if first is None:
        assert second is None
    else:
        assert second is not None
        assert differences(first, second) == ()
    return first


@share(2)
@given(st.data())
def test_both_engines_agree_on_every_shipped_protocol(shipped, data):
    hold_against_each_other(data.draw(of_shipped(shipped)))


@share(2)
@given(st.data())
def test_nonsense_in_any_field_is_refused_by_both_engines(shipped, data):
    hold_against_each_other(data.draw(of_shipped(shipped, wild=2)))


NO_NUMBERS = ("NaN", "sNaN", "Infinity", "-Infinity", "1E+9999", "1E-9999", "-1E+400", "-1", "0",
              "-0", "9" * 90, "0." + "1" * 60, "70." + "0" * 30 + "1")  # fmt: skip


@pytest.mark.parametrize(
    "field",
    [
        "weight_kg",
        "height_cm",
        "bsa_m2",
        "measure_step_ml",
        "previous_weight_kg",
        "ordered_dose_iu",
    ],
)
@pytest.mark.parametrize("basis", Basis)
def test_each_number_that_is_none_is_refused_in_each_field(
    ask, make_protocol, make_regimen, basis, field
):
    """Without chance: each of them in each field, for each basis, by both engines."""
    dose = {Basis.KG: "72000", Basis.M2: "9000000", Basis.FLAT: "18000000"}[basis]
    request = ask(
        make_protocol("p", make_regimen(dose, basis=basis)), weight_kg="70", height_cm="175"
    )
    assert hold_against_each_other(request) is not None
    for number in NO_NUMBERS:
        asked = replace(request, **{field: Decimal(number)})
        assert hold_against_each_other(asked) is None, (field, number)


@pytest.mark.prove
@pytest.mark.timeout(600)
def test_both_engines_agree_on_every_day_of_every_shipped_protocol(shipped):
    """Every arm, every day to 100, months and cycles to 12, at weights and heights across the range."""
    doses = 0
    for protocol in shipped.protocols():
        bundle = shipped.bundle_for(protocol.id)
        for arm in protocol.arms or (None,):
            for day in (None, *range(1, 101)):
                for kg, cm in (("45.5", "160"), ("70", "175"), ("102.35", "190.5")):
                    request = DoseRequest(
                        bundle.protocol, bundle.product, arm, 1, day, 1, Decimal(kg), Decimal(cm),
                        companion_products=bundle.companion_products,
                    )  # fmt: skip
                    doses += hold_against_each_other(request) is not None
            for count in range(1, 13):
                request = DoseRequest(
                    bundle.protocol, bundle.product, arm, count, None, count, Decimal(70),
                    Decimal(175), companion_products=bundle.companion_products,
                )  # fmt: skip
                doses += hold_against_each_other(request) is not None
    assert doses > 1500


@share(2)
@given(st.data())
def test_a_derivation_changes_nothing_and_answers_the_same(requests, data):
    request = data.draw(requests)
    before = copy.deepcopy(request)
    first, second = derive_dose(request), derive_dose(request)
    assert first == second
    assert request == before


@given(
    st.sampled_from(["npc-bolus", "yang-2003"]),
    ANY_TEXT,
    st.datetimes(),
    st.sampled_from(["elapsed", "clock", "", "solar"]),
    st.sampled_from([None, 0, 1]),
)
def test_any_start_is_planned_or_refused(protocols, name, arm, start, policy, fold):
    minute = start.replace(second=0, microsecond=0)
    answer = plan_doses(protocols[name], arm, minute, UTC, policy, fold)
    assert isinstance(answer, (Schedule, Refusal))


# What is written is read again.


@given(marks("0", "999999999", 1000))
def test_a_written_number_is_the_number(value):
    assert Decimal(write_number(value).replace(",", "")) == value
    assert Decimal(plain(value)) == value


@given(st.integers(1, 999_999_999).map(Decimal))
def test_a_written_dose_is_the_dose(units):
    text = write_dose(units).replace("\u00a0", " ")
    number, _, unit = text.partition(" ")
    factor = {"million international units": 10**6, "international units": 1}[unit]
    assert Decimal(number.replace(",", "")) * factor == units
    assert write_units(units).split("\u00a0")[0].replace(",", "") == str(units)
    assert parse_number(plain(units), DOSE_UNITS) == units


@given(WEIGHTS)
def test_a_written_weight_is_typed_again(kg):
    for text in (plain(kg), plain(kg).replace(".", ",")):
        assert parse_number(text, WEIGHT_KG) == kg


@given(st.dates(), st.times())
def test_written_dates_and_times_are_typed_again(day, moment):
    minute = moment.replace(second=0, microsecond=0, tzinfo=None, fold=0)
    assert parse_date(write_date(day)) == day
    assert parse_clock(write_clock(minute)) == minute
    local = datetime.combine(day, minute)
    assert parse_local(local.isoformat(timespec="minutes")) == local


FIELDS = [
    NumberField("number", "kg", Decimal(-50), Decimal(1000), decimals, signed)
    for decimals in (0, 2, 3)
    for signed in (True, False)
]


@given(st.text(max_size=20), st.sampled_from(FIELDS))
def test_any_text_is_understood_or_refused(text, field):
    for answer in (
        parse_number(text, field),
        parse_clock(text),
        parse_date(text),
        parse_local(text),
    ):
        assert isinstance(answer, (Refusal, Decimal, date, time))
        if isinstance(answer, Refusal):
            assert answer.text.endswith(".")


# The check before a dose.


def values_of(code: str) -> st.SearchStrategy[object]:
    entry = FINDING_CODES[code]
    if entry.number is not None:
        field = entry.number
        scale = 10**field.decimals
        return marks(str(field.minimum), str(field.maximum), scale)
    if entry.kind == "flag":
        return st.booleans()
    if entry.kind == "words":
        return st.lists(st.sampled_from(entry.words), unique=True).map(tuple)
    return st.sampled_from(entry.words)


VALUES = {code: values_of(code) for code in FINDING_CODES}


@st.composite
def findings_of(draw, codes=None) -> dict[str, object]:
    drawn = draw(st.sets(st.sampled_from(codes or sorted(FINDING_CODES)), max_size=14))
    # One value a quantity: no creatinine in two units.
    kept = [code for code in sorted(drawn) if FINDING_CODES[code].counts_as not in drawn]
    return {code: draw(VALUES[code]) for code in kept}


def verdict_of(rules, others, values, weight=None, **more):
    found = tuple(Found(code, value) for code, value in values.items())
    return assess(AssessmentRequest(rules, found, others, weight, **more))


SETS = ["jitc-2014", "springerplus-2015", "til-2024", "us-label-2023"]


@pytest.fixture(scope="session")
def sets(shipped):
    return {id_: shipped.rule_set(id_) for id_ in SETS}


@share(2)
@given(st.sampled_from(SETS), findings_of(), st.none() | WEIGHTS, st.data())
def test_a_further_finding_never_takes_a_stop_or_a_hold_away(sets, name, values, kg, data):
    """Rows are met by what was found; another value can meet more rows, never fewer."""
    others = tuple(one for id_, one in sets.items() if id_ != name)
    before = verdict_of(sets[name], others, values, kg)
    free = [
        code
        for code in sorted(FINDING_CODES)
        if code not in values
        and FINDING_CODES[code].counts_as not in values
        and not any(FINDING_CODES[one].counts_as == code for one in values)
    ]
    code = data.draw(st.sampled_from(free))
    after = verdict_of(sets[name], others, {**values, code: data.draw(VALUES[code])}, kg)
    if before.verdict is Verdict.STOP:
        assert after.verdict is Verdict.STOP
        assert (before.scope, after.scope) != ("for good", "this cycle")
    if before.verdict is Verdict.HOLD:
        assert after.verdict in (Verdict.STOP, Verdict.HOLD)


@share(2)
@given(st.sampled_from(SETS), findings_of(), st.none() | WEIGHTS)
def test_go_means_that_nothing_is_open(sets, name, values, kg):
    others = tuple(one for id_, one in sets.items() if id_ != name)
    answer = verdict_of(sets[name], others, values, kg)
    if answer.verdict is Verdict.GO:
        assert answer.missing == answer.not_judged == answer.gaps == answer.held_by == ()
        assert answer.relative == answer.absolute == 0
        assert set(sets[name].required) <= {FINDING_CODES[c].counts_as or c for c in values}
    assert (answer.verdict is Verdict.STOP) is (answer.scope is not None)
    assert answer.sentence.startswith(answer.verdict.value)


@share(2)
@given(st.sampled_from(SETS), st.data())
def test_without_one_of_its_values_a_set_never_says_go(sets, name, data):
    rules = sets[name]
    codes = [c for c in sorted(FINDING_CODES) if FINDING_CODES[c].counts_as is None]
    values = data.draw(findings_of(codes))
    lost = data.draw(st.sampled_from(rules.required))
    values.pop(lost, None)
    assert verdict_of(rules, (), values, Decimal(70)).verdict is not Verdict.GO


@share(2)
@given(st.sampled_from(SETS), findings_of(), st.integers(0, 200))
def test_age_only_takes_go_away(sets, name, values, minutes):
    at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    found = tuple(
        Found(code, value, at - timedelta(minutes=minutes)) for code, value in values.items()
    )
    request = AssessmentRequest(sets[name], found, weight_kg=Decimal(70))
    ages = {code: Decimal(2) for code in FINDING_CODES}
    fresh, judged = assess(request), assess(replace(request, at=at, max_age_h=ages))
    if minutes <= 120:
        assert judged.verdict is fresh.verdict
    else:
        assert judged.verdict is not Verdict.GO
        if fresh.verdict in (Verdict.STOP, Verdict.HOLD):
            assert judged.verdict is fresh.verdict


@share(2)
@given(st.sampled_from(SETS), findings_of(), st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(sets, name, values, chance):
    mixed = list(values.items())
    chance.shuffle(mixed)
    one, other = (verdict_of(sets[name], (), dict(v), Decimal(70)) for v in (values, mixed))
    assert one == replace(other, too_old=one.too_old)
