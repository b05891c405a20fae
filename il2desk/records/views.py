"""Plain-named read-only views over the entries, for anyone with any SQLite tool.

Times are UTC text; amounts are text exactly as recorded; true is 1 and false is 0. A view shows
what was recorded at first; what was amended later stands in `amendments`, and `administrations`
names it in its last columns.
"""

# ruff: noqa: S608 - every statement is built from constants of this module

from __future__ import annotations

from il2desk.records.stock_views import STOCK_VIEWS


def _field(name: str, path: str | None = None) -> str:
    return f"json_extract(e.body, '$.{path or name}') AS {name}"


def _fields(*names: str) -> str:
    return ",\n    ".join(_field(name) for name in names)


def _listed(name: str, items: str, key: str) -> str:
    return (
        f"(SELECT group_concat(json_extract(i.value, '$.{key}'), ', ')\n"
        f"        FROM json_each(e.body, '$.{items}') AS i) AS {name}"
    )


def _view(name: str, columns: str, kinds: str) -> str:
    return (
        f"CREATE VIEW {name} AS SELECT\n    {columns}\n"
        f"FROM entry AS e\nWHERE e.kind IN ({kinds})\nORDER BY e.sequence"
    )


def _view_of_each(
    name: str, columns: str, items: str, condition: str = "", *, join: str = "JOIN"
) -> str:
    # One row for each of the items in a body.
    where = f"\nWHERE {condition}" if condition else ""
    return (
        f"CREATE VIEW {name} AS SELECT\n    {columns}\n"
        f"FROM entry AS e {join} json_each(e.body, '$.{items}') AS i ON TRUE{where}\n"
        "ORDER BY e.sequence, i.key"
    )


_ENTRY = "e.sequence, e.id AS entry_id, e.recorded_utc, e.local_offset, e.actor"
_SUBJECT = f"""{_ENTRY}, e.subject,
    (SELECT json_extract(s.body, '$.trial_code') FROM entry AS s
        WHERE s.kind = 'subject-registered' AND s.subject = e.subject
        ORDER BY s.sequence LIMIT 1) AS trial_code"""
_CYCLE = f"""{_SUBJECT}, e.cycle,
    (SELECT json_extract(c.body, '$.number') FROM entry AS c
        WHERE c.kind = 'cycle-planned' AND c.cycle = e.cycle
        ORDER BY c.sequence LIMIT 1) AS cycle_number"""
_DOSE = f"{_CYCLE}, e.dose_number"
_LOTS = f"{_listed('lots', 'lots', 'lot')},\n    {_listed('expiries', 'lots', 'expiry')}"
_SIGNED = _listed("signed_by", "signatures", "name")


def _of_release(name: str, path: str) -> str:
    return f"""(SELECT json_extract(r.body, '$.{path}') FROM entry AS r
        WHERE r.kind = 'release-recorded' AND r.cycle = e.cycle AND r.dose_number = e.dose_number
            AND r.sequence < e.sequence
        ORDER BY r.sequence DESC LIMIT 1) AS {name}"""


def _cosigned(kind: str, record: str) -> str:
    return f"""(SELECT group_concat(json_extract(k.body, '$.signatures[0].name'), ', ') FROM entry AS k
        WHERE k.kind = '{kind}'
            AND json_extract(k.body, '$.{record}') = e.id) AS cosigned_by"""


_AMENDED = """(SELECT group_concat(a.recorded_utc, ', ') FROM entry AS a
        WHERE a.amends = e.id) AS amended_utc,
    (SELECT group_concat(json_extract(i.value, '$.field') || ': '
            || coalesce(json_extract(i.value, '$.old'), 'empty') || ' -> '
            || coalesce(json_extract(i.value, '$.new'), 'empty'), '; ')
        FROM entry AS a, json_each(a.body, '$.changes') AS i
        WHERE a.amends = e.id) AS amended"""

_ADMINISTRATIONS = f"""{_DOSE},
    {_fields("outcome", "given_at", "approximate", "stopped_at", "prepared_dose_iu")},
    {_fields("given_dose_iu", "volume_ml")},
    {_LOTS},
    e.reason AS entry_reason,
    {_fields("reason", "decided_by", "note", "against", "recorded_late")},
    {_SIGNED},
    {_of_release("prepared_by", "signatures[0].name")},
    {_of_release("checked_by", "signatures[1].name")},
    {_cosigned("administration-cosigned", "administration")},
    {_AMENDED}"""

