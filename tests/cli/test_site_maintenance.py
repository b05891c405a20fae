"""A site's own copy of the maintenance protocol: six months of two drugs, from numbers that are invented.

Every number here is made up for this test and marked so in the file; none is a dose of the study. The
expected values are worked out by hand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from il2desk.dosing import Dose, DoseRequest, derive_dose, differences, second_answer
from il2desk.paths import resource_dir
from il2desk.protocols import Bundle, load_catalogue

MADE_UP = 'source = "invented"'
M2, FLAT = "international units per m2", "international units"
# Millions, by month; 180 cm and 70 kg are 1.87 m2.
ALDESLEUKIN = ("1", "1.5", "2", "3", "3", "2.5")
INTERFERON = ("1.5", "3", "3", "4.5", "5.04", "2")
# 1.87 x the level / 18 million per mL, on a mark of 0.01 mL:
#   1.87 / 18 = 0.1039, 2.805 / 18 = 0.1558, 3.74 / 18 = 0.2078, 5.61 / 18 = 0.3117, 4.675 / 18 = 0.2597
EXPECTED_IL2 = (
    ("1870000", "0.1", "1800000", "-3.74"),
    ("2805000", "0.16", "2880000", "2.67"),
    ("3740000", "0.21", "3780000", "1.07"),
    ("5610000", "0.31", "5580000", "-0.53"),
    ("5610000", "0.31", "5580000", "-0.53"),
    ("4675000", "0.26", "4680000", "0.11"),
)
# The level / 10 million per mL: only 0.504 is off the mark, 0.5 holds 5 million, 0.79 percent less.
EXPECTED_IFN = (
    ("1500000", "0.15", "1500000", "0"),
    ("3000000", "0.3", "3000000", "0"),
    ("3000000", "0.3", "3000000", "0"),
    ("4500000", "0.45", "4500000", "0"),
    ("5040000", "0.5", "5000000", "-0.79"),
    ("2000000", "0.2", "2000000", "0"),
)
IL2_STEPS = (
    None,
    f"1.5 million {M2}, 500,000 {FLAT} more than in month 1 (1 million {M2}; 50 percent more).",
    f"2 million {M2}, 500,000 {FLAT} more than in month 2 (1.5 million {M2}; 33.3 percent more).",
    f"3 million {M2}, 1 million {FLAT} more than in month 3 (2 million {M2}; 50 percent more).",
    f"The same dose as in month 4: 3 million {M2}.",
    f"2.5 million {M2}, 500,000 {FLAT} less than in month 5 (3 million {M2}; 16.7 percent less).",
)
IFN_STEPS = (
    None,
    f"3 million {FLAT}, 1.5 million {FLAT} more than in month 1 (1.5 million {FLAT}; 100 percent more).",
    f"The same dose as in month 2: 3 million {FLAT}.",
    f"4.5 million {FLAT}, 1.5 million {FLAT} more than in month 3 (3 million {FLAT}; 50 percent more).",
    f"5.04 million {FLAT}, 540,000 {FLAT} more than in month 4 (4.5 million {FLAT}; 12 percent more).",
    f"2 million {FLAT}, 3.04 million {FLAT} less than in month 5 (5.04 million {FLAT}; 60.3 percent less).",
)
IL2_DAYS = [7 * week + day for week in range(4) for day in range(1, 6)]
IFN_DAYS = [7 * week + day for week in range(4) for day in (1, 3, 5)]


def value(written: object, unit: str = "") -> str:
    shown = f'"{written}"' if isinstance(written, str) else written
    named = f'unit = "{unit}", ' if unit else ""
    return f"{{ value = {shown}, {named}{MADE_UP} }}"


def levels(table: str, millions: tuple[str, ...], unit: str) -> str:
    return "".join(
        f"\n[[{table}.levels]]\nfirst = {month}\nlast = {month}\n"
        f"dose = {value(str(int(Decimal(dose) * 1_000_000)), unit)}\n"
        for month, dose in enumerate(millions, start=1)
    )


def days(table: str, listed: list[int]) -> str:
    return f"\n[{table}.days]\nvalue = {listed}\n{MADE_UP}\n"


SITE = f"""[site]
vial_rule = {value("withdrawable")}
flush_ml = {value("20")}
schedule_policy = {value("elapsed")}
verdict_valid_h = {value("2")}
due_before_min = {value(60)}
overdue_after_min = {value(60)}
minimum_interval_h = {value("12")}
reweigh_percent = {value("10")}
reweigh_counts_from = {value("at the limit")}
dosing_weight_max_age_h = {value("168")}
hold_means = {value("skip the slot")}
override_by = {value("nobody")}

