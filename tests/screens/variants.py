"""How a screen is looked at: size and scale, theme, language, names; and which of them are paired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

SIZES = {"1280x720": (1280, 720, 1.0), "1024x640": (1024, 640, 1.0), "1920x1080": (1280, 720, 1.5)}
"""Logical width and height of the window, and the scale: 1920 x 1080 at 150 % is 1280 x 720 inside."""
THEMES = ("light", "dark", "contrast")
LANGUAGES = ("en", "en-XL", "zh-XX")
NAMES = {
    "plain": ("", ""),
    "long": ("Featherstonehaugh-Cholmondeleyworth", "Wilhelmina-Bernadette-Konstantinova"),
    "chinese": ("欧阳", "娜娜"),
}
"""Family and given name: those of the journal, 35 and 35 letters, and two Chinese ones."""


@dataclass(frozen=True, order=True)
class Variant:
    """One way to look at a screen."""

    size: str = "1280x720"
    theme: str = "light"
    language: str = "en"
    names: str = "plain"

    @property
    def name(self) -> str:
        """Return a name that is a folder's too."""
        return f"{self.size}_{self.theme}_{self.language}_{self.names}"

    def factors(self) -> tuple[str, ...]:
        """Return the four choices."""
        return (self.size, self.theme, self.language, self.names)


EVERY = Variant()
"""Every screen and state once: 1280 x 720, light, English, the names of the journal."""


def paired(stations: Sequence[str]) -> list[tuple[str, Variant]]:
    """Every pair of a station and an unusual choice, and of two choices, in few pictures.

    Greedy, the first of the best, so that the same stations always give the same pictures.
    """
    wanted = {pair for each in _EIGHT for pair in _pairs(each)}
    used = Counter(dict.fromkeys(_EIGHT, 0))
    taken: list[tuple[str, Variant]] = []
    for station in stations:
        mine = {choice for choices in _UNUSUAL for choice in choices}
        while mine:

            def new(each: Variant, mine: set[str] = mine) -> tuple[int, int, int]:
                """Most new with this station, then most new pairs of choices, then least used."""
                return (len(mine & {*each.factors()}), len(wanted & _pairs(each)), -used[each])

            best = max(_EIGHT, key=new)
            mine = mine - {*best.factors()}
            wanted.difference_update(_pairs(best))
            used[best] += 1
            taken.append((station, best))
    return taken


def _pairs(variant: Variant) -> set[tuple[str, str]]:
    return set(combinations(variant.factors(), 2))


_UNUSUAL = (tuple(SIZES)[1:], THEMES[1:], LANGUAGES[1:], tuple(NAMES)[1:])
# Half of the sixteen: every two choices meet in them, and each has its opposite among them.
_EIGHT = tuple(
    Variant(*(choices[at] for choices, at in zip(_UNUSUAL, each, strict=True)))
    for each in product((0, 1), repeat=4)
    if sum(each) % 2 == 0
)
