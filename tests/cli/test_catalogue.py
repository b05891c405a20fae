"""Every protocol of the catalogue through the command line: its list, its doses, its refusals, its days.

The tables are written by hand from the protocol library and the clinical facts (A.9, B, E), never from
what the program answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

CATALOGUE = (
    "npc-bolus", "sct-maintenance", "proleukin-us", "nci-720k", "yang-2003", "lifileucel-il2",
    "proleukin-eu-sc", "nieken-sc", "proleukin-eu-civ", "atzpodien", "nagler-il2-ifn",
    "post-transplant-civ", "calgb-19808", "ceplene-il2", "cgvhd-low-dose", "sle-low-dose", "mirocals",
    "dinutuximab-beta-il2",
)  # fmt: skip
ARMS = {
    "sct-maintenance": ("high-dose", "escalating"), "yang-2003": ("high", "low", "subcutaneous"),
    "post-transplant-civ": ("robinson", "swog-9438"),
}  # fmt: skip
ADULT = ("--weight", "70", "--height", "180")  # 1.87 m2
IFN, FU = "interferon alfa-2a", "fluorouracil"


@dataclass(frozen=True)
class Expected:
    """Dose in international units; prepared mL to 0.01 mL of 18 million per mL; companions' doses."""

    words: tuple[str, ...]
    dose: str
    ml: str
    companions: tuple[tuple[str, str], ...] = ()
    level: str | None = None

    @property
    def name(self) -> str:
        return " ".join(self.words)


def day(id_, number, dose, ml, *companions, given=ADULT):
    words = (id_, *given, "--day", str(number))
    return Expected(words, dose, ml, companions, f"day {number}")


def arm(id_, name, *given):
    return (id_, "--arm", name, *given)


def kg(weight):
    return ("--weight", weight)