[[site.syringes]]
syringe = "1 mL syringe"
up_to_ml = "1"
step_ml = "0.01"
{MADE_UP}

[site.max_age_h]
{MADE_UP}
heart_rate = "2"
"""
SOURCE = """[sources.invented]
document = "Invented for this test"
place = "no page"
evidence = "practice"
"""


def filled_in(text: str) -> str:
    """The specimen with every gap filled by what this test invents."""
    text = re.sub(r"(?ms)^\[\[gaps\]\].*?(?=^\[sources)", "", text)
    text = re.sub(r"(?ms)^\[site\].*?(?=^\[facts)", f"{SITE}\n", text)
    for mark in ("proposal", "unconfirmed"):
        text = text.replace(f'evidence = "{mark}"', 'evidence = "practice"')
    changes = {
        'id = "sct-maintenance"': 'id = "sct-here"',
        'status = "specimen"': 'status = "draft"\nsite_copy_of = "sct-maintenance"',
        "tolerance_percent": f"course_cycles = {value(6)}\nrest_days = {value(1)}\ntolerance_percent",
        "# end of file": f"{SOURCE}\n# end of file",
    }
    for arm in ("high-dose", "escalating"):
        plan, beside = f"regimens.{arm}", f"regimens.{arm}.companions.interferon-alfa-2b"
        by_month = arm == "escalating"
        il2 = levels(plan, ALDESLEUKIN, M2) if by_month else ""
        ifn = levels(beside, INTERFERON, FLAT) if by_month else ""
        fixed = "" if by_month else f"dose = {value('2000000', M2)}\n"
        their = 'level_by = "month"\n' if by_month else f"dose = {value('3000000', FLAT)}\n"
        changes[f"[{plan}]\n"] = f"[{plan}]\n{fixed}rule_set = {value('jitc-2014')}\n"
        changes[f"[{plan}.dilution]"] = f"{il2}{days(plan, IL2_DAYS)}\n[{plan}.dilution]"
        more = f"{their}presentation = {value('solution-25')}\n"
        head = f'[{beside}]\ndrug = "interferon alfa-2b"\n'
        rest = re.search(rf"(?s){re.escape(head)}(.*?)\n\n", text)
        assert rest is not None
        changes[rest[0]] = f"{head}{more}{rest[1]}\n{ifn}{days(beside, IFN_DAYS)}\n"
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    """The copy as a site would keep it, in a folder of its own."""
    shipped = resource_dir() / "protocols" / "sct-maintenance.toml"
    path = tmp_path / "sct-here.toml"
    path.write_text(filled_in(shipped.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return path


@pytest.fixture
def bundle(site_file: Path) -> Bundle:
    found = load_catalogue(resource_dir()).bundle_for(site_file)
    assert isinstance(found, Bundle), found.sentences
    return found


PATIENT = ("--arm", "escalating", "--weight", "70", "--height", "180")


def asked(path: Path, month: int, day: int = 1) -> tuple[str, ...]:
    days = ("--month", str(month), "--day", str(day))
    return ("dose", str(path), *PATIENT, *days, "--json")


def test_the_copy_is_checked_and_has_no_gap_left(
    run: Callable[..., Any], site_file: Path, bundle: Bundle
):
    said = run("protocols", "check", site_file, "--json")
    assert said.code == 0, said.err
    (file,) = said.object["files"]
    assert (file["problems"], file["doubts"]) == ([], [])
    assert bundle.protocol.gaps == ()
    assert bundle.copy_of == "sct-maintenance"
    # It can be told from a real one: every number says that it is invented.
    assert bundle.practice
    assert "Invented for this test" in bundle.text


@pytest.mark.parametrize("month", range(1, 7))
def test_both_drugs_of_every_month(run: Callable[..., Any], site_file: Path, month: int):
    said = run(*asked(site_file, month))
    assert said.code == 0, said.err
    answer = said.object
    own = ("exact_dose_iu", "prepared_volume_ml", "prepared_dose_iu", "deviation_percent")
    assert tuple(answer[key] for key in own) == EXPECTED_IL2[month - 1]
    assert (answer["bsa_m2"], answer["level"], answer["vials"]) == ("1.87", f"month {month}", 1)
    (beside,) = answer["companions"]
    theirs = ("exact_dose", "prepared_volume_ml", "prepared_dose", "deviation_percent")
    assert tuple(beside[key] for key in theirs) == EXPECTED_IFN[month - 1]
    assert (beside["drug"], beside["level"]) == ("interferon alfa-2b", f"month {month}")
    assert (beside["unit"], beside["containers"]) == (FLAT, 1)
    assert beside["presentation"] == "solution 25 million, multidose vial of 10 million per mL"
    severe = {one["severity"] for one in answer["findings"]}
    assert not severe & {"STOP", "CAUTION"}


@pytest.mark.parametrize("month", range(1, 7))
def test_the_step_from_the_month_before_in_words(
    run: Callable[..., Any], site_file: Path, month: int
):
    found = {one["code"]: one["text"] for one in run(*asked(site_file, month)).object["findings"]}
    assert found.get("level-change") == IL2_STEPS[month - 1]
    step = IFN_STEPS[month - 1]
    wanted = None if step is None else f"interferon alfa-2b: {step}"
    assert found.get("companion-level-change") == wanted


@pytest.mark.parametrize("month", range(1, 7))
def test_both_engines_agree_on_both_drugs(bundle: Bundle, month: int):
    request = DoseRequest(
        bundle.protocol, bundle.product, arm="escalating", month=month, day=1,
        weight_kg=Decimal(70), height_cm=Decimal(180), companion_products=bundle.companion_products,
    )  # fmt: skip
    dose, second = derive_dose(request), second_answer(request)
    assert isinstance(dose, Dose)
    assert second is not None
    assert differences(dose, second) == ()
    assert second.exact_dose_iu == Fraction(EXPECTED_IL2[month - 1][0])
    (beside,) = second.companions
    exact, ml, held, _ = EXPECTED_IFN[month - 1]
    assert (beside.exact_dose, beside.prepared_ml, beside.prepared_dose) == (
        Fraction(exact), Fraction(ml), Fraction(held))  # fmt: skip


def test_the_days_of_the_two_drugs(run: Callable[..., Any], site_file: Path):
    for day, drugs in ((1, 1), (2, 0), (3, 1), (26, 1), (25, 0)):
        answer = run(*asked(site_file, 1, day)).object
        assert len(answer["companions"]) == drugs
    said = run(*asked(site_file, 1, 6))
    assert said.code == 2
    assert "1 to 5, 8 to 12, 15 to 19, 22 to 26" in said.err


def test_a_month_that_nobody_filled_in_is_refused(run: Callable[..., Any], site_file: Path):
    said = run(*asked(site_file, 7))
    assert said.code == 2
    assert "names no dose for month 7" in said.err
    said = run("dose", site_file, *PATIENT)
    assert said.code == 2
    assert "depends on the month" in said.err


def test_the_day_is_asked_for_where_the_drugs_have_other_days(
    run: Callable[..., Any], site_file: Path
):
    said = run("dose", site_file, *PATIENT, "--month", "2")
    assert said.code == 2
    assert "aldesleukin on days 1 to 5, 8 to 12" in said.err
    assert "interferon alfa-2b on days 1, 3, 5, 8, 10, 12" in said.err
    assert "Give --day, the day of the cycle." in said.err


def test_the_day_is_not_asked_for_where_both_drugs_have_the_same_days(
    run: Callable[..., Any], site_file: Path
):
    text = site_file.read_text(encoding="utf-8")
    site_file.write_text(text.replace(str(IFN_DAYS), str(IL2_DAYS)), encoding="utf-8")
    said = run("dose", site_file, *PATIENT, "--month", "2", "--json")
    assert [one["drug"] for one in said.object["companions"]] == ["interferon alfa-2b"]


@pytest.fixture
def with_pen(site_file: Path) -> Path:
    """The copy with the pen of 3 million (1.5, 3 and 4.5 million a dose) in the arm escalating."""
    text = site_file.read_text(encoding="utf-8")
    head, arm = text.split("[regimens.escalating]", 1)
    changed = arm.replace('value = "solution-25"', 'value = "pen-15"')
    assert changed != arm
    site_file.write_text(f"{head}[regimens.escalating]{changed}", encoding="utf-8")
    return site_file


def test_a_dose_that_the_pen_cannot_give_is_refused(run: Callable[..., Any], with_pen: Path):
    assert run(*asked(with_pen, 4)).object["companions"][0]["prepared_dose"] == "4500000"
    said = run(*asked(with_pen, 5))
    assert said.code == 2
    assert "interferon alfa-2b: 5.04 million international units is no dose of" in said.err
    assert "names another presentation in its copy" in said.err
    # A day without interferon has nothing to refuse.
    assert run(*asked(with_pen, 5, 2)).code == 0


def test_the_check_of_the_file_names_every_dose_that_the_pen_cannot_give(
    run: Callable[..., Any], with_pen: Path
):
    (file,) = run("protocols", "check", with_pen, "--json").object["files"]
    field = "regimens.escalating.companions.interferon-alfa-2b.levels"
    assert [one["key"] for one in file["doubts"]] == [f"{field}.5.dose", f"{field}.6.dose"]
    assert "5.04 million" in file["doubts"][0]["text"].replace("\u00a0", " ")
    assert any(sentence.startswith(f"{field}.6.dose: 2 million") for sentence in file["activation"])


def test_the_policy_of_the_site_is_used_and_another_is_said(
    run: Callable[..., Any], site_file: Path
):
    begin = ("--start", "2026-03-27T08:00", "--zone", "Europe/Berlin", "--arm", "escalating")
    said = run("schedule", site_file, *begin).out
    assert "Policy elapsed: doses stay the stated hours apart" in said
    assert "gap" not in said
    assert "beside it interferon alfa-2b: day 1 (27-Mar-2026), day 3 (29-Mar-2026)" in said
    text = site_file.read_text(encoding="utf-8")
    changed = text.replace(
        'schedule_policy = { value = "elapsed"', 'schedule_policy = { value = "clock"'
    )
    assert changed != text
    site_file.write_text(changed, encoding="utf-8")
    own = run("schedule", site_file, *begin, "--json").object["doses"]
    assert own[2]["local"] == "2026-03-29T08:00+02:00"
    other = run("schedule", site_file, *begin, "--policy", "elapsed").out
    assert "2026-03-29T09:00+02:00" in other
    assert "Policy elapsed" in other
    assert "The site's copy says clock." in other


def test_a_copy_that_is_not_active_is_marked(run: Callable[..., Any], site_file: Path):
    begin = ("--start", "2026-03-02T08:00", "--zone", "Europe/Berlin", "--arm", "escalating")
    words = [word for word in asked(site_file, 1) if word != "--json"]
    items = ("premedication", site_file, "--arm", "escalating", "--weight", "70")
    for said in (run(*words), run("schedule", site_file, *begin), run(*items)):
        assert said.out.splitlines()[1] == "DRAFT, NOT FOR PATIENT USE"
    assert run(*asked(site_file, 1)).object["status"] == "draft"
    text = site_file.read_text(encoding="utf-8")
    later = text.replace('status = "draft"', 'status = "under review"')
    site_file.write_text(later, encoding="utf-8")
    assert "UNDER REVIEW, NOT FOR PATIENT USE" in run(*words).out


def test_a_day_that_nobody_filled_in_is_a_caution(run: Callable[..., Any], site_file: Path):
    """Without listed days nobody knows whether interferon is planned on the day that is asked for."""
    text = site_file.read_text(encoding="utf-8")
    field = "regimens.escalating.companions.interferon-alfa-2b.days"
    listed = days(field.removesuffix(".days"), IFN_DAYS)
    assert text.count(listed) == 1
    gap = (
        f'[[gaps]]\nfield = "{field}"\nname = "The days of interferon"\nfill_from = "the paper"\n'
        'filled_by = "the investigator"\nblocks = ["schedule", "activation"]\n\n'
    )
    text = text.replace(listed, "").replace("[sources.", f"{gap}[sources.", 1)
    site_file.write_text(text, encoding="utf-8")
    found = {one["code"]: one for one in run(*asked(site_file, 1, 2)).object["findings"]}
    assert found["days-not-known"]["severity"] == "CAUTION"
    assert "interferon alfa-2b: its days are not filled in" in found["days-not-known"]["text"]
    begin = ("--start", "2026-03-27T08:00", "--zone", "Europe/Berlin", "--arm", "escalating")
    said = run("schedule", site_file, *begin)
    assert said.code == 2  # days that are a gap block the schedule
    said = run("dose", site_file, *PATIENT, "--month", "1")
    assert said.code == 2
    assert "interferon alfa-2b on days that are not filled in" in said.err


def test_the_other_arm_has_its_own_dose(run: Callable[..., Any], site_file: Path):
    words = ("--arm", "high-dose", "--weight", "70", "--height", "180", "--day", "1", "--json")
    answer = run("dose", site_file, *words).object
    assert (answer["exact_dose_iu"], answer["level"]) == ("3740000", None)
    assert answer["companions"][0]["prepared_volume_ml"] == "0.3"
