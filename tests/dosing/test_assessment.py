"""The check before a dose: each verdict, its reasons and its sentence, on rule sets made here."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from il2desk.dosing.assessment import AssessmentRequest, assess
from il2desk.dosing.assessment_rows import unjudged_rows
from il2desk.dosing.assessment_values import (
    Assessment,
    CriterionResult,
    Found,
    Unjudged,
    Verdict,
)
from il2desk.dosing.findings import Evidence, Gap, Source
from il2desk.dosing.rule_set import Bounds, Condition, Criterion, RuleSet, ShownRow

HERE = Source("the paper", "table 3", Evidence.PAPER)
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def row(
    name: str, kind: str, *conditions: Condition, scope: str | None = None, **more
) -> Criterion:
    return Criterion(name, kind, conditions, scope, HERE, **more)


HEART = row("heart", "relative", Condition("heart_rate", Bounds(from_=Decimal(100))))
SPO2 = row(
    "spo2",
    "withhold",
    Condition("spo2", Bounds(below=Decimal(90))),
    until=(Condition("spo2", Bounds(above=Decimal(90))),),
)
NEURO = row("neuro", "withhold", Condition("neuro", any_word=True), until=(Condition("neuro"),))
URINE = row("urine", "relative", Condition("urine_8h", Bounds(below=Decimal(4), per_kg=True)))
BLOOD = row(
    "blood",
    "relative",
    Condition("bleeding", words=("occult",)),
    Condition("stool_occult_test", words=("positive",)),
)
TUBE = row("tube", "absolute", Condition("intubated", is_true=True), scope="this cycle")
COMA = row("coma", "permanent", Condition("tamponade", is_true=True), scope="for good")


def rules(*criteria: Criterion, **more) -> RuleSet:
    plain = RuleSet(
        id="ours",
        title="Ours",
        version="1",
        status="active",
        criteria=criteria,
        required=tuple(c.conditions[0].code for c in criteria),
        stop_from_relative=None,
        action_on_hold="Correct it and look again.",
        gaps=(),
        source=HERE,
        fingerprint="sha256:0",
    )
    return replace(plain, **more)


def found(**values) -> tuple[Found, ...]:
    return tuple(
        Found(code, Decimal(v) if isinstance(v, (int, float)) and v is not True and v is not False
              else v)
        for code, v in values.items()
    )  # fmt: skip


def answer(rule_set: RuleSet, *, weight: str | None = None, **values) -> Assessment:
    kg = None if weight is None else Decimal(weight)
    return assess(AssessmentRequest(rule_set, found(**values), weight_kg=kg))


def said(assessment: Assessment) -> str:
    return assessment.sentence.replace("\u00a0", " ")


def test_go_needs_every_value_and_no_row():
    assessment = answer(rules(HEART, TUBE), heart_rate=99, intubated=False)
    assert assessment == Assessment(
        rule_set="ours",
        verdict=Verdict.GO,
        scope=None,
        criteria=(
            CriterionResult("heart", "heart_rate", "100\u00a0per\u00a0min or more",
                            "99\u00a0per\u00a0min", "relative", "not met", HERE.cite()),
            CriterionResult("tube", "intubated", "yes", "no", "absolute", "not met", HERE.cite()),
        ),
        relative=0,
        absolute=0,
        missing=(),
        too_old=(),
        not_judged=(),
        unjudged=(),
        left_to_team=(),
        gaps=(),
        held_by=(),
        required=2,
        sentence="GO. No hold or stop criterion met (2 of 2 assessed). The decision stays with "
        "the treating team.",
    )  # fmt: skip


def test_hold_by_one_relative_row():
    assessment = answer(rules(HEART, TUBE), heart_rate=100, intubated=False)
    assert assessment.verdict is Verdict.HOLD
    assert assessment.scope is None
    assert (assessment.relative, assessment.absolute) == (1, 0)
    assert assessment.held_by == ("heart",)
    assert [one.result for one in assessment.criteria] == ["met", "not met"]
    assert said(assessment) == "HOLD: heart rate at dosing. Correct it and look again."


def test_hold_shows_while_values_are_missing():
    assessment = answer(rules(HEART, TUBE, BLOOD), heart_rate=120)
    assert assessment.verdict is Verdict.HOLD
    assert assessment.missing == ("intubated", "bleeding")
    assert [one.result for one in assessment.criteria] == ["met", "missing", "missing"]
    assert said(assessment) == (
        "HOLD: heart rate at dosing. Correct it and look again. 2 of 3 values are missing or too "
        "old: intubated, bleeding."
    )


def test_a_hold_without_words_of_its_source_ends_without_a_blank():
    assessment = answer(rules(HEART, action_on_hold=""), heart_rate=120)
    assert assessment.sentence == "HOLD: heart rate at dosing."


def test_stop_outweighs_hold_and_names_both_rows():
    assessment = answer(rules(HEART, TUBE), heart_rate=100, intubated=True)
    assert assessment.verdict is Verdict.STOP
    assert assessment.scope == "this cycle"
    assert (assessment.relative, assessment.absolute) == (1, 1)
    assert assessment.held_by == ("heart",)
    assert said(assessment) == (
        "STOP this cycle: heart rate at dosing, intubated. Preparation is blocked. Recording a "
        "given dose stays possible."
    )


def test_stop_for_good_outweighs_stop_this_cycle():
    both = answer(rules(TUBE, COMA), intubated=True, tamponade=True)
    assert (both.verdict, both.scope) == (Verdict.STOP, "for good")
    assert said(both).startswith("STOP for good: intubated, cardiac tamponade.")
    cycle = answer(rules(TUBE, COMA), intubated=True, tamponade=False)
    assert (cycle.verdict, cycle.scope) == (Verdict.STOP, "this cycle")


def test_a_scope_of_a_row_that_only_holds_stops_nothing_for_good():
    hold = row("hold", "withhold", Condition("tamponade", is_true=True), scope="for good")
    assessment = answer(rules(TUBE, hold), intubated=True, tamponade=True)
    assert assessment.scope == "this cycle"


@pytest.mark.parametrize(
    ("limit", "verdict"), [(None, Verdict.HOLD), (2, Verdict.STOP), (3, Verdict.HOLD)]
)
def test_relative_rows_together_stop_from_their_number(limit, verdict):
    sets = rules(HEART, BLOOD, TUBE, stop_from_relative=limit)
    assessment = answer(sets, heart_rate=100, bleeding="occult", intubated=False)
    assert (assessment.verdict, assessment.relative) == (verdict, 2)
    assert assessment.scope == ("this cycle" if verdict is Verdict.STOP else None)


def test_several_conditions_are_one_criterion():
    for values in (
        {"bleeding": "occult", "stool_occult_test": "negative"},
        {"bleeding": "none", "stool_occult_test": "positive"},
        {"bleeding": "occult", "stool_occult_test": "positive"},
    ):
        assessment = answer(rules(BLOOD), **values)
        assert (assessment.verdict, assessment.relative) == (Verdict.HOLD, 1)
    (line,) = assessment.criteria
    assert line.code == "bleeding / stool_occult_test"
    assert line.limit == "bleeding: occult or stool test for occult blood: positive"
    assert line.value == "bleeding: occult; stool test for occult blood: positive"
    assert said(assessment).startswith("HOLD: bleeding / stool test for occult blood. ")


def test_one_value_of_a_criterion_is_enough_to_look_at_it():
    assessment = answer(rules(BLOOD), bleeding="none")
    (line,) = assessment.criteria
    named = "bleeding: none; stool test for occult blood: not assessed"
    assert (line.result, line.value) == ("not met", named)
    assert assessment.verdict is Verdict.GO
    assert "Not required" not in assessment.sentence


@pytest.mark.parametrize(
    ("required", "result"),
    [(("heart_rate",), "not assessed"), (("heart_rate", "stool_occult_test"), "missing"),
     (("heart_rate", "bleeding"), "missing")],
)  # fmt: skip
def test_a_row_without_a_value_is_missing_only_where_the_set_requires_one(required, result):
    assessment = answer(rules(HEART, BLOOD, TUBE, required=required), heart_rate=90)
    blood, tube = assessment.criteria[1:]
    assert (blood.result, blood.value) == (result, "")
    assert (tube.result, tube.value) == ("not assessed", "")
    assert assessment.verdict is (
        Verdict.CANNOT_ASSESS if "missing" in (blood.result, tube.result) else Verdict.GO
    )


def test_go_says_how_many_rows_it_does_not_rest_on():
    assessment = answer(rules(HEART, BLOOD, TUBE, required=("heart_rate",)), heart_rate=90)
    assert said(assessment) == (
        "GO. No hold or stop criterion met (1 of 1 assessed). Not required and not assessed: 2 of "
        "3 rows. The decision stays with the treating team."
    )


def test_go_names_a_value_past_its_age_that_is_not_required():
    old = NOW - timedelta(hours=3)
    request = AssessmentRequest(
        rules(HEART, SPO2, URINE, TUBE, required=("heart_rate",)),
        (Found("heart_rate", Decimal(90), NOW), Found("spo2", Decimal(95), old),
         Found("urine_8h", Decimal(500), old)),
        weight_kg=Decimal(70),
        at=NOW,
        max_age_h={"spo2": Decimal(2), "urine_8h": Decimal(2)},
    )  # fmt: skip
    assert said(assess(request)) == (
        "GO. No hold or stop criterion met (1 of 1 assessed). Not required and not assessed: 1 of "
        "4 rows. Not required and too old: oxygen saturation, urine in the last 8 hours. The decision "
        "stays with the treating team."
    )


FEVER = "Not judged by this set: temperature 40.5 °C. Judge it by protocol."


@pytest.mark.parametrize(
    ("heart_rate", "opening"),
    [
        (90, "GO. No hold or stop criterion met (1 of 1 assessed). "),
        (100, "HOLD: heart rate at dosing. Correct it and look again. "),
        (None, "CANNOT ASSESS. 1 of 1 values are missing or too old: heart rate at dosing. "),
    ],
)
def test_a_number_without_a_row_is_named_at_every_verdict_that_may_lead_to_a_dose(
    heart_rate, opening
):
    values = {} if heart_rate is None else {"heart_rate": heart_rate}
    assessment = answer(rules(HEART), temperature=40.5, **values)
    assert said(assessment).startswith(opening + FEVER)
    assert assessment.unjudged == (Unjudged("temperature", "40.5\u00a0°C", elsewhere=False),)
    assert assessment.not_judged == ()


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("required", [(), ("heart_rate",)])
def test_what_is_no_number_is_named_and_never_go(value, required):
    """Such a value comes from no field; it must not read as normal, as missing only, or end a hold."""
    only_supplied = replace(rules(HEART), required=required)
    assessment = answer(only_supplied, heart_rate=Decimal(value))
    assert assessment.verdict is Verdict.CANNOT_ASSESS
    assert ("heart_rate", "it is no number") in assessment.not_judged
    assert assessment.missing == required


def test_what_is_no_number_hides_no_other_value():
    assessment = answer(rules(HEART), temperature=Decimal("NaN"), heart_rate=200)
    assert assessment.relative == 1
    assert ("temperature", "it is no number") in assessment.not_judged


def test_several_numbers_without_a_row_are_all_named():
    assessment = answer(rules(HEART), heart_rate=90, temperature=40.5, spo2=95)
    assert (
        "Not judged by this set: oxygen saturation 95 percent; temperature 40.5 °C. Judge them by "
        "protocol."
    ) in said(assessment)


def test_a_number_left_to_the_team_is_shown_there():
    request = AssessmentRequest(
        rules(HEART), found(heart_rate=90, temperature=38, spo2=95), left_to_team=("temperature",)
    )
    assessment = assess(request)
    assert assessment.left_to_team == ("temperature",)
    assert [one.code for one in assessment.unjudged] == ["spo2"]


def test_a_number_at_which_another_set_would_act_is_named_once():
    request = AssessmentRequest(
        rules(HEART), found(heart_rate=90, spo2=80), (rules(SPO2, id="theirs"),)
    )
    assessment = assess(request)
    assert assessment.not_judged == (("spo2", "theirs would hold or stop"),)
    assert assessment.unjudged == ()


def test_a_limit_per_kg_of_another_set_without_a_weight_is_never_go():
    request = AssessmentRequest(
        rules(HEART), found(heart_rate=90, urine_8h=100), (rules(URINE, id="theirs"),)
    )
    assert assess(request).verdict is Verdict.CANNOT_ASSESS
    assert assess(replace(request, weight_kg=Decimal(20))).verdict is Verdict.GO


def test_rows_of_numbers_without_a_limit_say_so():
    assert unjudged_rows((Unjudged("spo2", "95 percent", elsewhere=True),)) == (
        CriterionResult("spo2", "spo2", "no limit in this set", "95 percent", "not judged",
                        "not judged", ""),
    )  # fmt: skip


def test_two_conditions_of_one_code_are_named_once():
    twice = row("rate", "relative",
                Condition("heart_rate", Bounds(below=Decimal(40))),
                Condition("heart_rate", Bounds(above=Decimal(130))))  # fmt: skip
    (line,) = answer(rules(twice), heart_rate=131).criteria
    assert line.code == "heart_rate"
    assert line.result == "met"


def test_a_missing_value_is_never_go():
    assessment = answer(rules(HEART, TUBE), intubated=False)
    assert (assessment.verdict, assessment.missing) == (Verdict.CANNOT_ASSESS, ("heart_rate",))
    assert assessment.criteria[0].value == ""
    assert said(assessment) == (
        "CANNOT ASSESS. 1 of 2 values are missing or too old: heart rate at dosing."
    )


def test_a_limit_per_kg_without_a_weight_is_never_go():
    assessment = answer(rules(URINE), urine_8h=500)
    assert assessment.verdict is Verdict.CANNOT_ASSESS
    assert assessment.criteria[0].result == "no weight"
    assert said(assessment) == ("CANNOT ASSESS. A limit goes per kg and no dosing weight is known.")
    assert answer(rules(URINE), weight="70", urine_8h=280).verdict is Verdict.GO
    low = answer(rules(URINE), weight="70", urine_8h=279)
    assert low.verdict is Verdict.HOLD
    limit = "below 4 mL per kg (280 mL at 70 kg)"
    assert low.criteria[0].limit.replace("\u00a0", " ") == limit
    both = row("urine", "relative", *URINE.conditions, Condition("intubated", is_true=True))
    (line,) = answer(rules(both), weight="70", urine_8h=500).criteria
    said_limit = line.limit.replace("\u00a0", " ")
    assert said_limit == f"urine in the last 8 hours: {limit} or intubated: yes"


def test_other_sets_judge_by_the_weight_too():
    request = AssessmentRequest(
        rules(HEART), found(heart_rate=90, urine_8h=279), (rules(URINE, id="theirs"),), Decimal(70)
    )
    assert assess(request).not_judged == (("urine_8h", "theirs would hold or stop"),)


def test_an_earlier_hold_that_ends_at_a_limit_per_kg():
    ends = replace(URINE, until=(Condition("urine_8h", Bounds(from_=Decimal(5), per_kg=True)),))
    for urine, verdict in ((349, Verdict.HOLD), (350, Verdict.GO)):
        request = AssessmentRequest(
            rules(ends), found(urine_8h=urine), weight_kg=Decimal(70), earlier_holds=("urine",)
        )
        assert assess(request).verdict is verdict


def test_a_row_that_is_met_anyway_needs_no_weight():
    either = row("urine", "relative", *URINE.conditions, Condition("intubated", is_true=True))
    assessment = answer(rules(either), urine_8h=500, intubated=True)
    assert (assessment.verdict, assessment.criteria[0].result) == (Verdict.HOLD, "met")


def test_a_gap_of_the_rule_set_is_never_go():
    gap = Gap("criteria.renal", "the renal row", "the label", "the site", ("verdict",))
    assessment = answer(rules(HEART, gaps=(gap, replace(gap, name="the skin row"))), heart_rate=90)
    assert assessment.verdict is Verdict.CANNOT_ASSESS
    assert assessment.gaps == ("the renal row", "the skin row")
    assert said(assessment) == "CANNOT ASSESS. Gaps of the rule set: the renal row; the skin row."


def test_a_finding_that_is_not_judged_is_never_go():
    others = (rules(TUBE, id="theirs"),)
    request = AssessmentRequest(
        rules(HEART), found(heart_rate=90, intubated=True, skin="bullous"), others
    )
    assessment = assess(request)
    assert assessment.verdict is Verdict.CANNOT_ASSESS
    assert assessment.not_judged == (
        ("intubated", "theirs would hold or stop"),
        ("skin", "not normal, and no set has a row for it"),
    )
    assert said(assessment) == (
        "CANNOT ASSESS. This rule set does not judge: intubated (theirs would hold or stop); skin "
        "(not normal, and no set has a row for it)."
    )
    left = assess(replace(request, left_to_team=("skin", "intubated", "rales")))
    assert (left.verdict, left.not_judged) == (Verdict.GO, ())
    assert left.left_to_team == ("intubated", "skin")
    some = assess(replace(request, left_to_team=("skin",)))
    assert some.verdict is Verdict.CANNOT_ASSESS
    assert [code for code, _ in some.not_judged] == ["intubated"]
    assert some.left_to_team == ("skin",)


def test_every_reason_is_in_the_sentence():
    gap = Gap("criteria.renal", "the renal row", "the label", "the site", ("verdict",))
    assessment = answer(rules(HEART, URINE, gaps=(gap,)), urine_8h=500, skin="bullous")
    assert said(assessment) == (
        "CANNOT ASSESS. 1 of 2 values are missing or too old: heart rate at dosing. A limit goes "
        "per kg and no dosing weight is known. This rule set does not judge: skin (not normal, and "
        "no set has a row for it). Gaps of the rule set: the renal row."
    )


def aged(hours: str | None, **more) -> Assessment:
    """A heart rate measured so many hours ago, two hours being allowed."""
    when = None if hours is None else NOW - timedelta(minutes=int(Decimal(hours) * 60))
    request = AssessmentRequest(
        rules(HEART, TUBE),
        (Found("heart_rate", Decimal(90), when), Found("intubated", value=False)),
        at=NOW,
        max_age_h={"heart_rate": Decimal(2)},
    )
    return assess(replace(request, **more))


@pytest.mark.parametrize(
    ("hours", "old"), [("0", False), ("2", False), ("2.02", True), ("3", True), (None, True)]
)
def test_a_value_is_good_for_its_hours(hours, old):
    assessment = aged(hours)
    assert (assessment.verdict is Verdict.CANNOT_ASSESS) is old
    assert assessment.too_old == (("heart_rate",) if old else ())
    assert assessment.criteria[0].result == ("too old" if old else "not met")
    assert assessment.missing == ()
    if old:
        assert "1 of 2 values are missing or too old: heart rate at dosing." in said(assessment)


def test_a_code_without_an_age_limit_hides_no_old_one():
    old = NOW - timedelta(hours=3)
    request = AssessmentRequest(
        rules(HEART, TUBE),
        (Found("intubated", value=False, measured_at=old), Found("heart_rate", Decimal(90), old)),
        at=NOW,
        max_age_h={"heart_rate": Decimal(2)},
    )
    assert assess(request).too_old == ("heart_rate",)


HELD = row(
    "held", "absolute", Condition("doses_held", Bounds(from_=Decimal(3))), scope="this cycle"
)


@pytest.mark.parametrize(
    ("held", "required", "verdict", "old"),
    [
        (2, ("heart_rate", "doses_held"), Verdict.CANNOT_ASSESS, ("doses_held",)),
        (3, ("heart_rate", "doses_held"), Verdict.STOP, ("doses_held",)),
        (2, ("heart_rate",), Verdict.GO, ()),
        (None, ("heart_rate", "doses_held"), Verdict.CANNOT_ASSESS, ()),
    ],
)
def test_a_count_that_may_still_grow_stops_and_is_never_go(held, required, verdict, old):
    counted = {} if held is None else {"doses_held": held}
    request = AssessmentRequest(
        rules(HEART, HELD, required=required),
        found(heart_rate=90, **counted),
        unsettled=("doses_held",),
    )
    assessment = assess(request)
    assert (assessment.verdict, assessment.too_old) == (verdict, old)
    assert assessment.missing == (("doses_held",) if held is None else ())
    aged_too = replace(request, at=NOW, max_age_h={"doses_held": Decimal(2)})
    assert assess(aged_too).too_old == (() if held is None else ("doses_held",))


def test_age_goes_by_minutes_of_a_limit_with_decimals():
    half = {"heart_rate": Decimal("0.5")}
    assert aged("0.5", max_age_h=half).verdict is Verdict.GO
    assert aged("0.52", max_age_h=half).too_old == ("heart_rate",)


def test_age_is_not_judged_without_limits_or_a_time():
    assert aged("99", max_age_h={}).too_old == ()
    assert aged("99", max_age_h=None).verdict is Verdict.GO
    assert aged("99", at=None).verdict is Verdict.GO
    assert aged("99", max_age_h={"spo2": Decimal(2)}).verdict is Verdict.GO


def test_an_old_value_that_is_not_required_is_shown_and_does_not_count():
    sets = rules(HEART, TUBE, required=("intubated",))
    assessment = aged("3", rule_set=sets)
    assert (assessment.verdict, assessment.too_old) == (Verdict.GO, ("heart_rate",))


def test_an_old_value_still_holds():
    request = AssessmentRequest(
        rules(HEART),
        (Found("heart_rate", Decimal(120), NOW - timedelta(hours=3)),),
        at=NOW,
        max_age_h={"heart_rate": Decimal(2)},
    )
    assessment = assess(request)
    assert (assessment.verdict, assessment.criteria[0].result) == (Verdict.HOLD, "met")
    assert said(assessment).endswith("1 of 1 values are missing or too old: heart rate at dosing.")


def test_a_value_in_another_unit_counts_for_its_row():
    creatinine = row("kidney", "relative", Condition("creatinine", Bounds(from_=Decimal("2.5"))))
    assert answer(rules(creatinine), creatinine_umol=221).verdict is Verdict.HOLD
    assert answer(rules(creatinine), creatinine_umol=220).verdict is Verdict.GO


def held(rule_set: RuleSet, *ids: str, **values) -> Assessment:
    return assess(AssessmentRequest(rule_set, found(**values), earlier_holds=ids))


def test_an_earlier_hold_lasts_until_its_end_is_met():
    at_limit = held(rules(SPO2), "spo2", spo2=90)
    assert (at_limit.verdict, at_limit.held_by) == (Verdict.HOLD, ("spo2",))
    assert said(at_limit) == (
        "HOLD: an earlier hold whose end is not met yet (oxygen saturation). Correct it and look "
        "again."
    )
    assert held(rules(SPO2), "spo2", spo2=91).verdict is Verdict.GO
    assert held(rules(SPO2), spo2=90).verdict is Verdict.GO
    assert held(rules(SPO2), "other", spo2=90).verdict is Verdict.GO
    gone = held(rules(SPO2), "spo2")
    assert (gone.verdict, gone.held_by) == (Verdict.HOLD, ("spo2",))


def test_an_earlier_hold_by_a_list_ends_when_nothing_of_it_is_left():
    assert held(rules(NEURO), "neuro", neuro=()).verdict is Verdict.GO
    assert held(rules(NEURO), "neuro", neuro=("vivid_dreams",)).verdict is Verdict.HOLD
    ends = row("neuro", "withhold", Condition("neuro", words=("hallucinations",)),
               until=(Condition("neuro", words=("vivid_dreams",)),))  # fmt: skip
    assert held(rules(ends), "neuro", neuro=("vivid_dreams",)).held_by == ()
    assert held(rules(ends), "neuro", neuro=()).verdict is Verdict.HOLD


def test_every_end_of_an_earlier_hold_must_be_met():
    both = replace(SPO2, until=(*SPO2.until, Condition("dyspnoea_at_rest", words=("no",))))
    assert held(rules(both), "spo2", spo2=95).verdict is Verdict.HOLD
    assert held(rules(both), "spo2", spo2=95, dyspnoea_at_rest="no").held_by == ()


def test_an_earlier_hold_is_named_beside_a_new_one():
    assessment = held(rules(HEART, SPO2, NEURO), "spo2", "neuro",
                      heart_rate=120, spo2=90, neuro=("vivid_dreams",))  # fmt: skip
    assert assessment.held_by == ("heart", "neuro", "spo2")
    assert said(assessment) == (
        "HOLD: heart rate at dosing, neurological state. An earlier hold still applies: oxygen "
        "saturation; neurological state. Correct it and look again."
    )


def test_a_stale_value_ends_no_hold():
    """It is shown and still counts against the dose, never for it."""
    old = NOW - timedelta(hours=3)
    request = AssessmentRequest(
        rules(SPO2, required=()), (Found("spo2", Decimal(95), old),), at=NOW,
        max_age_h={"spo2": Decimal(2)}, earlier_holds=("spo2",),
    )  # fmt: skip
    assert (assess(request).verdict, assess(request).held_by) == (Verdict.HOLD, ("spo2",))
    fresh = replace(request, found=(Found("spo2", Decimal(95), NOW),))
    assert (assess(fresh).verdict, assess(fresh).held_by) == (Verdict.GO, ())


SINUS = row(
    "rhythm",
    "withhold",
    Condition("rhythm", words=("atrial_fibrillation",)),
    until=(Condition("rhythm", words=("sinus",)),),
    until_text="no symptoms, sinus rhythm",
)
CONFIRMS = (
    "An earlier hold ends by these values: heart rhythm, until no symptoms, sinus rhythm. The "
    "treating team confirms what no value shows of it."
)


def test_an_end_that_no_value_shows_whole_is_left_to_people():
    ended = held(rules(SINUS), "rhythm", rhythm="sinus")
    assert (ended.verdict, ended.held_by) == (Verdict.GO, ())
    assert said(ended) == (
        "GO. No hold or stop criterion met (1 of 1 assessed). The decision stays with the "
        f"treating team. {CONFIRMS}"
    )
    other = held(rules(HEART, SINUS), "rhythm", rhythm="sinus", heart_rate=120)
    assert said(other) == f"HOLD: heart rate at dosing. Correct it and look again. {CONFIRMS}"
    unknown = held(rules(HEART, SINUS), "rhythm", rhythm="sinus")
    assert unknown.verdict is Verdict.CANNOT_ASSESS
    assert said(unknown).endswith(CONFIRMS)
    goes_on = held(rules(SINUS), "rhythm", rhythm="atrial_fibrillation")
    assert said(goes_on) == (
        "HOLD: heart rhythm. An earlier hold still applies: heart rhythm, until no symptoms, sinus "
        "rhythm. Correct it and look again."
    )
    stopped = held(rules(TUBE, SINUS), "rhythm", rhythm="sinus", intubated=True)
    assert "ends" not in said(stopped)


def test_several_ends_are_each_named_with_every_code_of_their_row():
    blood = replace(
        BLOOD,
        until=(Condition("stool_occult_test", words=("negative",)),),
        until_text="the test is negative",
    )
    ended = held(rules(SINUS, blood), "rhythm", "blood", rhythm="sinus", bleeding="none",
                 stool_occult_test="negative")  # fmt: skip
    assert said(ended).endswith(
        "An earlier hold ends by these values: heart rhythm, until no symptoms, sinus rhythm; "
        "bleeding / stool test for occult blood, until the test is negative. The treating team "
        "confirms what no value shows of it."
    )


def test_a_hold_met_again_has_not_ended():
    """Its end is written more narrowly than its row: both can be true of one value."""
    loose = replace(SPO2, until=(Condition("spo2", Bounds(above=Decimal(80))),))
    again = held(rules(loose), "spo2", spo2=85)
    assert (again.verdict, again.held_by) == (Verdict.HOLD, ("spo2",))
    assert said(again) == "HOLD: oxygen saturation. Correct it and look again."


def test_what_hold_means_by_the_protocol_stands_in_its_sentence():
    request = AssessmentRequest(
        rules(HEART, TUBE), found(heart_rate=120), hold_rule="The dose is skipped."
    )
    assert said(assess(request)) == (
        "HOLD: heart rate at dosing. Correct it and look again. The dose is skipped. 1 of 2 values "
        "are missing or too old: intubated."
    )
    for values in (
        {"heart_rate": 90, "intubated": False},
        {"heart_rate": 90},
        {"heart_rate": 90, "intubated": True},
    ):
        other = assess(replace(request, found=found(**values)))
        assert "skipped" not in other.sentence


def test_only_required_values_are_counted_as_missing():
    old = NOW - timedelta(hours=3)
    request = AssessmentRequest(
        rules(HEART, TUBE, required=("intubated", "heart_rate")),
        (Found("heart_rate", Decimal(90), old), Found("spo2", Decimal(95), old)),
        at=NOW,
        max_age_h={"heart_rate": Decimal(2), "spo2": Decimal(2)},
    )
    assessment = assess(request)
    assert assessment.too_old == ("heart_rate", "spo2")
    assert said(assessment) == (
        "CANNOT ASSESS. 2 of 2 values are missing or too old: intubated, heart rate at dosing. "
        "Not judged by this set: oxygen saturation 95 percent. Judge it by protocol."
    )


def test_a_row_that_nobody_confirmed_is_shown_and_never_met():
    gap = Gap("criteria.old", "The row old", "the label", "the site", ("verdict",))
    shown = ShownRow("old", "withhold", ("rhythm", "spo2"), "rhythm or oxygen; until better", HERE)
    words = replace(shown, id="words", kind="permanent", codes=())
    sets = rules(HEART, gaps=(gap,), unconfirmed=(shown, words))
    assessment = answer(sets, heart_rate=90, rhythm="uncontrolled", spo2=50)
    assert assessment.criteria[1:] == (
        CriterionResult("old", "rhythm / spo2", "rhythm or oxygen; until better", "", "withhold",
                        "unconfirmed", HERE.cite()),
        CriterionResult("words", "", "rhythm or oxygen; until better", "", "permanent",
                        "unconfirmed", HERE.cite()),
    )  # fmt: skip
    assert (assessment.relative, assessment.absolute) == (0, 0)
    assert assessment.verdict is Verdict.CANNOT_ASSESS
    assert [code for code, _ in assessment.not_judged] == ["rhythm"]


def test_assess_changes_nothing_and_answers_the_same():
    ages = {"heart_rate": Decimal(2)}
    request = AssessmentRequest(
        rules(HEART, SPO2, URINE), found(heart_rate=120, spo2=80, urine_8h=100),
        (rules(TUBE, id="theirs"),), Decimal(70), NOW, ages, ("skin",), ("spo2",)
    )  # fmt: skip
    before = copy.deepcopy(request)
    assert assess(request) == assess(request)
    assert request == before


def test_an_earlier_hold_of_several_values_names_each_of_them():
    assessment = held(rules(BLOOD), "blood", bleeding="none")
    assert (assessment.verdict, assessment.held_by) == (Verdict.GO, ())
    ends = replace(BLOOD, until=(Condition("bleeding", words=("none",)),), until_text="none seen")
    both = held(rules(ends, HEART), "blood", heart_rate=120)
    assert "bleeding / stool test for occult blood, until none seen" in said(both)