# What `administrations` cannot take back: a preparation that was discarded was given to nobody.
_STANDING = """FROM entry AS r
        WHERE r.sequence = (SELECT max(l.sequence) FROM entry AS l
                WHERE l.kind = 'release-recorded' AND l.cycle = e.cycle
                    AND l.dose_number = e.dose_number AND l.sequence < e.sequence)
            AND NOT EXISTS (SELECT 1 FROM entry AS d
                WHERE d.kind = 'preparation-discarded' AND d.cycle = e.cycle
                    AND d.sequence < e.sequence AND json_extract(d.body, '$.release') = r.id)"""


def _of_standing(name: str, value: str) -> str:
    return f"(SELECT {value} {_STANDING}) AS {name}"


_DOSES_RECORDED = f"""{_DOSE},
    {_fields("outcome", "given_at", "approximate", "stopped_at", "prepared_dose_iu")},
    {_fields("given_dose_iu", "volume_ml")},
    {_LOTS},
    e.reason AS entry_reason,
    {_fields("reason", "decided_by", "note", "against", "recorded_late")},
    {_SIGNED},
    {_of_standing("release", "r.id")},
    {_of_standing("prepared_by", "json_extract(r.body, '$.signatures[0].name')")},
    {_of_standing("checked_by", "json_extract(r.body, '$.signatures[1].name')")},
    {_cosigned("administration-cosigned", "administration")},
    {_AMENDED}"""

_COMPANION_DOSES = f"""{_CYCLE},
    {_fields("companion", "drug", "day", "day_date", "count", "planned", "outcome", "given_at")},
    {_fields("approximate", "stopped_at", "amount", "unit", "derived_amount", "derived_gap")},
    {_fields("route", "planned_route", "injection_site", "product")},
    {_LOTS},
    e.reason AS entry_reason,
    {_fields("reason", "decided_by", "note", "against", "recorded_late")},
    {_SIGNED},
    {_cosigned("companion-cosigned", "record")},
    {_AMENDED}"""

_RELEASES = f"""{_DOSE},
    {_fields("weight_kg", "prepared_volume_ml")},
    {_field("exact_dose_iu", "dose.exact_dose_iu")},
    {_field("prepared_dose_iu", "dose.prepared_dose_iu")},
    {_field("vials", "dose.vials")},
    {_LOTS},
    {_fields("diluent", "total_volume_ml", "reconstituted_at", "volume_choice")},
    {_field("final_concentration_mcg_per_ml", "dose.dilution.final_concentration_mcg_per_ml")},
    {_field("prepared_by", "signatures[0].name")},
    {_field("checked_by", "signatures[1].name")},
    e.protocol_fingerprint"""

_SUBJECTS = f"""{_ENTRY}, e.subject,
    {_fields("trial_code", "hospital_number", "family_name", "given_name", "title", "initials")},
    {_fields("born", "sex", "allergies_state", "allergies", "protocol", "arm", "ward", "bed")}"""

_CYCLES = f"""{_SUBJECT}, e.cycle,
    {_fields("course", "number")},
    {_field("order_id", "order")},
    {_fields("protocol", "version", "fingerprint", "arm", "start_local", "zone", "policy")},
    json_array_length(e.body, '$.doses') AS doses,
    {_fields("baseline_weight_kg", "height_cm", "product")}"""

_ORDERS = f"""{_SUBJECT}, e.kind, e.amends, e.reason,
    {_field("order_id", "order")},
    {_fields("prescriber", "ordered_at", "ordered_dose_iu", "protocol", "version", "fingerprint")},
    {_fields("arm", "consent_confirmed_by", "eligibility_confirmed_by")}"""

