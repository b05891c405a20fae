"""The help pages: there for every screen, true about keys and journal, without unsafe short forms."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from il2desk.records import Draft, open_journal
from il2desk.window.keys import CONTEXTS, KEYS

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "resources" / "help"
PAGES = {file.stem: file.read_text(encoding="utf-8") for file in sorted(HELP.glob("*.md"))}
PROMISED = (
    "start", "today", "board", "weight", "premedication", "check", "prepare", "record", "records",
    "sheets", "protocols", "protocol-files", "keys", "journal", "glossary", "limits",
)  # fmt: skip
# Error-prone short forms, and a unit that must be spelled.
UNSAFE = re.compile(
    r"(?<![\w-])(I\.?U\.?|MIU|MU|U|[Mm]io\.?|10\^6|[uµ]g|cc|SC|SQ|QD|QOD|IL-?2)(?![\w-])"
)


def topics() -> set[str]:
    """Every topic that a page of the window names."""
    named = re.compile(r'help_topic(?:: str)? = "([^"]+)"|topic="([^"]+)"')
    return {
        one or other
        for file in (ROOT / "il2desk" / "window").rglob("*.py")
        for one, other in named.findall(file.read_text(encoding="utf-8"))
    }


def test_every_screen_has_its_page():
    named = topics()
    assert len(named) > 10
    assert sorted(named - PAGES.keys()) == []
    assert sorted(set(PROMISED) - PAGES.keys()) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_its_title_and_is_short(page: str):
    lines = PAGES[page].splitlines()
    assert re.fullmatch(r"# \S.*", lines[0])
    assert len(lines) < (150 if page == "keys" else 140)  # a line for every key there is


def test_no_two_pages_have_one_title():
    titles = [text.splitlines()[0] for text in PAGES.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("page", PAGES)
def test_no_unsafe_short_form(page: str):
    without_keys = re.sub(r"\*\*[A-Z]\*\*", "", PAGES[page])
    assert UNSAFE.findall(without_keys) == []


@pytest.mark.parametrize(
    "text", ["5 MIU", "22 Mio.", "10 IU per mL", "5 U", "10^6", "4 cc", "given SC", "3 ug"]
)
def test_an_unsafe_short_form_would_be_seen(text: str):
    assert UNSAFE.search(text)


def test_every_page_that_another_names_is_there():
    titles = {text.splitlines()[0].lstrip("# ") for text in PAGES.values()}
    named = {
        name
        for text in PAGES.values()
        for clause in re.findall(r"see (?:the topics )?((?:\*\*[^*]+\*\*(?:, | and |,\n)?)+)", text)
        for name in re.findall(r"\*\*([^*]+)\*\*", clause)
    }
    assert named
    assert {name for name in named if not any(name in title for title in titles)} == set()


def test_the_page_of_keys_is_the_registry():
    sections = dict(part.partition("\n")[::2] for part in PAGES["keys"].split("\n## ")[1:])
    for context, where in CONTEXTS.items():
        mine = [key for key in KEYS if key.context == context]
        listed = re.findall(r"\| \*\*([^*]+)\*\* \| ([^|]+) \|", sections[where.capitalize()])
        shown = [(key.sequence.replace("Return", "Enter"), key.words) for key in mine]
        assert [name for name, _ in listed] == list(dict.fromkeys(name for name, _ in shown))
        for name, words in listed:
            assert any(words.startswith(said) for key, said in shown if key == name)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A closed journal with two entries, under the name that the page uses."""
    file = tmp_path / "journal.sqlite"
    with open_journal(file, create=True) as opened:
        for number in range(2):
            draft = Draft(
                kind="weight-recorded",
                body={"purpose": "dosing", "weight_kg": f"7{number}"},
                actor="kb",
                at=datetime(2026, 3, 12, 13, number, tzinfo=UTC),
                zone="UTC",
                local_offset="+00:00",
            )
            opened.append(draft)
    return file


def snippet() -> str:
    """The Python lines of the page of the journal."""
    lines = PAGES["journal"].splitlines()
    begin = lines.index("    import hashlib, json, sqlite3")
    end = next(at for at in range(begin, len(lines)) if not lines[at].strip())
    return "\n".join(line.removeprefix("    ") for line in lines[begin:end])


def test_the_hashes_can_be_recomputed_as_the_page_says(journal: Path):
    def checked() -> int:
        words = [sys.executable, "-c", snippet()]
        return subprocess.run(
            words, cwd=journal.parent, capture_output=True, check=False
        ).returncode

    assert checked() == 0
    with closing(sqlite3.connect(journal)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE entry SET body = replace(body, '70', '77')")
        database.commit()
    assert checked() != 0


def test_the_views_are_those_the_page_names(journal: Path):
    paragraph = PAGES["journal"].partition("Views with plain names:")[2].partition("Times are")[0]
    with closing(sqlite3.connect(journal)) as database:
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()
        assert sorted(re.findall(r"`(\w+)`", paragraph)) == sorted(name for (name,) in rows)
        query = next(
            line.strip() for line in PAGES["journal"].splitlines() if line.startswith("    SELECT")
        )
        assert database.execute(query).fetchall() == []
