"""The colours of the window, one name a meaning, in three sets: light, dark and high contrast.

Contrast is computed by the WCAG formula in the tests: text at least 4.5 to 1, borders 3 to 1. No
state is told by colour alone; GO is an outline, HOLD a middle tone and STOP dark, so that they
differ on grey paper and to every eye.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as #RRGGBB; a name ending in `_text` is written on the fill of the same name."""

    window: str
    base: str
    text: str
    muted: str
    border: str
    focus: str
    select: str
    select_text: str
    banner: str
    banner_text: str
    banner_label: str
    stop: str
    stop_text: str
    hold: str
    hold_text: str
    go: str
    given: str
    given_text: str
    past: str
    current: str
    practice: str
    practice_text: str
    edge: int = 1
    """Width of a border in logical pixels."""
    hatched: bool = False
    """Whether a pattern stands where the other sets have the shade of the past."""


LIGHT = Tokens(
    window="#F3F5F7",
    base="#FFFFFF",
    text="#14202B",
    muted="#4A5763",
    border="#6B7885",
    focus="#0B5CAD",
    select="#0B5CAD",
    select_text="#FFFFFF",
    banner="#12395B",
    banner_text="#FFFFFF",
    banner_label="#C9DDEE",
    stop="#A31621",
    stop_text="#FFFFFF",
    hold="#FFD23F",
    hold_text="#1A1400",
    go="#005A9C",
    given="#1F4E79",
    given_text="#FFFFFF",
    past="#E6EAEE",
    current="#E6EAEE",
    practice="#5B2A86",
    practice_text="#FFFFFF",
)

DARK = Tokens(
    window="#171C21",
    base="#1F262D",
    text="#F2F5F7",
    muted="#B4C0CA",
    border="#8895A1",
    focus="#7CC0FF",
    select="#7CC0FF",
    select_text="#00233F",
    banner="#0A2740",
    banner_text="#FFFFFF",
    banner_label="#B9D4EA",
    stop="#FF8A8A",
    stop_text="#2B0003",
    hold="#FFD23F",
    hold_text="#1A1400",
    go="#7CC0FF",
    given="#9CCBF5",
    given_text="#00233F",
    past="#2A333B",
    current="#2A333B",
    practice="#D9B8FF",
    practice_text="#26063F",
)

# Text at least 7 to 1 on its ground, every edge black and twice as wide, no shade that means something.
CONTRAST = Tokens(
    window="#FFFFFF",
    base="#FFFFFF",
    text="#000000",
    muted="#1C1C1C",
    border="#000000",
    focus="#00408A",
    select="#00306B",
    select_text="#FFFFFF",
    banner="#000000",
    banner_text="#FFFFFF",
    banner_label="#FFFFFF",
    stop="#7A0010",
    stop_text="#FFFFFF",
    hold="#FFD23F",
    hold_text="#000000",
    go="#00408A",
    given="#0A2F52",
    given_text="#FFFFFF",
    past="#FFFFFF",
    current="#DCE9F7",
    practice="#3F1466",
    practice_text="#FFFFFF",
    edge=2,
    hatched=True,
)

THEMES: dict[str, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}
