"""The topic of shapes: every glyph of the board and of the check, drawn, with its word and meaning."""

from __future__ import annotations

from il2desk.window.spoken import spoken_all
from il2desk.words import say

# In the order of the glyphs: the state as the program names it, its word, what it means.
SHAPES: tuple[tuple[str, str, str], ...] = (
    ("scheduled", "Scheduled", "Planned; nothing is recorded."),
    ("next", "Next", "The next dose of the cycle; nothing is recorded."),
    ("due", "DUE", "It can be given now; nothing is recorded."),
    ("overdue", "OVERDUE", "Its time has passed; nothing is recorded until a person records it."),
    ("prepared", "Prepared", "Released by two people; whether it was given is not recorded."),
    ("needs second person", "Needs second person", "Recorded; the second signature is missing."),
    ("disputed", "Disputed", "The second person does not agree; it is to be corrected."),
    ("given", "Given", "The whole dose went in."),
    ("part given", "Part given", "A part of the dose went in."),
    ("held", "Held", "Not given, to be assessed again; a person recorded why."),
    ("omitted", "Omitted", "Not given; a person recorded why."),
    ("not known", "Not known", "A person recorded that nobody knows whether it was given."),
    ("delayed", "Delayed", "Planned for a later time; nothing is recorded."),
    ("cancelled", "Cancelled", "The cycle was stopped or has ended before it."),
    ("GO", "GO", "No hold or stop criterion met. The decision stays with the treating team."),
    ("HOLD", "HOLD", "A criterion for holding the dose is met."),
    ("STOP", "STOP", "A criterion for stopping is met: this cycle, or for good."),
    ("CANNOT ASSESS", "CANNOT ASSESS", "A value is missing or too old; this is never GO."),
)
_RULES = (
    "A square: nothing is recorded yet. A circle: a person recorded something. A diamond: overdue.",
    "Filled: drug went in. Hollow: it did not. A small A in the corner: corrected later.",
    "Every shape stands beside its word; no state is told by colour alone, on screen or on paper.",
)


def shapes_text() -> str:
    """The topic as markdown; its pictures are named `glyph:` and the state."""
    lines = [f"# {title()}", ""]
    for rule in _RULES:
        lines += [f"* {say(rule)}"]
    lines += ["", f"| {say('Shape')} | {say('Word')} | {say('Meaning')} |", "|---|---|---|"]
    for state, word, meaning in SHAPES:
        name = state.replace(" ", "-")
        lines.append(f"| ![{say(word)}](glyph:{name}) | **{say(word)}** | {say(meaning)} |")
    return spoken_all(lines, "\n")


def title() -> str:
    """The topic's name."""
    return say("Shapes and their words")
