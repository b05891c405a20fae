"""The list of faults that change nothing is in order, and the proof fails where it is not."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
LISTED = tomllib.loads((HERE / "survivors.toml").read_text(encoding="utf-8"))


@pytest.fixture
def proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The proof, with a work folder of its own in which nothing was planted yet."""
    spec = importlib.util.spec_from_file_location("planted_faults", HERE / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "WORK", tmp_path)
    return module


def results(work: Path, **codes: int | None) -> None:
    """Results of the module exact as the library leaves them: 0 is a fault that no test saw."""
    folder = work / "mutants" / "il2desk" / "dosing"
    folder.mkdir(parents=True, exist_ok=True)
    named = {f"il2desk.dosing.exact.{name}": code for name, code in codes.items()}
    text = json.dumps({"exit_code_by_key": named})
    (folder / "exact.py.meta").write_text(text, encoding="utf-8")


def test_each_survivor_is_told_in_full_and_once():
    found = [tuple(one[key] for key in ("module", "function", "was", "becomes"))
             for one in LISTED["survivor"]]  # fmt: skip
    assert len(set(found)) == len(found)
    assert {one[0] for one in found} <= set(LISTED["modules"])
    assert len(set(LISTED["modules"])) == len(LISTED["modules"])
    for one in LISTED["survivor"]:
        assert set(one) == {"module", "function", "was", "becomes", "reason"}
        assert all(one.values())
        assert one["was"] != one["becomes"]


def test_each_survivor_still_stands_in_the_code(root: Path):
    """A line that has changed since needs a new look; so does one whose function is gone."""
    for one in LISTED["survivor"]:
        path = root / "il2desk" / "dosing" / f"{one['module']}.py"
        text = path.read_text(encoding="utf-8")
        assert f"def {one['function']}(" in text, one
        assert re.sub(r"\s+", "", one["was"]) in re.sub(r"\s+", "", text), one


def test_each_module_is_there(root: Path):
    for name in LISTED["modules"]:
        assert (root / "il2desk" / "dosing" / f"{name}.py").is_file(), name


def test_a_proof_in_which_all_is_seen_holds(proof: ModuleType, capsys):
    results(proof.WORK, x_ratio__mutmut_1=1, x_ratio__mutmut_2=36)
    assert proof.told(["exact"], []) == 0
    assert "2 of 2 planted faults were seen" in capsys.readouterr().out


def test_a_fault_that_is_in_neither_list_fails_the_proof(proof: ModuleType, capsys):
    """A test that is gone, or one that looks at nothing, lets a fault live."""

    def show(name: str) -> str:
        return "--- a\n+++ b\n@@\n-    return 1\n+    return 2\n"

    for code in (0, 33):
        results(proof.WORK, x_ratio__mutmut_1=1, x_ratio__mutmut_2=code)
        assert proof.told(["exact"], [], show) == 1
        told = capsys.readouterr().out
        assert "NOT SEEN by any test" in told
        assert "exact.ratio:\n  - return 1\n  + return 2" in told
    known = {"module": "exact", "function": "ratio", "was": "return 1", "becomes": "return 2"}
    assert proof.told(["exact"], [known], show) == 0


def test_a_listed_fault_that_is_seen_fails_the_proof(proof: ModuleType, capsys):
    results(proof.WORK, x_ratio__mutmut_1=1)
    known = {"module": "exact", "function": "ratio", "was": "return 1", "becomes": "return 2"}
    assert proof.told(["exact"], [known]) == 1
    assert "take it out" in capsys.readouterr().out
    assert proof.told(["exact"], [{**known, "module": "body"}]) == 0


def test_a_proof_that_was_stopped_is_no_proof_and_goes_on(proof: ModuleType, capsys):
    results(proof.WORK, x_ratio__mutmut_1=1, x_ratio__mutmut_2=None, x_ratio__mutmut_3=0)
    assert proof.told(["exact"], []) == 1
    assert "1 faults were not planted. Start again to go on." in capsys.readouterr().out
    assert proof.to_run(["exact", "body"], again=False) == [
        "il2desk.dosing.exact.x_ratio__mutmut_2", "il2desk.dosing.body.*"]  # fmt: skip
    assert len(proof.to_run(["exact"], again=True)) == 2


def test_results_of_other_code_or_tests_are_dropped(proof: ModuleType, tmp_path: Path, monkeypatch):
    root = tmp_path / "checkout"
    (root / "il2desk").mkdir(parents=True)
    (root / "il2desk" / "a.py").write_text("a = 1\n", encoding="ascii")
    monkeypatch.setattr(proof, "ROOT", root)
    monkeypatch.setattr(proof, "PARTS", ("il2desk",))
    monkeypatch.setattr(proof, "JUDGED", ("il2desk",))
    for text, keep, kept in (("a = 1", False, False), ("a = 1", False, True), ("a = 2", True, True),
                             ("a = 3", False, False)):  # fmt: skip
        results(proof.WORK, x_ratio__mutmut_1=1)
        (root / "il2desk" / "a.py").write_text(text, encoding="ascii")
        proof.copy_work(keep=keep)
        assert bool(proof.results_of("exact")) is kept
        assert (proof.WORK / "il2desk" / "a.py").read_text(encoding="ascii") == text
