"""Two languages that nobody speaks, to try out layouts before anybody translates.

en-XL is English with every letter changed and text 1.6 times as long, short words up to three
times; zh-XX is Chinese characters without sense. Facts keep their {names}, and safety words stay.
Neither is shipped or offered: both are made anew from the messages whenever they are wanted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from il2desk.words import safety_spans

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_OTHER = "ÀßÇĐÉƑĜĤÍĴĶĹḾŃÓƤǪŔŚŤÚṼŴẌÝŹàƀçđéƒĝĥíĵķĺḿńóƥǫŕśťúṽŵẍýź"
_LETTERS = str.maketrans(_PLAIN, _OTHER)
_HOLE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")
_WORD = re.compile(r"[A-Za-z]+")
_LONGER, _SHORT, _MORE = 1.6, 10, 8
_WHOLE, _PART, _LEAST = 9, 6, 3  # a translator marks where a long word may part
_SOFT_HYPHEN = "\u00ad"
_PER_LETTER = 0.4  # characters; each is as wide as two letters
_SIGNS = (
    "時間用量記錄核對病人藥品注射體重開始結束檢查確認醫師計畫日期單位每次總數說明返回選擇輸入原因"
)
_MONTHS = dict(
    zip(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        range(1, 13),
        strict=True,
    )
)


def longer(message: str) -> str:
    """The message in en-XL."""
    letters = sum(map(str.isalpha, _HOLE.sub("", message)))
    factor = _LONGER
    if 0 < letters < _SHORT:
        factor = min(3.0, max(_LONGER, (letters + _MORE) / letters))
    return _around(message, lambda text: _WORD.sub(lambda word: _stretched(word[0], factor), text))


def _stretched(word: str, factor: float) -> str:
    """A word with letters of its own repeated in it, every one of them changed."""
    more = math.ceil(len(word) * factor) - len(word)
    made = (word + (word[-1] + word[len(word) // 2]) * more)[: len(word) + more]
    parts = re.findall(rf".{{1,{_PART}}}", made) if len(made) > _WHOLE else [made]
    if len(parts) > 1 and len(parts[-1]) < _LEAST:
        parts[-2:] = [parts[-2] + parts[-1]]
    return _SOFT_HYPHEN.join(parts).translate(_LETTERS)


def chinese(message: str) -> str:
    """The message in zh-XX; a date is year, month and day there."""
    if message == "{day}-{month}-{year}":
        return "{year}-{month}-{day}"
    if message in _MONTHS:
        return f"{_MONTHS[message]:02d}"
    return _around(message, lambda text: re.sub(r"[A-Za-z][A-Za-z' -]*", _signs, text))


def _signs(words: re.Match[str]) -> str:
    letters = len(words[0].strip())
    start = sum(map(ord, words[0])) % len(_SIGNS)
    count = max(1, math.ceil(letters * _PER_LETTER))
    tail = " " if words[0].endswith(" ") else ""
    return "".join(_SIGNS[(start + at) % len(_SIGNS)] for at in range(count)) + tail


def _around(message: str, change: Callable[[str], str]) -> str:
    """The message changed everywhere but in its holes and its safety words."""
    kept = sorted([*(found.span() for found in _HOLE.finditer(message)), *safety_spans(message)])
    made, at = "", 0
    for begin, end in kept:
        made += change(message[at:begin]) + message[begin:end]
        at = end
    return made + change(message[at:])


LANGUAGES: dict[str, Callable[[str], str]] = {"en-XL": longer, "zh-XX": chinese}
