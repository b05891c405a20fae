"""The facts of a pre-dose check's sheet: the latest recorded check of a dose, or the empty form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from il2desk.desk.chart import chart_of
from il2desk.desk.check_before_dose import rule_set_for
from il2desk.desk.clock import moment_of
from il2desk.desk.code_words import alternatives, both, shown, with_scope
from il2desk.desk.cycle_sheet_facts import patient_facts
from il2desk.desk.desk import Desk
from il2desk.desk.dose_check_form import MEANING, ROLE, form_facts
from il2desk.desk.for_paper import for_paper
from il2desk.desk.gates import overridden
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import CheckRecord, DoseRecords
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_names import cycle_name, dose_name, version_name
from il2desk.desk.sheet_notes import name_of_code, not_judged_names
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.dosing import NOT_ASSESSED, Refusal, joined, refuse, tell, told, write_moment
from il2desk.sheets import (
    CHECK_FORM,
    CheckFacts,
    CheckRow,
    Marks,
    SignatureRow,
    compose_dose_check,
)

_WEIGHTS = {
    "relative": "HOLD",
    "absolute": "STOP",
    "permanent": with_scope("STOP", tell("for good")),
}
_NONE = "\u2013"  # a cell with nothing in it would ask for a pen


def make_dose_check(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The sheet of the latest check of the request's dose; without one, the form to write on."""
    chart = chart_of(desk, request.subject or "")
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(request.cycle or "")
    dose = None if cycle is None else cycle.doses.get(request.dose or 0)
    if cycle is None or dose is None:
        return refuse("dose", "This dose is not planned. Choose a dose of the cycle.")
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    rules = rule_set_for(desk, cycle)
    if isinstance(rules, Refusal):
        return rules
    common = CheckFacts(
        issue=call.issue(desk, *CHECK_FORM),
        marks=Marks(practice=desk.practice),
        patient=patient_facts(chart.subject, desk.local(call.issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=cycle_name(cycle),
        dose=dose_name(desk, cycle, dose),
        protocol=version_name(bundle.protocol.title, bundle.protocol.version),
        drug=bundle.protocol.drug,
        rule_set=version_name(rules.title, rules.version),
        rows=(),
        signatures=(),
        earlier=_earlier(desk, dose),
    )
    stop = chart.stop_by(cycle)
    if stop is not None:
        when = write_moment(desk.local(stop.assessed_at))
        said = tell(
            "STOP {scope}, {when}: no further dose is prepared, whatever this check says.",
            scope=shown(stop.scope or ""),
            when=when,
        )
        common = replace(common, notes=(said,))
    if dose.check is None and stop is not None:
        return refuse("stop", tell("No check is made any more. {notes}", notes=common.notes[0]))
    if dose.check is None:
        weight = chart.dosing_weight
        made = form_facts(common, rules, None if weight is None else weight.weight_kg)
    else:
        made = _checked(desk, common, dose, dose.check)
    return Composed(compose_dose_check(for_paper(made)))


def _checked(desk: Desk, common: CheckFacts, dose: DoseRecords, check: CheckRecord) -> CheckFacts:
    """The check as it was judged and stored; nothing is judged again here."""
    assessed = write_moment(desk.local(check.assessed_at))
    until = check.valid_until
    valid = "" if until is None else _to(write_moment(desk.local(until)), check)
    times = {one["code"]: one["measured_at"] for one in check.values}
    counts = tell(
        "STOP {absolute}, HOLD {relative}; required {required}, missing {missing}",
        absolute=check.absolute,
        relative=check.relative,
        required=check.required,
        missing=len(check.missing),
    )
    signer = SignatureRow(MEANING, ROLE, check.by, assessed)
    return replace(
        common,
        verdict=_verdict(dose, check),
        overridden=_overridden_by(desk, dose, check),
        sentence=check.sentence,
        recorded=tell("{assessed} by {by}", assessed=assessed, by=check.by),
        valid=valid,
        counts=counts,
        missing=tuple(name_of_code(code) for code in check.missing),
        not_judged=(*not_judged_names(check), *_not_assessed(check)),
        rows=tuple(_row(desk, row, times) for row in check.criteria),
        notes=(*common.notes, *_overridden(desk, dose, check), *_corrected(desk, check)),
        signatures=(
            signer,
            *_override_signers(desk, dose, check),
            SignatureRow(tell("I read this check before the dose"), tell("who gives the dose")),
        ),
    )


def _to(until: str, check: CheckRecord) -> str:
    """To when the check is valid, and what ends it before its stated validity."""
    if not check.valid_by:
        return tell("to {until}", until=until)
    name = name_of_code(check.valid_by)
    return tell("to {until}, when {name} is too old", until=until, name=name)


def _verdict(dose: DoseRecords, check: CheckRecord) -> str:
    """The verdict with its scope; an override stands beside it, not only in the notes below."""
    said = with_scope(check.verdict, check.scope)
    return tell("{said} \u2013 OVERRIDDEN", said=said) if overridden(dose, check) else said


def _row(desk: Desk, row: Mapping[str, Any], times: Mapping[str, str | None]) -> CheckRow:
    codes = str(row["code"]).split(" / ")
    measured = [times[code] for code in codes if times.get(code)]
    when = max((str(one) for one in measured), default="")
    at = write_moment(desk.local(moment_of(when))) if when else ""
    if not at:
        at = tell("time not recorded") if row["value"] else _NONE
    return CheckRow(
        name=alternatives(name_of_code(code) for code in codes),
        limit=told(row["limit"]),
        weight=_WEIGHTS.get(row["class"], shown(row["class"])),
        value=told(row["value"]) if row["value"] else tell("not assessed"),
        measured=at,
        result=_result(row),
        source=row["source"],
    )


def _result(row: Mapping[str, Any]) -> str:
    """What became of a criterion, in words that need no colour; of several findings which is open."""
    if row["result"] == "met":
        return tell("\u25b2 {met}", met=_WEIGHTS.get(row["class"], tell("met")))
    if row["result"] != "not met":
        return shown(str(row["result"]))
    names = (name_of_code(code) for code in str(row["code"]).split(" / "))
    still_open = [name for name in names if f"{name}: {NOT_ASSESSED}" in row["value"].split("; ")]
    if still_open:
        return tell("within; {names} not assessed", names=joined(", ", still_open))
    return tell("within")


def _not_assessed(check: CheckRecord) -> tuple[str, ...]:
    """How many criteria nobody assessed and the rule set does not require."""
    count = sum(row["result"] == NOT_ASSESSED for row in check.criteria)
    if not count:
        return ()
    return (
        tell("1 criterion not assessed")
        if count == 1
        else tell("{count} criteria not assessed", count=count),
    )


def _overridden_by(desk: Desk, dose: DoseRecords, check: CheckRecord) -> str:
    """By whom and when, for the box of the verdict; the reason stands in the notes below."""
    override = dose.override
    if override is None or override.check != check.entry:
        return ""
    return tell(
        "Overridden {when}, ordered by {prescriber} ({way}), signed by {signed}",
        when=write_moment(desk.local(override.at)),
        prescriber=override.prescriber,
        way=shown(override.way),
        signed=both(override.signatures),
    )


def _override_signers(
    desk: Desk, dose: DoseRecords, check: CheckRecord
) -> tuple[SignatureRow, ...]:
    """Both people who signed the override, each with what was signed."""
    override = dose.override
    if override is None or override.check != check.entry:
        return ()
    entry = next(
        one for one in desk.journal.entries(kind="override-recorded") if one.id == override.entry
    )
    return tuple(
        SignatureRow(
            told(one["meaning"]), shown(one["role"]), one["name"],
            write_moment(desk.local(moment_of(one["at"]))),
        )
        for one in entry.body["signatures"]
    )  # fmt: skip


def _overridden(desk: Desk, dose: DoseRecords, check: CheckRecord) -> tuple[str, ...]:
    override = dose.override
    if override is None or override.check != check.entry:
        return ()
    told = tell(
        "OVERRIDDEN {moment}: ordered by {prescriber} ({way}). Reason: {reason}. "
        "Signed by {signatures}.",
        moment=write_moment(desk.local(override.at)),
        prescriber=override.prescriber,
        way=shown(override.way),
        reason=override.reason,
        signatures=both(override.signatures),
    )
    return (told,)


def _corrected(desk: Desk, check: CheckRecord) -> tuple[str, ...]:
    if check.weight_corrected_at is None:
        return ()
    when = write_moment(desk.local(check.weight_corrected_at))
    return (
        tell(
            "A weight that this check rests on was marked as entered in error {when}. Check anew.",
            when=when,
        ),
    )


def _earlier(desk: Desk, dose: DoseRecords) -> tuple[str, ...]:
    """The checks before the latest, and those that were entered in error."""
    told = [(one.sequence, _said(desk, one)) for one in dose.checks[:-1]]
    told += [
        (one.sequence, tell("{check}, ENTERED IN ERROR", check=_said(desk, one)))
        for one in dose.voided
    ]
    return tuple(words for _, words in sorted(told, key=lambda pair: pair[0]))


def _said(desk: Desk, check: CheckRecord) -> str:
    return tell(
        "{verdict} {moment} by {by}",
        verdict=check.verdict,
        moment=write_moment(desk.local(check.assessed_at)),
        by=check.by,
    )
