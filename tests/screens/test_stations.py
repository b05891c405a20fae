"""Every screen has its station, few pictures hold every pair, and nothing on a sample of them is wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from station import STATES
from stations import PAIRED, STATIONS
from variants import _UNUSUAL, SIZES, Variant, paired

from il2desk.window.routes import ROUTES

HERE = Path(__file__).parent
HELP = HERE.parents[1] / "resources" / "help"
MOST = 120
# Of the first hour all, of the others the screens that hold most; the command looks at every one.
USUAL = (
    *(one.name for one in STATIONS if one.help),
    "s03-today", "s05-board-overdue-hold", "s05-board-finished", "s06-check-hold", "s06-weight-jump",
    "s08-records", "s08-amend", "s04-register-error", "s13-protocols", "s14-help", "s10-receive",
    "s15-damaged", "s15-read-only", "s15-not-sound",
)  # fmt: skip
UNUSUAL = ("s03-today", "s05-board-due", "s05-board-stopped", "s06-check-hold", "s08-records")


def test_every_page_has_a_station():
    assert sorted(ROUTES.keys() - {one.route for one in STATIONS}) == []
    assert {one.route for one in STATIONS} - ROUTES.keys() == {""}


def test_stations_have_names_of_their_own_and_known_states():
    names = [one.name for one in STATIONS]
    assert len(set(names)) == len(names)
    assert {one.state for one in STATIONS} <= set(STATES)
    assert {one.screen.split(".")[0] for one in STATIONS} >= {
        f"S{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
    }


def test_every_station_meets_every_unusual_choice_in_few_pictures():
    taken = paired(PAIRED)
    assert len(taken) <= MOST
    assert taken == paired(PAIRED)
    met = {(name, choice) for name, variant in taken for choice in variant.factors()}
    choices = [choice for each in _UNUSUAL for choice in each]
    assert met == {(name, choice) for name in PAIRED for choice in choices}


def test_every_two_unusual_choices_meet():
    used = {variant for _, variant in paired(PAIRED)}
    for one, others in enumerate(_UNUSUAL):
        for other in range(one + 1, len(_UNUSUAL)):
            met = {(each.factors()[one], each.factors()[other]) for each in used}
            assert met == {(a, b) for a in others for b in _UNUSUAL[other]}


def test_the_pictures_of_help_are_those_of_the_walk():
    named = {one.help for one in STATIONS if one.help}
    shown = re.findall(
        r"!\[([^\]]+)\]\(pictures/([^)]+)\.png\)", (HELP / "walk.md").read_text("utf-8")
    )
    assert {name for _, name in shown} == named
    assert {file.stem for file in (HELP / "pictures").glob("*.png")} == named
    assert all(len(words) > 15 for words, _ in shown)
    assert sum(file.stat().st_size for file in (HELP / "pictures").iterdir()) < 1_500_000


def looked_at(folder: Path, variant: Variant, names: tuple[str, ...]) -> dict[str, object]:
    """What the checks say of these stations, by their names."""
    surroundings = {
        **os.environ, "QT_SCALE_FACTOR": str(SIZES[variant.size][2]),
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE)]),
    }  # fmt: skip
    command = [
        sys.executable,
        str(HERE / "take.py"),
        str(folder / "pictures"),
        str(folder / "home"),
    ]
    subprocess.run([*command, *variant.factors(), *names], env=surroundings, check=True)
    told = json.loads((folder / "home" / "told.json").read_text("utf-8"))
    assert {each["name"] for each in told} == set(names)
    return {each["name"]: each["faults"] for each in told if each["faults"]}


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("variant", "names"),
    [(Variant(), USUAL), (Variant("1024x640", "dark", "en", "long"), UNUSUAL)],
    ids=["usual", "unusual"],
)
def test_the_checks_find_nothing(tmp_path: Path, variant: Variant, names: tuple[str, ...]):
    assert looked_at(tmp_path, variant, names) == {}