EXPECTED = (
    # 72,000 x 70 = 5.04 million = 0.28 mL
    Expected(("npc-bolus", *kg("70")), "5040000", "0.28"),
    # 600,000 x 71.3 = 42.78 million = 2.3766 mL
    Expected(("proleukin-us", *kg("71.3")), "42780000", "2.38"),
    # 720,000 x 83.4 = 60.048 million = 3.336 mL
    Expected(("nci-720k", *kg("83.4")), "60048000", "3.34"),
    Expected(arm("yang-2003", "high", *kg("70")), "50400000", "2.8"),
    Expected(arm("yang-2003", "low", *kg("82.5")), "5940000", "0.33"),
    # 250,000 x 70 = 17.5 million = 0.972 mL; 125,000 x 70 = 8.75 million = 0.486 mL
    Expected(
        arm("yang-2003", "subcutaneous", *kg("70"), "--day", "5"), "17500000", "0.97", level="week 1"
    ),
    Expected(
        arm("yang-2003", "subcutaneous", *kg("70"), "--day", "8"), "8750000", "0.49", level="week 2"
    ),
    Expected(
        arm("yang-2003", "subcutaneous", *kg("70"), "--day", "40"), "8750000", "0.49", level="week 6"
    ),
    *(day("proleukin-eu-sc", one, "18000000", "1", given=()) for one in (1, 5, 8, 9, 15, 16, 22, 23)),
    *(day("proleukin-eu-sc", one, "9000000", "0.5", given=()) for one in (10, 12, 17, 19, 24, 26)),
    *(day("nieken-sc", one, "18000000", "1", given=()) for one in (1, 5, 10, 12, 38, 40)),
    *(day("nieken-sc", one, "9000000", "0.5", given=()) for one in (8, 9, 15, 16, 36, 37)),
    # P1: 18 million x 1.88 = 33.84 million; at 1.87 m2 33.66 million = 1.87 mL
    Expected(("proleukin-eu-civ", "--bsa", "1.88", "--day", "5"), "33840000", "1.88"),
    Expected(("proleukin-eu-civ", *ADULT), "33660000", "1.87"),
    # 10 million x 1.87 = 18.7 million = 1.0388 mL; 5 million x 1.87 = 9.35 million = 0.519 mL
    day("atzpodien", 3, "18700000", "1.04"),
    day("atzpodien", 26, "18700000", "1.04"),
    day("atzpodien", 8, "9350000", "0.52", (IFN, "9350000")),
    day("atzpodien", 19, "9350000", "0.52", (IFN, "9350000")),
    # H40: 9 million x 1.73 = 15.57 million = 0.865 mL; 1.6 million x 1.73 = 2.768 million = 0.1537 mL
    *(
        Expected(arm("post-transplant-civ", name, "--bsa", "1.73", "--day", number), dose, ml,
                 level=f"day {number}")
        for name, first, last in (("robinson", "9", "18"), ("swog-9438", "10", "19"))
        for number, dose, ml in (("1", "15570000", "0.87"), ("4", "15570000", "0.87"),
                                 (first, "2768000", "0.15"), (last, "2768000", "0.15"))
    ),
    # 1 million x 1.87 = 0.1038 mL
    *(day("calgb-19808", one, "1870000", "0.1") for one in (1, 14, 19, 28, 33, 61, 70, 75, 90)),
    Expected(("cgvhd-low-dose", *ADULT, "--day", "84"), "1870000", "0.1"),
    # flat: 1 million is 0.0556 mL, on a mark of 0.005 mL it is 0.055 mL
    Expected(("sle-low-dose", "--measure-step", "0.005", "--day", "13"), "1000000", "0.055"),
    # flat: 2 million is 0.1111 mL
    Expected(("mirocals", "--day", "5"), "2000000", "0.11"),
    # 110 cm and 18.5 kg are 0.75 m2: 4.5 million = 0.25 mL
    Expected(("dinutuximab-beta-il2", "--weight", "18.5", "--height", "110"), "4500000", "0.25"),
    # 16,400 x 70 = 1.148 million = 0.06377 mL; with the step that the refusal names 0.066 mL
    Expected(
        ("ceplene-il2", *kg("70"), "--measure-step", "0.006"), "1148000", "0.066",
        (("histamine dihydrochloride", "0.5"),),
    ),
    # 16,400 x 100 = 1.64 million = 0.0911 mL
    Expected(
        ("ceplene-il2", *kg("100"), "--day", "21"), "1640000", "0.09",
        (("histamine dihydrochloride", "0.5"),),
    ),
)  # fmt: skip


def test_the_whole_catalogue_is_answered(run: Callable[..., Any]):
    found = {one["id"]: one for one in run("protocols", "--json").object["protocols"]}
    assert sorted(found) == sorted(CATALOGUE)
    for one in found.values():
        assert one["version"]
        assert one["status"] == "specimen"
        assert one["fingerprint"].startswith("sha256:")
        assert len(one["fingerprint"]) == 71
        assert one["source"]
        assert one["gaps"]
        assert len(set(one["gaps"])) == len(one["gaps"])
    assert len({one["fingerprint"] for one in found.values()}) == len(CATALOGUE)
    interleukin = [name for name in found["nagler-il2-ifn"]["gaps"] if "lost the factor" in name]
    assert len(interleukin) == 1


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.name)
def test_the_exact_dose(run: Callable[..., Any], expected: Expected):
    said = run("dose", *expected.words, "--json")
    assert said.code == 0, said.err
    answer = said.object
    assert answer["status"] == "specimen"
    assert (answer["exact_dose_iu"], answer["prepared_volume_ml"]) == (expected.dose, expected.ml)
    assert answer["level"] == expected.level
    given = tuple((one["drug"], one["exact_dose"]) for one in answer["companions"])
    assert given == expected.companions
    assert abs(Decimal(answer["deviation_percent"])) <= 5


def test_every_protocol_and_arm_stands_in_the_tables():
    names = {(one.words[0], one.words[2] if one.words[1] == "--arm" else None) for one in EXPECTED}
    names |= {(row[0][0], row[0][2] if row[0][1:2] == ("--arm",) else None) for row in REFUSED}
    assert names == {(id_, one) for id_ in CATALOGUE for one in ARMS.get(id_, (None,))}


