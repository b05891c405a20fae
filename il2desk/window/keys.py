"""The one registry of keys: what each does, where it works, and how it is named on buttons.

It is not configurable. A key pressed where it does not work is answered with a sentence, so that
nobody believes something was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from il2desk.dosing import tell
from il2desk.words import say

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Key:
    """One key in one context; `sequence` is Qt's portable text, `words` say what it does."""

    action: str
    sequence: str
    context: str
    words: str


# Where a context is, as the end of "G works ...".
CONTEXTS: dict[str, str] = {
    "everywhere": "everywhere",
    "commit": "where the action bar offers it",
    "board": "on the board",
    "list": "in a list",
    "steps": "in the steps of a dose",
    "stock": "on the page of the stock",
    "trial": "on the page of the trial",
    "audit": "on the page of the audit trail",
    "course": "on the page of the course",
    "time field": "in a time field",
    "date field": "in a date field",
}


def _keys(context: str, *rows: tuple[str, str, str]) -> tuple[Key, ...]:
    return tuple(Key(action, sequence, context, words) for action, sequence, words in rows)


_OUTCOMES = (
    ("given", "G", tell("Given")),
    ("part-given", "P", tell("Part given")),
    ("held", "H", tell("Held")),
    ("omitted", "O", tell("Omitted")),
    ("not-known", "U", tell("Not known")),
    ("delay", "D", tell("Delay")),
    ("witness", "V", tell("Sign as second person")),
)

KEYS: tuple[Key, ...] = (
    *_keys(
        "everywhere",
        ("help", "F1", "Help for this screen"),
        ("today", "F2", "Today"),
        ("find", "F3", "Find"),
        ("board", "F4", "Board"),
        ("resort", "F5", "Re-sort or reload the list"),
        ("next-region", "F6", "Next region"),
        ("previous-region", "Shift+F6", "Previous region"),
        ("records", "F7", "Records"),
        ("sheets", "F8", "Sheets"),
        ("stock", "F9", "Stock"),
        ("menu", "F10", "Menus"),
        ("full-screen", "F11", "Full screen"),
        ("trial", "F12", "Trial"),
        ("lock", "Ctrl+L", "Lock"),
        ("find-in-list", "Ctrl+F", "Find in the list"),
        ("print", "Ctrl+P", "Sheet for this screen"),
        ("key-sheet", "Ctrl+/", "Keys"),
        ("nothing-to-save", "Ctrl+S", "Save"),
        ("discard-draft", "Ctrl+Shift+D", "Discard the draft"),
    ),
    *_keys(
        "commit",
        ("commit", "Ctrl+Return", tell("Review, then sign")),
        ("commit", "Ctrl+Enter", tell("Review, then sign")),
        ("back", "Esc", tell("Go back")),
        ("disagree", "Ctrl+R", tell("Does not agree, as second person")),
    ),
    *_keys(
        "board",
        *_OUTCOMES,
        ("amend", "A", tell("Amend")),
        ("jump-today", "T", tell("Today's doses")),
        ("course", "C", tell("Course")),
    ),
    *_keys(
        "list",
        ("witness", "V", tell("Sign as second person")),
        ("amend", "A", tell("Amend")),
    ),
    *_keys(
        "steps",
        *_OUTCOMES,
        ("step-1", "Alt+1", tell("Weight and dose")),
        ("step-2", "Alt+2", tell("Premedication")),
        ("step-3", "Alt+3", tell("Pre-dose check")),
        ("step-4", "Alt+4", tell("Prepare")),
        ("step-5", "Alt+5", tell("Record")),
        ("new-weight", "W", tell("New weight")),
    ),
    *_keys(
        "stock",
        ("stock-lots", "Alt+1", tell("Lots")),
        ("stock-movements", "Alt+2", tell("Movements")),
        ("stock-audit", "Alt+3", tell("Audit check")),
        ("stock-run-out", "Alt+4", tell("Run-out")),
        ("receive", "R", tell("Receive")),
        ("count", "C", tell("Count")),
        ("waste", "W", tell("Waste")),
        ("quarantine", "Q", tell("Quarantine")),
        ("return", "X", tell("Return")),
        ("transfer", "T", tell("Transfer")),
        ("destroy", "D", tell("Destroy")),
        ("settle", "S", tell("Settle a difference")),
        ("low-mark", "L", tell("Low mark")),
        ("correct", "A", tell("Correct a line")),
    ),
    *_keys(
        "trial",
        ("trial-doses", "Alt+1", tell("Doses")),
        ("trial-criteria", "Alt+2", tell("Held and omitted by criterion")),
        ("trial-overrides", "Alt+3", tell("Overrides")),
        ("trial-second", "Alt+4", tell("Second person")),
    ),
    *_keys(
        "audit",
        ("audit-check", "Alt+1", "Check the chain, or stop it"),
        ("audit-older", "Alt+2", "Older entries"),
        ("audit-export", "Alt+3", "Export as CSV"),
    ),
    *_keys(
        "course",
        ("earlier-cycle", "E", "Earlier cycle"),
        ("later-cycle", "L", "Later cycle"),
    ),
    *_keys("time field", ("now", "N", "Now")),
    *_keys("date field", ("field-today", "T", "Today"), ("field-yesterday", "Y", "Yesterday")),
)


def install(owner: QWidget, context: str, acts: Mapping[str, Act]) -> list[QShortcut]:
    """Give `owner` the keys of `context` for the actions named in `acts`.

    The keys work while `owner` is shown and enabled; on the board, in lists, steps and the lists of all patients only while
    the focus is inside it. A key held down acts once. KeyError where an action has no key there.
    """
    scope = Qt.ShortcutContext.WindowShortcut
    if context in ("board", "list", "steps", "stock", "trial", "audit", "course"):
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
    known = {key.action for key in KEYS if key.context == context}
    unknown = sorted(set(acts) - known)
    if unknown:
        raise KeyError(", ".join(unknown))
    made: list[QShortcut] = []
    for key in KEYS:
        if key.context == context and key.action in acts:
            shortcut = QShortcut(QKeySequence(key.sequence), owner)
            shortcut.setContext(scope)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(acts[key.action])
            made.append(shortcut)
    return made


def key_text(action: str, context: str | None = None) -> str:
    """Return the key's name for a button or a label. KeyError where there is none."""
    for key in KEYS:
        if key.action == action and context in (None, key.context):
            return key.sequence.replace("Return", "Enter")
    raise KeyError(action)


def misplaced(event: QKeyEvent) -> str | None:
    """Return what to tell somebody whose key found nobody to act on it; None for other keys."""
    pressed = QKeySequence(event.keyCombination())
    found = [key for key in KEYS if QKeySequence(key.sequence) == pressed]
    if not found or event.isAutoRepeat():
        return None
    name = key_text(found[0].action, found[0].context)
    places = list(dict.fromkeys(CONTEXTS[key.context] for key in found))
    if "everywhere" in places:
        return say("{key} {words} does not work here.", key=name, words=found[0].words)
    return say("{key} works {places}.", key=name, places=say(" and ").join(places))


def duplicates() -> list[tuple[Key, Key]]:
    """Return pairs of keys that could be active at the same time; Qt would silence both."""
    shared = {"everywhere", "commit"}
    return [
        (one, two)
        for one, two in combinations(KEYS, 2)
        if QKeySequence(one.sequence) == QKeySequence(two.sequence)
        and (one.context == two.context or shared & {one.context, two.context})
    ]