_ASSESSMENTS = f"""{_DOSE},
    {_fields("rule_set", "verdict", "scope", "assessed_at", "valid_until")},
    {_fields("relative", "absolute", "missing", "not_judged", "gaps")},
    {_field("findings", "values")},
    {_fields("criteria")},
    (SELECT min(a.recorded_utc) FROM entry AS a
        WHERE a.kind = 'assessment-entered-in-error' AND a.amends = e.id) AS entered_in_error_utc"""

_AMENDMENTS = f"""{_DOSE}, e.kind, e.amends,
    (SELECT o.recorded_utc FROM entry AS o WHERE o.id = e.amends) AS original_recorded_utc,
    json_extract(i.value, '$.field') AS field,
    json_extract(i.value, '$.old') AS old,
    json_extract(i.value, '$.new') AS new,
    e.reason,
    {_SIGNED}"""

_SIGNATURES = f"""{_DOSE}, e.kind,
    json_extract(i.value, '$.staff') AS staff,
    json_extract(i.value, '$.name') AS name,
    json_extract(i.value, '$.role') AS role,
    json_extract(i.value, '$.meaning') AS meaning,
    json_extract(i.value, '$.at') AS signed_utc"""

_PREMEDICATION = f"""{_DOSE},
    json_extract(i.value, '$.item') AS item,
    json_extract(i.value, '$.name') AS name,
    json_extract(i.value, '$.dose') AS dose,
    json_extract(i.value, '$.unit') AS unit,
    json_extract(i.value, '$.outcome') AS outcome,
    json_extract(i.value, '$.reason') AS reason,
    json_extract(i.value, '$.at') AS given_utc"""

_PLANNED = f"""{_CYCLE},
    json_extract(i.value, '$.number') AS dose_number,
    json_extract(i.value, '$.local') AS planned_local,
    json_extract(i.value, '$.utc') AS planned_utc"""

_RESTORES = f"""{_ENTRY}, e.reason,
    {_fields("backup", "backup_sequence", "backup_hash", "journal_state", "journal_sequence")},
    {_fields("journal_hash", "lost", "kept_as")},
    {_SIGNED}"""

_WHO = """json_extract(e.body, '$.staff') AS staff,
    (SELECT json_extract(s.body, '$.name') FROM entry AS s
        WHERE s.kind = 'staff-added'
            AND json_extract(s.body, '$.staff') = json_extract(e.body, '$.staff')) AS name"""

_ACCESS = f"""{_ENTRY}, e.kind,
    {_WHO},
    {_fields("left_on")}, e.reason,
    {_SIGNED}"""

_FAILED = f"""{_ENTRY}, e.kind,
    {_WHO},
    {_fields("wrong", "pause_seconds", "pauses")}"""


def _ending(name: str, of: str) -> str:
    return f"""(SELECT {of} FROM entry AS x
        WHERE x.kind = 'duty-ended' AND json_extract(x.body, '$.delegation') = e.id) AS {name}"""


_DELEGATIONS = f"""{_ENTRY},
    {_WHO},
    (SELECT group_concat(i.value, ', ') FROM json_each(e.body, '$.duties') AS i) AS duties,
    {_fields("investigator", "begins", "ends")},
    {_ending("ended_on", "json_extract(x.body, '$.ended_on')")},
    {_ending("ended_because", "x.reason")},
    {_SIGNED}"""

_DISPUTED = """coalesce(json_extract(e.body, '$.administration'),
        json_extract(e.body, '$.record')) AS record"""