# words, and what the refusal names
REFUSED = (
    (("lifileucel-il2", *kg("70")), ["The dose is not filled in (regimen.dose)"]),
    (("nagler-il2-ifn", *ADULT, "--day", "1"), ["lost the factor", "per m2 by the abstract"]),
    (
        arm("sct-maintenance", "high-dose", *kg("70"), "--day", "1"),
        ["The interleukin-2 dose of the arm high-dose", "basis of the interleukin-2 dose",
         "The dose of interferon alfa-2b in the arm high-dose", "basis of the interferon alfa-2b"],
    ),
    (
        arm("sct-maintenance", "escalating", *kg("70"), "--month", "1"),
        ["The interleukin-2 dose of every month", "The dose of interferon alfa-2b in the arm escalating"],
    ),
    (
        ("calgb-19808", *ADULT, "--day", "16"),
        ["12 million international units per m2 to 15 million international units per m2",
         "The site chooses one dose in its copy", "(regimen.levels.15.dose)"],
    ),
    (("calgb-19808", *ADULT, "--day", "18"), ["No dose is planned on day 18", "1 to 17, 19 to 31"]),
    (("ceplene-il2", *kg("70")), ["0.0638... mL", "so that it fills 0.1 mL or more.", "Dilute it first"]),
    (("ceplene-il2", *kg("100"), "--day", "23"), ["The cycle ends by day 22"]),
    (("atzpodien", *ADULT, "--day", "1"), [f"plans {IFN} alone"]),
    (("atzpodien", *ADULT, "--day", "29"), [f"plans {IFN} and {FU} alone"]),
    (("atzpodien", *ADULT, "--day", "2"), ["No dose is planned on day 2", "3 to 5, 8, 10, 12"]),
    (("atzpodien", *ADULT), ["depends on the day"]),
    (("proleukin-eu-sc", "--day", "6"), ["1 to 5, 8 to 12, 15 to 19, 22 to 26"]),
    (("proleukin-eu-civ", *ADULT, "--day", "6"), ["No dose is planned on day 6"]),
    (
        arm("post-transplant-civ", "robinson", "--bsa", "1.73", "--day", "5"),
        ["1 to 4, 9 to 18"],
    ),
    (arm("post-transplant-civ", "swog-9438", "--bsa", "1.73", "--day", "9"), ["1 to 4, 10 to 19"]),
    (("cgvhd-low-dose", *ADULT, "--day", "86"), ["The cycle ends by day 84"]),
    (("sle-low-dose", "--day", "2"), ["Doses are 48 hours apart"]),
    (("sle-low-dose", "--day", "1"), ["0.0556... mL", "over the allowed 5 percent"]),
    (("mirocals", "--day", "6"), ["Doses are planned on days 1 to 5"]),
    (("npc-bolus", *kg("70"), "--day", "8"), ["The cycle ends by day 6"]),
)  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: " ".join(row[0]))
def test_what_is_refused_by_name(run: Callable[..., Any], row: tuple[tuple[str, ...], list[str]]):
    words, sentences = row
    said = run("dose", *words)
    assert said.code == 2
    for sentence in sentences:
        assert sentence in said.err


def test_the_continuous_infusions_stand_open_by_their_volume(run: Callable[..., Any]):
    for words in (
        ("proleukin-eu-civ", "--bsa", "1.88"),
        arm("post-transplant-civ", "robinson", "--bsa", "1.88", "--day", "1"),
        arm("post-transplant-civ", "swog-9438", "--bsa", "1.88", "--day", "1"),
    ):
        answer = run("dose", *words, "--json").object
        assert answer["dilution"]["total_volume_ml"] is None
        assert answer["infusion"] == {"minutes": "1440", "rate_ml_per_h": None}
        stops = [one["code"] for one in answer["findings"] if one["severity"] == "STOP"]
        assert stops == ["no-infusion-volume"]


def runs(*pairs: tuple[int, int]) -> list[int]:
    return [day for first, last in pairs for day in range(first, last + 1)]


