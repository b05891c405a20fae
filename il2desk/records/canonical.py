"""One text for one value: canonical JSON, and the hash that chains the entries.

Canonical JSON has sorted keys, no spaces, and characters as they are (UTF-8). Amounts are
strings; a binary fraction is refused, so nothing is ever rounded on its way into the record.

The hash of an entry is the SHA-256, in lower-case hex, of the UTF-8 text of one JSON list: every
column of table `entry` except `hash`, in the order of the columns, absent values as null, without
spaces. An auditor can recompute it with the standard library:

    import hashlib, json, sqlite3
    previous = None
    for row in sqlite3.connect(FILE).execute("SELECT * FROM entry ORDER BY sequence"):
        text = json.dumps(row[:-1], ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == row[-1]
        assert previous in (None, row[-2])
        previous = row[-1]

The first entry's `previous_hash` is the hash of the one row of `journal_meta`, made the same way.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

LARGEST_INTEGER = 2**53 - 1
"""Integers beyond this are not kept exactly by every JSON reader (RFC 8259, section 6)."""
_UNSTORABLE = re.compile("[\\0\\ud800-\\udfff]")


def plain(value: Mapping[str, object]) -> dict[str, Any]:
    """Return `value` as a new dict of dict, list, str, int, bool and None, all the way down.

    Raises TypeError for anything else, binary fractions and Decimal included (write amounts as
    strings), and ValueError for text or integers that JSON or SQLite cannot keep exactly.
    """
    return {_key(key, "body"): _plain(item, f"body.{key}") for key, item in value.items()}


def _plain(value: object, where: str) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, where)
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            message = f"{where}: the integer is too large; write it as text"
            raise ValueError(message)
        return int(value)
    if isinstance(value, Mapping):
        return {_key(key, where): _plain(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, f"{where}[{at}]") for at, item in enumerate(value)]
    message = f"{where}: {type(value).__name__} cannot be recorded; write amounts as text"
    raise TypeError(message)


def _key(key: object, where: str) -> str:
    if not isinstance(key, str):
        message = f"{where}: the key {key!r} is not text"
        raise TypeError(message)
    return _text(key, where)


def _text(text: str, where: str) -> str:
    if _UNSTORABLE.search(text):
        message = f"{where}: the text holds a character that cannot be stored"
        raise ValueError(message)
    return str(text)


def canonical_json(value: object) -> str:
    """Return the one canonical text of `value`; raises as `plain` does."""
    return json.dumps(
        _plain(value, "body"),
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
        allow_nan=False,
    )


def read_body(text: str) -> Mapping[str, Any]:
    """Return the mapping that a JSON text says, read-only all the way down, every list a tuple.

    Raises ValueError, or RecursionError, for anything that is no mapping in JSON.
    """
    found = _DECODER.decode(text)
    if not isinstance(found, MappingProxyType):
        message = "the text is no mapping"
        raise ValueError(message)  # noqa: TRY004 - the text is wrong, not its type
    return found


def _read_only(found: dict[str, Any]) -> Mapping[str, Any]:
    for key, value in found.items():
        if isinstance(value, list):
            found[key] = _tuple(value)
    return MappingProxyType(found)


def _tuple(items: list[Any]) -> tuple[Any, ...]:
    return tuple(_tuple(item) if isinstance(item, list) else item for item in items)


_DECODER = json.JSONDecoder(object_hook=_read_only)


def row_hash(columns: Sequence[object]) -> str:
    """Return the SHA-256 hex of the JSON list of `columns` (see the module text).

    Bytes that are not UTF-8 or no text at all, which only tampering leaves behind, count as what
    they are.
    """
    text = json.dumps(list(columns), ensure_ascii=False, separators=(",", ":"), default=_blob)
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _blob(value: object) -> object:
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    message = f"{type(value).__name__} is not a value of SQLite"
    raise TypeError(message)
