"""Findings from a JSON file: numbers keep the digits they were written with."""

from __future__ import annotations

import json
from pathlib import Path

from il2desk.dosing import Raw, Refusal, refuse, tell


class _NotAllowedError(ValueError):
    """A JSON construct that findings never hold; the message is the sentence to show."""


def findings_from_file(path: Path) -> dict[str, Raw] | Refusal:
    """The findings of a file: codes to text, true or false, or a list of words.

    Raises OSError where the file cannot be read for want of permission.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # Windows editors put a mark first
    except (FileNotFoundError, IsADirectoryError):
        return refuse(
            "file", tell("{path} is not a file. Name the file with the findings.", path=path)
        )
    except UnicodeDecodeError:
        return refuse(
            "file", tell("{path} is not UTF-8 text. Save the findings as UTF-8 JSON.", path=path)
        )
    try:
        found = json.loads(
            text,
            parse_float=str,
            parse_int=str,
            parse_constant=_constant,
            object_pairs_hook=_pairs,
        )
    except _NotAllowedError as error:
        return refuse("json", str(error))
    except (ValueError, RecursionError):
        return refuse(
            "json",
            tell(
                "{path} is not JSON. Write it as one object of finding codes and values.", path=path
            ),
        )
    if not isinstance(found, dict):
        return refuse(
            "json", "The findings are not one object. Write it as one object of codes and values."
        )
    return _checked(found)


def _constant(name: str) -> None:
    message = f"{name} is not a value. Leave the code out where it was not assessed."
    raise _NotAllowedError(message)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for code, value in pairs:
        if code in found:
            message = f"{code} is given twice. Give it once."
            raise _NotAllowedError(message)
        found[code] = value
    return found


def _checked(found: dict[str, object]) -> dict[str, Raw] | Refusal:
    reasons: list[str] = []
    raw: dict[str, Raw] = {}
    for code, value in found.items():
        if isinstance(value, (str, bool)):
            raw[code] = value
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            raw[code] = tuple(str(word) for word in value)
        elif value is None:
            reasons.append(
                tell("{code} is null. Leave it out where it was not assessed.", code=code)
            )
        else:
            reasons.append(
                tell(
                    "{code} is neither a number, a word, true, false nor a list of words.",
                    code=code,
                )
            )
    return Refusal("json", tuple(reasons)) if reasons else raw