TWICE = [one for one in (*runs((3, 5)), 8, 10, 12, 15, 17, 19, *runs((24, 26))) for _ in range(
    2 if one in (3, 4, 5, 24, 25, 26) else 1)]  # fmt: skip
FOUR_WEEKS = runs((1, 5), (8, 12), (15, 19), (22, 26))
# Days of every dose from a start on 2 March 2026 at 08:00; P3 to the day, B.8 for calgb-19808.
DAYS = {
    ("npc-bolus",): [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6],
    ("proleukin-us",): [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5],
    ("nci-720k",): [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6],
    ("yang-2003", "high"): [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6],
    ("yang-2003", "low"): [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6],
    ("yang-2003", "subcutaneous"): runs((1, 5), (8, 12), (15, 19), (22, 26), (29, 33), (36, 40)),
    ("proleukin-eu-sc",): FOUR_WEEKS,
    ("nieken-sc",): runs((1, 5), (8, 12), (15, 19), (22, 26), (29, 33), (36, 40)),
    ("proleukin-eu-civ",): runs((1, 5)),
    ("atzpodien",): TWICE,
    ("nagler-il2-ifn",): FOUR_WEEKS,
    ("post-transplant-civ", "robinson"): runs((1, 4), (9, 18)),
    ("post-transplant-civ", "swog-9438"): runs((1, 4), (10, 19)),
    ("calgb-19808",): runs((1, 17), (19, 31), (33, 45), (47, 59), (61, 73), (75, 90)),
    ("ceplene-il2",): [one for one in runs((1, 21)) for _ in range(2)],
    ("cgvhd-low-dose",): runs((1, 84)),
    ("sle-low-dose",): [1, 3, 5, 7, 9, 11, 13],
    ("mirocals",): runs((1, 5)),
}
NO_DAYS = {
    ("lifileucel-il2",): "8 hours by another) is not filled in (regimen.interval_h)",
    ("dinutuximab-beta-il2",): "list of days with a dose (10 a cycle)",
    ("sct-maintenance", "high-dose"): "list of days with a dose in the arm high-dose",
    ("sct-maintenance", "escalating"): "list of days with a dose in the arm escalating",
}
BEGIN = ("--start", "2026-03-02T08:00", "--zone", "UTC")


def schedule(run: Callable[..., Any], which: tuple[str, ...]) -> Any:
    named = ("--arm", which[1]) if len(which) == 2 else ()
    return run("schedule", which[0], *named, *BEGIN, "--json")


def test_every_protocol_and_arm_has_a_schedule_or_refuses_it():
    every = {
        (id_, *one)
        for id_ in CATALOGUE
        for one in (((a,) for a in ARMS[id_]) if id_ in ARMS else [()])
    }
    assert set(DAYS) | set(NO_DAYS) == every
    assert not set(DAYS) & set(NO_DAYS)


@pytest.mark.parametrize("which", DAYS, ids=" ".join)
def test_the_days_of_every_dose(run: Callable[..., Any], which: tuple[str, ...]):
    said = schedule(run, which)
    assert said.code == 0, said.err
    start = datetime.fromisoformat("2026-03-02T00:00+00:00")
    times = [datetime.fromisoformat(one["local"]) for one in said.object["doses"]]
    assert [(time - start).days + 1 for time in times] == DAYS[which]
    assert times == sorted(set(times))


@pytest.mark.parametrize("which", NO_DAYS, ids=" ".join)
def test_no_days_are_refused_by_name(run: Callable[..., Any], which: tuple[str, ...]):
    said = schedule(run, which)
    assert said.code == 2
    assert NO_DAYS[which] in said.err


def test_twice_a_day_is_12_hours_apart(run: Callable[..., Any]):
    times = [one["local"] for one in schedule(run, ("atzpodien",)).object["doses"]]
    assert times[:3] == [
        "2026-03-04T08:00+00:00",
        "2026-03-04T20:00+00:00",
        "2026-03-05T08:00+00:00",
    ]
    assert len(times) == 18
