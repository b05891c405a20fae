"""The views of the stock: one row a line, and the balance of each lot at each place.

A correction is a row of its own with what it changes, so that `change` can be added up. A row
that leaves the balance as it is (a count, a quarantine, a return by a patient) changes it by 0.
"""

# ruff: noqa: S608 - every statement is built from constants of this module

from __future__ import annotations

_WHO = """(SELECT group_concat(json_extract(g.value, '$.name'), ', ')
        FROM json_each(e.body, '$.signatures') AS g)"""
_TRIAL = """(SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject ORDER BY s.sequence LIMIT 1)"""
_CYCLE = """(SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle ORDER BY c.sequence LIMIT 1)"""
_AWAY = "'wasted', 'returned to sponsor', 'destroyed', 'sent', 'transferred out'"
_CHANGE_OF_MOVE = f"""CASE
        WHEN json_extract(e.body, '$.from_returns') THEN 0
        WHEN json_extract(e.body, '$.move') IN ({_AWAY}) THEN -json_extract(e.body, '$.vials')
        WHEN json_extract(e.body, '$.move') = 'arrived' THEN json_extract(e.body, '$.vials')
        ELSE 0 END"""
_NAMES = (
    "sequence", "entry_id", "recorded_utc", "local_offset", "happened_on", "what", "protocol",
    "product", "lot", "expiry", "place", "vials", "change", "trial_code", "cycle_number",
    "dose_number", "sent_to", "reference", "reason", "signed_by", "corrects",
)  # fmt: skip


def _of(name: str, alias: str = "e") -> str:
    return f"json_extract({alias}.body, '$.{name}')"


def _select(source: str, condition: str, **columns: str) -> str:
    usual = {
        "sequence": "e.sequence", "entry_id": "e.id", "recorded_utc": "e.recorded_utc",
        "local_offset": "e.local_offset", "happened_on": _of("on"), "protocol": _of("protocol"),
        "product": _of("product"), "lot": _of("lot"), "expiry": _of("expiry"),
        "place": _of("place"), "vials": _of("vials"), "trial_code": _TRIAL, "cycle_number": _CYCLE,
        "dose_number": "e.dose_number", "sent_to": _of("to"), "reference": _of("reference"),
        "reason": "e.reason", "signed_by": _WHO, "corrects": "e.amends",
    }  # fmt: skip
    values = usual | columns
    listed = ",\n    ".join(f"{values[name]} AS {name}" for name in _NAMES)
    return f"SELECT\n    {listed}\nFROM {source}\nWHERE {condition}"


_TAKEN = {name: _of(f"taken_from.{name}", "{of}") for name in ("protocol", "product", "place")}
_LOT = {
    "lot": "json_extract(i.value, '$.lot')", "expiry": "json_extract(i.value, '$.expiry')",
    "happened_on": "substr(e.recorded_utc, 1, 10)", "what": "'dispensed'",
}  # fmt: skip


def _taken(alias: str) -> dict[str, str]:
    return {name: text.format(of=alias) for name, text in _TAKEN.items()}


_PARTS = (
    _select("entry AS e", "e.kind = 'stock-received'", what="'received'", change=_of("vials")),
    _select("entry AS e", "e.kind = 'stock-moved'", what=_of("move"), change=_CHANGE_OF_MOVE),
    _select("entry AS e", "e.kind = 'stock-counted'", what="'counted'", change="0"),
    _select(
        "entry AS e", "e.kind = 'stock-difference'", what="'count difference'", change=_of("vials")
    ),
    _select(
        "entry AS e JOIN json_each(e.body, '$.lots') AS i ON TRUE",
        "e.kind IN ('release-recorded', 'administration-recorded')\n"
        "    AND json_extract(e.body, '$.taken_from') NOT NULL",
        vials="json_extract(i.value, '$.vials')", change="-json_extract(i.value, '$.vials')",
        **_taken("e"), **_LOT,
    ),
    _select(
        "entry AS e JOIN json_each(e.body, '$.lines') AS i ON TRUE",
        "e.kind = 'stock-corrected'",
        vials="NULL", change="json_extract(i.value, '$.change')",
        place="json_extract(i.value, '$.place')",
        **(_LOT | {"what": "json_extract(i.value, '$.what')", "happened_on": _of("on")}),
    ),
    # A dose's record that was entered in error took nothing: what its lines did is taken back.
    _select(
        "entry AS e JOIN entry AS o ON o.id = e.amends JOIN json_each(o.body, '$.lots') AS i ON TRUE",
        "e.kind = 'administration-amended' AND json_extract(o.body, '$.taken_from') NOT NULL\n"
        "    AND EXISTS (SELECT 1 FROM json_each(e.body, '$.changes') AS c\n"
        "        WHERE json_extract(c.value, '$.field') = 'in_error')",
        vials="NULL", change="json_extract(i.value, '$.vials')", **_taken("o"), **_LOT,
    ),
    _select(
        "entry AS e JOIN entry AS k ON k.amends = e.amends AND k.kind = 'stock-corrected'\n"
        "        AND k.sequence < e.sequence\n"
        "    JOIN json_each(k.body, '$.lines') AS i ON TRUE",
        "e.kind = 'administration-amended'\n"
        "    AND EXISTS (SELECT 1 FROM json_each(e.body, '$.changes') AS c\n"
        "        WHERE json_extract(c.value, '$.field') = 'in_error')",
        vials="NULL", change="-json_extract(i.value, '$.change')",
        protocol=_of("protocol", "k"), product=_of("product", "k"),
        place="json_extract(i.value, '$.place')", **_LOT,
    ),
)  # fmt: skip

_BY_LOT = "upper(replace(lot, ' ', ''))"
STOCK_VIEWS = (
    "CREATE VIEW stock_movements AS\n" + "\nUNION ALL\n".join(_PARTS) + "\nORDER BY sequence",
    f"""CREATE VIEW lots AS SELECT
    protocol, product, min(lot) AS lot, max(expiry) AS expiry, place,
    sum(CASE WHEN what IN ('received', 'arrived') THEN change ELSE 0 END) AS received,
    -sum(CASE WHEN what = 'dispensed' THEN change ELSE 0 END) AS dispensed,
    -sum(CASE WHEN what = 'wasted' THEN change ELSE 0 END) AS wasted,
    -sum(CASE WHEN what IN ('returned to sponsor', 'destroyed', 'sent', 'transferred out')
        THEN change ELSE 0 END) AS gone,
    sum(CASE WHEN what = 'count difference' THEN change ELSE 0 END) AS count_differences,
    sum(change) AS balance
FROM stock_movements
GROUP BY protocol, product, {_BY_LOT}, lower(place)
ORDER BY protocol, product, expiry, {_BY_LOT}, place""",
)
"""The statements that make the two views."""
