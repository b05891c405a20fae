"""The trial summary: exposure, holds and stops, deviations, and tables to fill in for the rest."""

from __future__ import annotations

from il2desk.sheets.entries import SourceList, flowing, heading, prose
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.lettering import clean
from il2desk.sheets.model import Block, Pair, Section, SheetModel
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, mark_words, pair
from il2desk.sheets.signing_lines import signatures
from il2desk.sheets.trial_facts import TrialFacts
from il2desk.sheets.trial_pen_tables import by_hand, has_pen_tables, outcomes, toxicity
from il2desk.sheets.trial_sums import check_sums
from il2desk.sheets.trial_tables import (
    companion_counts,
    events,
    exposure,
    totals,
    verdict_counts,
)
from il2desk.words import say


def compose_trial_summary(facts: TrialFacts) -> SheetModel:
    """Return the summary as finished strings.

    Raises SheetRefused, naming the fact, where nobody is registered, where the rows of the exposure
    do not add up to the totals, or where a text cannot be printed.
    """
    if not facts.totals:
        raise SheetRefused(
            say("Nobody is registered for this protocol."),
            say("Nothing was printed. Register a patient, then print."),
        )
    check_sums(facts)
    title = say("Trial summary \u2013 {protocol}", protocol=facts.protocol)
    sources = SourceList()
    parts: tuple[tuple[Block, ...], ...] = (
        (*_reading(), *totals(facts)),
        verdict_counts(facts),
        companion_counts(facts),
        exposure(facts),
        *_listed(facts),
    )
    closing = (
        Section(parts=(by_hand(facts),), together=True),
        *toxicity(facts, sources),
        outcomes(facts),
        Section(parts=(signatures(_signers(facts)),), together=True, brings_end=True),
        Section(parts=(sources.blocks(),)),
    )
    return SheetModel(
        frame=make_site_frame(title, facts.issue, facts.marks, _lines(facts)),
        sections=(*(flowing(part) for part in parts if part), *closing),
        watermark=mark_words(facts.marks),
        title=clean(title, say("title")),
        author=clean(facts.issue.issued_by, say("issuer")),
        subject=say("Sheet {sheet}", sheet=facts.issue.sheet_id),
        language=facts.issue.language,
        written=facts.issue.issued_utc,
    )


def _lines(facts: TrialFacts) -> tuple[tuple[Pair, ...], ...]:
    return (
        (
            pair(say("Protocol"), facts.title),
            pair(say("Arms"), ", ".join(facts.arm_names) or say("none")),
        ),
        (_versions(facts.versions),),
    )


def _versions(versions: tuple[str, ...]) -> Pair:
    """The versions that the cycles stay on; a patient without a cycle stays on none."""
    label = say("Protocol version") if len(versions) < 2 else say("Protocol versions")  # noqa: PLR2004
    return pair(label, "; ".join(versions) or say("none, for no cycle is planned"))


def _reading() -> tuple[Block, ...]:
    return (
        heading(say("How this summary is read")),
        prose(
            say(
                "Every count comes from the journal as it stood at the entry in the foot. Patients "
                "stand by trial number only. A percentage stands beside its count and the number it "
                "is of; what that number counts is named in the line or the heading."
            ),
            say(
                "A record that was entered in error counts nowhere and is told among the deviations. "
                "A dose without a record is neither given nor omitted."
            ),
            field=say("how this summary is read"),
        ),
    )


def _listed(facts: TrialFacts) -> tuple[tuple[Block, ...], ...]:
    return (
        events(say("Overrides of HOLD or CANNOT ASSESS"), facts.overrides,
               say("No override is recorded.")),
        events(say("Deviations and what waits"), facts.deviations,
               say("No deviation is recorded.")),
        events(say("Discarded preparations"), facts.discarded,
               say("No preparation was discarded.")),
    )  # fmt: skip


def _signers(facts: TrialFacts) -> tuple[SignatureRow, ...]:
    """Who signs what; nobody signs for what the sheet does not hold."""
    filled = (
        SignatureRow(
            say("I filled in toxicity and outcome from source documents")
            if facts.toxicity
            else say("I filled in the outcome from source documents"),
            say("investigator"),
        ),
    )
    return (
        SignatureRow(say("I compared this summary with the trial file"), say("pharmacist")),
        *(filled if has_pen_tables(facts) else ()),
        SignatureRow(say("I reviewed this summary"), say("investigator")),
        SignatureRow(say("I reviewed this summary"), say("monitor")),
    )
