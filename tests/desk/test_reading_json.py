"""Findings from a file keep their digits; what is not a finding is refused."""

from __future__ import annotations

import pytest

from il2desk.desk import findings_from_file
from il2desk.dosing import Refusal


@pytest.fixture
def read(tmp_path):
    def make(text: str):
        file = tmp_path / "findings.json"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return findings_from_file(file)

    return make


def test_digits_stay_as_written(read):
    found = read(
        '{"creatinine": 1.10, "platelets": 180000, "neuro": ["vivid_dreams"], "ecg_ischaemia": false}'
    )
    assert found == {
        "creatinine": "1.10", "platelets": "180000", "neuro": ("vivid_dreams",), "ecg_ischaemia": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "3", "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": Infinity}', '{"a": null}',
        '{"a": {"b": 1}}', '{"a": [true]}', "[" * 100_000, "\udcff",
    ],
)  # fmt: skip
def test_what_is_no_findings_file(read, text):
    answer = read(text)
    assert isinstance(answer, Refusal)
    assert all(reason.strip() for reason in answer.reasons)


def test_a_file_that_is_not_there_or_a_folder(tmp_path):
    assert findings_from_file(tmp_path / "no.json").code == "file"
    assert findings_from_file(tmp_path).code == "file"
