"""The catalogue for translators holds every sentence, and no translation can lose a fact or a safety word."""

from __future__ import annotations

import ast
import gettext
import re
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest

from il2desk import words
from il2desk.words import SAFETY_WORDS, kept_words, say

PACKAGING = str(Path(__file__).resolve().parent.parent / "packaging")


@pytest.fixture(scope="module")
def scripts():
    """The scripts that write the catalogue, as `start.py words` imports them."""
    sys.path.insert(0, PACKAGING)
    yield tuple(map(import_module, ("catalogue", "messages", "pseudo")))
    sys.path.remove(PACKAGING)
    for name in ("catalogue", "messages", "pseudo"):
        sys.modules.pop(name)


@pytest.fixture(scope="module")
def found(scripts, root) -> tuple[str, ...]:
    return scripts[1].messages(root / "il2desk")


def test_every_message_stands_in_the_file_for_translators(scripts, found):
    catalogue = scripts[0]
    kept = catalogue.POT.read_text(encoding="utf-8")
    lacking = set(found) - set(catalogue.messages_in(kept))
    assert not lacking, "run: python3 packaging/start.py words"
    assert kept == catalogue.pot_text(found), "run: python3 packaging/start.py words"


def test_that_file_names_no_machine_and_no_day(scripts):
    text = scripts[0].POT.read_text(encoding="utf-8")
    assert not re.search(
        r"^#: |POT-Creation-Date|PO-Revision-Date|/home/|/tmp/|/work/", text, re.MULTILINE
    )
    assert text.startswith("# Messages of IL2Desk.")


def test_a_message_is_found_wherever_it_is_told(scripts):
    code = """
say("one {x}", x=tell("two"))
refuse("code", "three", tell("four"))
told("five" if late else "six")
partial(tell, "seven {y}")
say(table.get(key, "eight"))
say("") or say("{value}", value="nine")
"""
    assert sorted(scripts[1].messages_of(code)) == sorted(
        ["one {x}", "two", "three", "four", "five", "six", "seven {y}", "eight", "{value}"]
    )


@pytest.mark.parametrize("code", ["en-XL", "zh-XX"])
def test_the_two_trial_languages_keep_facts_and_safety_words(scripts, found, code):
    translate = scripts[2].LANGUAGES[code]
    made = {one: translate(one) for one in found}
    assert not [one for one, said in made.items() if _kept(one) != _kept(said)]
    plain = re.compile(r"[A-Za-z]{2,}")
    left = {one for one, said in made.items() if plain.search(_bare(said))}
    assert not left


def _kept(text: str) -> object:
    holes, safety = kept_words(text)
    return holes, safety


def _bare(text: str) -> str:
    """The text without its facts and its safety words."""
    for begin, end in reversed(words.safety_spans(text)):
        text = text[:begin] + text[end:]
    return re.sub(r"\{\{|\}\}|\{[^{}]*\}", "", text)


def test_text_of_the_long_language_is_at_least_1_6_times_as_long(scripts, found):
    longer = scripts[2].longer
    for one in found:
        letters = sum(map(str.isalpha, _bare(one)))
        grown = sum(map(str.isalpha, _bare(longer(one))))
        assert grown >= 1.6 * letters, one
        assert grown <= 3 * letters + 8 or letters < 10, one


def catalogue_of(scripts, pairs: dict[str, str]) -> gettext.NullTranslations:
    return words._Catalogue(BytesIO(scripts[0].compiled(pairs)))


@pytest.mark.parametrize(
    ("english", "wrong"),
    [
        ("Dose {number} was given.", "Dosis wurde gegeben."),
        ("Dose {number} was given.", "Dosis {nummer} wurde gegeben."),
        ("HOLD because of {why}", "AUFSCHIEBEN wegen {why}"),
        ("DOSE {dose} million international units", "DOSE {dose} Mio. Einheiten"),
        ("PRACTICE, NOT FOR PATIENT USE", "ÜBUNG"),
    ],
)
def test_a_translation_that_lost_what_must_stay_is_not_shown(scripts, monkeypatch, english, wrong):
    made = catalogue_of(scripts, {english: wrong, "Go back": "Zurück"})
    monkeypatch.setattr(words, "_catalogue", lambda: made)
    facts = {"number": 7, "why": "x", "dose": "42.3"}
    assert say(english, **facts) == english.format(**facts)
    assert say("Go back") == "Zurück"