VIEWS = (
    _view("site", f"{_ENTRY}, {_fields('site', 'zone', 'paper', 'language')}", "'site-set-up'"),
    _view("staff", f"{_ENTRY},\n    {_fields('staff', 'name', 'role')}", "'staff-added'"),
    _view(
        "protocol_versions",
        f"{_ENTRY}, e.kind,\n    {_fields('protocol', 'title', 'version', 'fingerprint', 'gaps')},"
        f"\n    {_SIGNED}",
        "'protocol-brought-in', 'protocol-activated'",
    ),
    _view("subjects", _SUBJECTS, "'subject-registered'"),
    _view("orders", _ORDERS, "'order-written', 'order-amended'"),
    _view("cycles", _CYCLES, "'cycle-planned'"),
    _view_of_each("planned_doses", _PLANNED, "doses", "e.kind = 'cycle-planned'"),
    _view(
        "delays",
        f"{_DOSE}, e.reason,\n    {_fields('new_local', 'new_utc')}",
        "'dose-delayed'",
    ),
    _view(
        "weights",
        f"{_DOSE},\n    {_fields('purpose', 'weight_kg', 'measured_at', 'method', 'answers')},"
        f"\n    {_SIGNED}",
        "'weight-recorded'",
    ),
    _view_of_each("premedication", _PREMEDICATION, "outcomes", "e.kind = 'premedication-recorded'"),
    _view("assessments", _ASSESSMENTS, "'assessment-recorded'"),
    _view(
        "overrides",
        f"{_DOSE},\n    {_fields('verdict', 'reason', 'prescriber', 'way')},\n    {_SIGNED}",
        "'override-recorded'",
    ),
    _view("releases", _RELEASES, "'release-recorded'"),
    _view(
        "second_checks_differed",
        f"{_DOSE},\n    {_fields('fields', 'second')}",
        "'second-check-differed'",
    ),
    _view("administrations", _ADMINISTRATIONS, "'administration-recorded'"),
    _view(
        "cosignatures",
        f"{_DOSE},\n    {_fields('administration')},\n    {_SIGNED}",
        "'administration-cosigned'",
    ),
    _view_of_each("amendments", _AMENDMENTS, "changes", "e.amends NOT NULL", join="LEFT JOIN"),
    _view_of_each("signatures", _SIGNATURES, "signatures"),
    _view(
        "prints",
        f"{_CYCLE},\n    {_fields('sheet', 'sheet_id', 'paper', 'sha256', 'stamped_sha256')},"
        f"\n    {_fields('copy', 'supersedes', 'at', 'saved_as', 'verified')}",
        "'sheet-printed'",
    ),
)
"""The statements that make the views of the first layout; not one character of them ever changes."""

LATER_VIEWS = {
    1: (_view("companion_doses", _COMPANION_DOSES, "'companion-recorded'"),),
    2: (
        _view(
            "protocol_life",
            f"{_ENTRY}, e.kind, e.reason,\n    {_fields('protocol', 'version', 'fingerprint')},"
            f"\n    {_SIGNED}",
            "'protocol-brought-in', 'protocol-submitted', 'protocol-sent-back',\n"
            "    'protocol-activated', 'protocol-withdrawn'",
        ),
        _view(
            "weights_entered_in_error",
            f"{_SUBJECT}, {_fields('weight')}, e.reason,\n    {_SIGNED}",
            "'weight-entered-in-error'",
        ),
        _view(
            "dosing_weights_kept",
            f"{_CYCLE}, {_fields('dosing_weight', 'last_weight', 'prescriber', 'way')}, e.reason,\n    {_SIGNED}",
            "'dosing-weight-kept'",
        ),
        _view("backup_folders", f"{_ENTRY}, {_fields('folder')}", "'backup-folder-named'"),
        _view(
            "records_completed",
            f"{_SUBJECT}, {_field('restore')},\n    {_SIGNED}",
            "'records-completed'",
        ),
        _view("journal_restores", _RESTORES, "'journal-restored'"),
        _view("access_changes", _ACCESS, "'pin-changed', 'pin-set', 'staff-left'"),
        _view("failed_sign_ins", _FAILED, "'pin-paused', 'pin-resumed'"),
        _view("delegations", _DELEGATIONS, "'duty-delegated'"),
        _view(
            "disputes",
            f"{_DOSE}, e.kind,\n    {_DISPUTED}, e.reason,\n    {_SIGNED}",
            "'administration-disputed', 'companion-disputed'",
        ),
        *STOCK_VIEWS,
    ),
    3: (
        _view(
            "discarded_preparations",
            f"{_DOSE}, {_fields('release')}, e.reason,\n    {_SIGNED}",
            "'preparation-discarded'",
        ),
        _view(
            "encryption_changes",
            f"{_ENTRY}, {_fields('change', 'kept_as')},\n    {_SIGNED}",
            "'encryption-changed'",
        ),
    ),
    4: (_view("doses_recorded", _DOSES_RECORDED, "'administration-recorded'"),),
}
"""Minor layout -> the views that came with it."""
