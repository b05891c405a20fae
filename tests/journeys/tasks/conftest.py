"""The rig of the ten tasks: their ward, made once, the clock at 14:02 in Berlin, keys that count."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent):
    sys.path.insert(0, str(folder))  # test modules import what lies beside them

import loop_watch  # noqa: E402 - after the path
import ward_of_tasks  # noqa: E402
from task_hands import TaskHands  # noqa: E402

from il2desk.desk import SetClock  # noqa: E402

GAP = """
[[gaps]]
field = "{field}"
name = "{name}"
fill_from = "the full paper"
filled_by = "the principal investigator"
blocks = ["dose"]
"""


@pytest.fixture(scope="session")
def wards(
    root: Path, tmp_path_factory: pytest.TempPathFactory, site_writer: Any
) -> dict[str, Path]:
    """The closed journals that the tasks begin with; a task works on a copy."""
    folder = tmp_path_factory.mktemp("tasks")
    site_copy = site_writer.write_site_copy(root, folder / "site")
    return ward_of_tasks.build(
        folder, lambda desk: site_writer.to_the_protocol(desk, site_copy), _empty_step(site_copy)
    )


def _empty_step(site_copy: Path) -> Path:
    """The same protocol with its dose left open, beside the other."""
    text = site_copy.read_text(encoding="utf-8").replace("npc-bolus-site", "npc-bolus-empty")
    lines = [line for line in text.splitlines() if not line.startswith("dose = ")]
    gaps = GAP.format(field="regimen.dose", name="The dose") + GAP.format(
        field="regimen.basis", name="What the dose goes by"
    )
    text = "\n".join(lines).replace("\n[sources.chi-2001]", f"{gaps}\n[sources.chi-2001]", 1)
    file = site_copy.with_name("npc-bolus-empty.toml")
    file.write_text(text + "\n", encoding="utf-8")
    return file


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a stray key saves stays with the test."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.fixture
def begin(
    start: Callable[..., Any], clock: SetClock, wards: dict[str, Path], tmp_path: Path, request: Any
) -> Iterator[Callable[..., TaskHands]]:
    """Open a copy of a ward ("day", "morning") at its moment, signed in at Today."""
    begun: list[TaskHands] = []

    def open_ward(name: str = "day") -> TaskHands:
        clock.moment = ward_of_tasks.NOW if name == "day" else ward_of_tasks.MORNING
        place = tmp_path / f"ward-{len(begun)}"
        place.mkdir()
        journal = Path(shutil.copy(wards[name], place / "journal.sqlite"))
        person = start(journal)
        person.window.resize(1280, 720)
        hands = TaskHands(person.session)
        begun.append(hands)
        hands.sign_in()
        hands.until(lambda: hands.page is not None and hands.page._table.current_id(), "Today")
        return hands

    yield open_ward
    report = os.environ.get("IL2DESK_TASK_REPORT")
    for hands in begun:
        hands.counter.end()
        if report:
            loop_watch.tell(report, request.node.name, hands.watch, hands.counts)


@pytest.fixture
def person(begin: Callable[..., TaskHands]) -> TaskHands:
    """Hands at Today of the ward at 14:02."""
    return begin()


@pytest.fixture
def rows() -> Callable[..., list[dict[str, Any]]]:
    """Ask a journal as any SQLite tool would, without a line of this program."""

    def ask(hands: TaskHands, query: str) -> list[dict[str, Any]]:
        journal = hands.session.desk.journal.path
        with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(query)]

    return ask


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A task is long, and a slow machine is no failure."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(300))
