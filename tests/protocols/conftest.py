"""The shipped catalogue, the practice copy, and a way to change one line of a shipped file."""

from __future__ import annotations

from pathlib import Path

import pytest

from il2desk.paths import resource_dir
from il2desk.protocols import Bundle, check_file, load_catalogue
from il2desk.protocols.site_file import SITE_RULES


@pytest.fixture(scope="session")
def resources():
    return resource_dir()


@pytest.fixture(scope="session")
def catalogue(resources):
    return load_catalogue(resources)


@pytest.fixture(scope="session")
def practice_file(resources):
    return resources / "practice" / "npc-bolus-practice.toml"


@pytest.fixture
def site_copy(resources, tmp_path):
    """Copy a shipped file into a folder of its own, with texts replaced; each must be there."""

    def copy(name: str, *changes: tuple[str, str], saved_as: str | None = None) -> Path:
        source = resources / name
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"{old!r} is not in {name}"
            text = text.replace(old, new, 1)
        path = tmp_path / (saved_as or source.name)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return copy


SMALL = """format = 1
kind = "protocol"
id = "small"
title = "A small protocol"
version = "1"
status = "specimen"
drug = "aldesleukin"
product = "proleukin-us"
citation = "A document"
tolerance_percent = "5"
weight_range_kg = ["30", "250"]
course_cycles = { value = 1, source = "paper" }
{HEAD}
[regimen]
title = "a regimen"
route = { value = "subcutaneous", source = "paper" }
form = { value = "injection", source = "paper" }
rule_set = { value = "jitc-2014", source = "paper" }
premedication = { value = "subcutaneous", source = "paper" }
{REGIMEN}
[site]
open = {OPEN}
{MORE}
[sources.paper]
document = "A document"
place = "page 1"
evidence = "paper"

[sources.recall]
document = "A document that nobody compared"
place = "page 2"
evidence = "unconfirmed"

# end of file
"""
REST = 'rest_days = { value = 7, source = "paper" }'
UNDILUTED = '[regimen.dilution]\nmethod = "undiluted"\nsource = "paper"\n'


@pytest.fixture
def small(tmp_path):
    """Write a small protocol: what its regimen says, further tables, and gaps (field, blocks)."""

    def write(regimen, more="", *, gaps=(), head=REST, dilution=UNDILUTED) -> Path:
        rows = "".join(
            f'\n[[gaps]]\nfield = "{field}"\nname = "A value"\nfill_from = "the paper"\n'
            f'filled_by = "the site"\nblocks = [{", ".join(map(repr, blocks))}]\n'
            for field, blocks in gaps
        )
        parts = {
            "HEAD": head,
            "OPEN": str(list(SITE_RULES)),
            "REGIMEN": f"{regimen}\n{dilution}",
            "MORE": f"{more}\n{rows}",
        }
        text = SMALL
        for name, part in parts.items():
            text = text.replace(f"{{{name}}}", part.replace("'", '"'))
        path = tmp_path / "small.toml"
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    return write


@pytest.fixture
def loaded(catalogue):
    """The regimen of a small protocol that has no problem."""

    def load(path):
        bundle = catalogue.bundle_for(path)
        assert isinstance(bundle, Bundle), bundle.sentences
        return bundle.protocol.regimens[0]

    return load


@pytest.fixture
def refused(catalogue):
    """A file is refused for one reason: by file, by the line that holds `on_line`, and by key."""

    def refuse(path, key, on_line, said, *, others=False):
        problems = check_file(path, catalogue).problems
        found = [one for one in problems if one.key == key and said in one.text]
        assert found, [one.sentence for one in problems]
        assert others or len(problems) == 1, [one.sentence for one in problems]
        lines = path.read_text(encoding="utf-8").splitlines()
        assert on_line in lines[found[0].line - 1], lines[found[0].line - 1]
        assert found[0].sentence.startswith(f"{path.name}, line {found[0].line}, {key}: ")
        return found[0].text

    return refuse
