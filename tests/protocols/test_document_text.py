"""What a site edits is written as a file again: the same data, the same order, nothing lost."""

from __future__ import annotations

import tomllib

import pytest

from il2desk.paths import resource_dir
from il2desk.protocols import fingerprint_of
from il2desk.protocols.document import data_of
from il2desk.protocols.document_text import comments_of, text_of

FOLDERS = (
    "protocols", "products", "companions", "definitions", "interactions", "rulesets",
    "premedication", "practice",
)  # fmt: skip
FILES = [path for folder in FOLDERS for path in sorted((resource_dir() / folder).glob("*.toml"))]


@pytest.mark.parametrize("path", FILES, ids=[f"{one.parent.name}-{one.stem}" for one in FILES])
def test_every_shipped_file_is_written_as_it_reads(path):
    text = path.read_text(encoding="utf-8")
    written = text_of(data_of(text), comments_of(text))
    assert data_of(written) == data_of(text)
    assert written.endswith("\n\n# end of file\n")
    assert text_of(data_of(written), comments_of(written)) == written
    remarks = [line for line in text.splitlines() if line.startswith("# ")]
    assert sorted(line for line in written.splitlines() if line.startswith("# ")) == sorted(remarks)


def test_order_stays(resources):
    text = (resources / "practice" / "npc-bolus-practice.toml").read_text(encoding="utf-8")
    written = text_of(data_of(text), comments_of(text))
    assert written == text
    assert fingerprint_of(written, {}) == fingerprint_of(text, {})


@pytest.mark.parametrize(
    "value",
    [
        'he said "stop"', "a back\\slash", "two\nlines", "tab\there", "# no remark", "[no table]",
        "\u00b5g \u00b0C \u674e", "\x7f", "'", '"""', "a = 1", "", " ", "\u2028", "\x00\x1f",
    ],
)  # fmt: skip
def test_any_text_survives(value):
    data = {"format": 1, "a key with spaces": value, "t": {"dose": {"value": value, "source": value}},
            "rows": [{"name": value, "list": [value, "b"], "source": "x"}], "flag": True}  # fmt: skip
    written = text_of(data)
    assert tomllib.loads(written) == data


def test_a_long_value_stands_in_a_table_or_a_list_of_its_own():
    long = "x" * 120
    data = {"regimen": {"route": {"value": long, "source": "s"}, "words": [long, "b"], "n": 3}}
    written = text_of(data)
    assert tomllib.loads(written) == data
    assert '[regimen.route]\nvalue = "' in written
    assert 'words = [\n  "' in written
