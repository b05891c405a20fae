"""Every sentence and number of the dosing core, held against the approved ones.

approved/doses.txt is what the scenes must say. A change of words is made there by hand, or, where
the difference that the test shows is meant, by copying the file that it names over the approved.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from scenes import Scenes

from il2desk.dosing.agreement import differences
from il2desk.dosing.companion_values import CompanionDose, volume_line
from il2desk.dosing.derivation import derive_dose
from il2desk.dosing.dose import Dose
from il2desk.dosing.findings import Evidence, Refusal, Source
from il2desk.dosing.second_engine import second_answer

APPROVED = Path(__file__).with_name("approved") / "doses.txt"


@pytest.fixture(scope="module")
def scenes(ask, protocols, make_protocol, make_regimen):
    return Scenes(ask, protocols, (make_protocol, make_regimen)).all()


def lines_of(name: str, answer: Dose | Refusal) -> list[str]:
    """All that an answer says, a line each; a space that does not break is shown as _."""
    lines = [f"== {name}"]
    if isinstance(answer, Refusal):
        lines += [f"refused {answer.code}: {reason}" for reason in answer.reasons]
    else:
        lines += dose_lines(answer)
    return [line.replace("\u00a0", "_") for line in lines]


def dose_lines(dose: Dose) -> list[str]:
    dilution, infusion = dose.dilution, dose.infusion
    shown = {
        "level": dose.level, "route": dose.route, "m2": dose.bsa_m2, "exact": dose.exact_dose_iu,
        "mL": dose.exact_volume_ml, "step": dose.measure_step_ml, "syringe": dose.syringe,
        "prepared": f"{dose.prepared_volume_ml} = {dose.prepared_dose_iu}",
        "deviation": dose.deviation_percent, "vials": f"{dose.vials} {dose.vial_rule}",
        "left": dose.left_over_ml, "per cycle": dose.doses_per_cycle, "every": dose.interval_h,
        "method": dilution.method.value, "diluent": dilution.diluent, "bag": dilution.bag_ml,
        "total": dilution.total_volume_ml, "reached": dilution.final_concentration,
        "inside": dilution.in_window,
        "window": None if dilution.window_total_ml is None else "{} {}".format(*dilution.window_total_ml),
        "minutes": infusion and infusion.minutes, "rate": infusion and infusion.rate_ml_per_h,
        "source": dose.basis_source.document, "releasable": dose.releasable,
    }  # fmt: skip
    lines = [", ".join(f"{key} {value}" for key, value in shown.items())]
    lines += [f"{s.letter} {s.label} | {s.text} | {s.source}" for s in dose.working]
    lines += [f"{f.severity.value} {f.code}: {f.text}" for f in dose.findings]
    for one in dose.companions:
        lines += companion_lines(one)
    assert dose.whole_working == (*dose.working, *(s for c in dose.companions for s in c.working))
    return lines


def companion_lines(one: CompanionDose) -> list[str]:
    volume = one.volume
    held = "none"
    if volume is not None:
        held = (
            f"{volume.presentation.id} {volume.exact_ml} mL, {volume.prepared_ml} mL, {volume.dose}, "
            f"{volume.deviation_percent} percent, {volume.containers}"
        )
    lines = [f"+ {one.companion.id} | {one.level} | {one.exact_dose} | {held} | {volume_line(one)}"]
    lines += [f"+ {s.letter} {s.label} | {s.text} | {s.source}" for s in one.working]
    return lines + [f"+ {f.severity.value} {f.code}: {f.text}" for f in one.findings]


def test_what_is_said_is_what_was_approved(scenes, tmp_path):
    text = "\n".join(line for name in scenes for line in lines_of(name, derive_dose(scenes[name])))
    found = tmp_path / "doses.txt"
    found.write_text(text + "\n", encoding="utf-8", newline="\n")
    approved = APPROVED.read_text(encoding="utf-8")
    changed = list(difflib.unified_diff(approved.splitlines(), text.splitlines(), lineterm="", n=1))
    assert changed == [], f"What is said now: {found}"


def test_both_engines_agree_on_every_scene(scenes):
    for name, request in scenes.items():
        first, second = derive_dose(request), second_answer(request)
        if name == "tolerance too wide":  # the second engine reads it as the widest that is allowed
            assert isinstance(first, Refusal)
        elif isinstance(first, Refusal):
            assert second is None, name
        else:
            assert second is not None, name
            assert differences(first, second) == (), name


def test_a_source_without_a_place_is_cited_by_its_document_alone():
    assert Source("Label 2023", "", Evidence.LABEL).cite().startswith("Label 2023 (")
    assert (
        Source("Label 2023", "section 2.3", Evidence.LABEL)
        .cite()
        .startswith("Label 2023, section 2.3 (")
    )