def test_a_safety_word_that_is_kept_may_stand_anywhere(scripts, monkeypatch):
    made = catalogue_of(scripts, {"{count} on HOLD": "HOLD: {count}", "going": "gehend"})
    monkeypatch.setattr(words, "_catalogue", lambda: made)
    assert say("{count} on HOLD", count=2) == "HOLD: 2"
    assert say("going") == "gehend"


def test_no_shipped_translation_breaks_a_message(scripts, found, root):
    for file in (root / "resources" / "translations").glob("*/LC_MESSAGES/*.po"):
        pairs = scripts[0].messages_in(file.read_text(encoding="utf-8"))
        assert set(pairs) <= set(found), file
        wrong = {one for one, said in pairs.items() if said and _kept(one) != _kept(said)}
        assert not wrong, file


def test_safety_words_are_never_in_the_words_of_another_language(scripts):
    assert {scripts[2].longer(one) for one in SAFETY_WORDS} == set(SAFETY_WORDS)
    assert {scripts[2].chinese(one) for one in SAFETY_WORDS} == set(SAFETY_WORDS)


def calls_of(root: Path, folder: str):
    for path in sorted((root / "il2desk" / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield path, tree, [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def test_nothing_is_said_before_the_language_is_known(root):
    """A sentence said while a module is loaded would stay in the language of that moment."""
    early = []
    for path, tree, _ in calls_of(root, ""):
        for statement in _at_once(tree):
            early += [
                f"{path.name}:{call.lineno}"
                for call in ast.walk(statement)
                if isinstance(call, ast.Call) and name_of(call) == "say"
            ]
    assert not early


def _at_once(tree: ast.Module):
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from (one for one in node.body if not isinstance(one, ast.FunctionDef))
        elif not isinstance(node, (ast.FunctionDef, ast.Import, ast.ImportFrom)):
            yield node


SHOWING = {
    "PlainLabel", "Natural", "Button", "TickBox", "Column", "title_label", "setText", "set_words",
    "setAccessibleName", "setAccessibleDescription", "setToolTip", "setPlaceholderText", "setWindowTitle",
    "set_hint", "set_error", "set_question", "set_sentence", "set_empty", "announce", "Refused", "print",
    "tell_line", "ask", "ask_hidden", "Answer",
}  # fmt: skip
SENTENCE = re.compile(r"[A-Za-z]{3,}")
NAMES = ("IL2Desk", " - IL2Desk")


def test_no_plain_sentence_reaches_a_widget_or_the_command_line(root):
    bare = []
    for folder in ("window", "cli"):
        for path, _, calls in calls_of(root, folder):
            for call in calls:
                texts = _literals(call) if name_of(call) in SHOWING else ()
                bare += [f"{path.name}:{call.lineno} {text!r}" for text in texts]
    assert not bare, "\n".join(bare)


def _literals(call: ast.Call):
    """Literal texts among the arguments of a call, not those inside a call of its own."""
    left = list(call.args)
    while left:
        node = left.pop()
        if isinstance(node, ast.Call):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            code = re.fullmatch(r"[a-z-]+", node.value)  # one of ours, not for people
            if SENTENCE.search(node.value) and not code and node.value not in NAMES:
                yield node.value
            continue
        left += [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]


def _glued(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr)


def test_no_sentence_of_the_desk_is_glued_together(root):
    """A sentence with facts is told, so that it can be told again in another language."""
    glued = []
    for folder in ("window", "cli"):
        for path, _, calls in calls_of(root, folder):
            for call in calls:
                first = call.args[:1] if name_of(call) in ("say", "tell") else []
                glued += [f"{path.name}:{one.lineno}" for one in first if _glued(one)]
    assert not glued
