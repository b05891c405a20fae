"""The pre-dose check on paper: one dose, every criterion with its value, the verdict, who decided.

Without a recorded check it is a form: the limits of the rule set and empty cells to write in.
"""

from __future__ import annotations

from dataclasses import dataclass

from il2desk.sheets.dose_check_form import CheckFormRow, form_blocks
from il2desk.sheets.entries import SourceList, cell, heading, labelled, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Section, SheetModel, write
from il2desk.sheets.shared_facts import Marks, Patient, SheetIssue, Shown, SignatureRow
from il2desk.sheets.sheet_frame import make_frame, pair, sheet_of
from il2desk.sheets.signing_lines import signatures
from il2desk.words import say

CHECK_FORM = ("CHK", "1")
"""Form code and version."""
_BOX = "\u2610"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One criterion: its name, limit, weight (HOLD or STOP), value, when measured, result, source."""

    name: str
    limit: Shown
    weight: str
    value: str = ""
    measured: str = ""
    result: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A check of one dose. `verdict` is empty where none is recorded: the sheet is then a `form`.

    `dose` names the dose, `cycle` course and cycle. `notes` are sentences that must be read with the
    verdict (overrides, values without a row, a corrected weight); `earlier` tells other checks.
    `overridden` says by whom and when, in the box of the verdict. `stop_scope` is the scope of every
    stop of the form, such as "this cycle"; empty where they differ and each row says its own.
    """

    issue: SheetIssue
    marks: Marks
    patient: Patient
    fingerprint: str
    cycle: str
    dose: str
    protocol: str
    drug: str
    rule_set: str
    rows: tuple[CheckRow, ...]
    signatures: tuple[SignatureRow, ...]
    form: tuple[CheckFormRow, ...] = ()
    stop_scope: str = ""
    verdict: str = ""
    overridden: str = ""
    sentence: str = ""
    recorded: str = ""
    valid: str = ""
    counts: str = ""
    missing: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()


def compose_dose_check(facts: CheckFacts) -> SheetModel:
    """Return the sheet as finished strings; SheetRefused as write."""
    title = say("Pre-dose check \u2013 {dose}", dose=facts.dose)
    issue, sources = facts.issue, SourceList()
    lines = ((pair(say("Drug"), facts.drug), pair("", facts.dose), pair(say("Cycle"), facts.cycle)),
             (pair(say("Protocol"), facts.protocol),))  # fmt: skip
    frame = make_frame(title, issue, facts.marks, facts.patient, lines, facts.fingerprint)
    body = (*_criteria(facts, sources), *_notes(facts))
    return sheet_of(
        frame,
        facts.issue,
        facts.marks,
        (
            Section(parts=_verdict(facts), columns=2, shares=(50, 50)),
            Section(parts=(body,)),
            Section(parts=(signatures(facts.signatures),), together=True),
            Section(parts=(sources.blocks(),), columns=2),
        ),
        about=facts.patient.trial_code,
    )


def _verdict(facts: CheckFacts) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The verdict large at the left; what it rests on at the right."""
    label = write(say("Verdict"), Role.LABEL, say("verdict"))
    if not facts.verdict:
        boxes = "   ".join(f"{_BOX}\u00a0{word}" for word in ("GO", "HOLD", "STOP"))
        unable = f"{_BOX}\u00a0CANNOT\u00a0ASSESS"
        form = Amount(label, write(f"{boxes}   {unable}", Role.DOSE, say("verdict")))
        return (form,), (labelled(say("Decided by"), ""), labelled(say("Date, time"), ""))
    below = ((facts.overridden, Role.STRONG), (facts.sentence, Role.BODY))
    said = tuple(write(words, role, say("verdict")) for words, role in below if words)
    shown = Amount(label, write(facts.verdict, Role.DOSE, say("verdict")), said)
    rests_on = (
        labelled(say("Recorded"), facts.recorded, absent=say("Not recorded")),
        labelled(say("Valid"), facts.valid, absent=say("Not recorded")),
        labelled(say("Criteria met"), facts.counts, absent=say("Not recorded")),
        labelled(say("Missing"), "; ".join(facts.missing), absent=say("Nothing required")),
        labelled(say("Not judged"), "; ".join(facts.not_judged), absent=say("Nothing")),
    )
    return (shown,), rests_on


def _criteria(facts: CheckFacts, sources: SourceList) -> tuple[Block, ...]:
    if not facts.verdict and facts.form:
        return form_blocks(facts.rule_set, facts.form, facts.stop_scope, sources)
    titles = (
        (say("Criterion"), 62.0),
        (say("Limit"), 54.0),
        (say("If met"), 28.0),
        (say("Value"), 48.0),
        (say("Measured"), 36.0),
        (say("Result"), 34.0),
        (say("Source"), 11.0),
    )
    rows = []
    for row in facts.rows:
        field = say("criterion, {name}", name=row.name)
        rows.append(
            (
                cell(row.name, field),
                cell(row.limit, field),
                cell(row.weight, field),
                cell(row.value, field, Role.STRONG),
                cell(row.measured, field),
                cell(row.result, field, Role.STRONG),
                cell(sources.mark(row.source), field, Role.FINE),
            )
        )
    name = say("Hold and stop criteria: {name}", name=facts.rule_set)
    if not rows:
        return (heading(name), prose(say("No criterion is recorded: nothing here can say GO.")))
    return (heading(name), table(titles, tuple(rows), grid=True))


def _notes(facts: CheckFacts) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if facts.notes:
        blocks += [
            heading(say("To be read with the verdict")),
            prose(*facts.notes, field=say("notes")),
        ]
    if facts.earlier:
        blocks += [
            heading(say("Other checks of this dose")),
            prose(*facts.earlier, field=say("checks")),
        ]
    return tuple(blocks)
