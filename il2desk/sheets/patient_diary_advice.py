"""What a patient must know: whom to call, the protocol's words, gaps as lines for a pen."""

from __future__ import annotations

from collections.abc import Iterator

from il2desk.sheets.entries import heading, labelled, prose
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block
from il2desk.sheets.patient_diary_facts import DiaryFacts, DiaryTold, DiaryTurn
from il2desk.words import say


def call(facts: DiaryFacts) -> tuple[Block, ...]:
    """Return the place and two lines for telephone numbers, and what to compare before injecting."""
    unsigned = ""
    if facts.marks.not_verified:
        unsigned = say(
            "NOT VERIFIED. Do not hand out. A second person has not signed: {what}.",
            what=facts.marks.unsigned,
        )
    return (
        *((prose(unsigned, role=Role.STRONG, field=say("mark")),) if unsigned else ()),
        heading(say("Whom to call")),
        labelled(say("Place"), facts.issue.site_name),
        labelled(say("Telephone, by day"), ""),
        labelled(say("Telephone, at night"), ""),
        prose(*_compare(facts), role=Role.STRONG, field=say("whom to call")),
    )


def _compare(facts: DiaryFacts) -> Iterator[str]:
    """The label carries the prepared dose: what a patient compares are names and the volume."""
    at_home = any(dose.product for day in facts.days for dose in day.doses)
    if at_home:
        yield say(
            "Each volume is only for the day beside it and only for the syringes, vials and pens you "
            "were given."
        )
    else:
        yield say(
            "Each volume is only for the day beside it and only for the syringes you were given."
        )
    yield say(
        "Before you inject, compare your name, the name of the medicine and the volume with the label "
        "of the syringe. If one is not the same, or you were told otherwise: do not inject, call."
    )
    if at_home:
        yield say(
            "A vial or a pen has no label with your volume: compare the name of the medicine and what "
            "stands under the dose."
        )


def know(facts: DiaryFacts) -> tuple[Block, ...]:
    """Return a standing hold, a missed dose, symptoms, places to inject, how to keep the drugs."""
    told = (*_told(facts), *_elsewhere(facts))
    return (
        heading(say("What to know")),
        *_hold(facts),
        prose(*_missed(facts), *_call_at_once(facts), role=Role.STRONG, field=say("what to know")),
        *((prose(*told, field=say("what to know")),) if told else ()),
        *_gaps(facts),
    )  # fmt: skip


def _hold(facts: DiaryFacts) -> Iterator[Block]:
    """No volume is told while a drug waits; whether another drug goes on is written by a hand."""
    if not facts.on_hold:
        return
    yield prose(
        say(
            "Do not inject {drug} until you are told to go on. You then get a new diary; give this one "
            "and every older one back.",
            drug=facts.on_hold,
        ),
        role=Role.STRONG,
        field=say("hold"),
    )
    doses = [dose for day in facts.days for dose in day.doses if dose.turn is DiaryTurn.INJECT]
    for drug in dict.fromkeys(dose.drug for dose in doses):
        yield prose(
            say(
                "Until then, inject {drug} only if this line says that it goes on:",
                drug=drug,
            ),
            role=Role.STRONG,
            field=say("hold"),
        )
        yield labelled(say("Goes on? Who says so, date"), "")


def _missed(facts: DiaryFacts) -> Iterator[str]:
    """The protocol's own words about a missed dose; without them, to call and nothing else."""
    missed = facts.advice.missed
    if missed is None:
        yield say("If you missed a dose: do not inject it later, call.")
    else:
        yield say("If you missed a dose: {words}", words=_sourced(missed))
    yield say("Not sure whether it was injected: do not inject, call.")


def _call_at_once(facts: DiaryFacts) -> Iterator[str]:
    if facts.advice.at_once is not None:
        yield say("Call at once: {words}", words=_sourced(facts.advice.at_once))


def _told(facts: DiaryFacts) -> Iterator[str]:
    advice = facts.advice
    if advice.symptoms is not None:
        yield say("Write down: {words}", words=_sourced(advice.symptoms))
    if advice.sites is not None:
        yield say("Places to inject, by the protocol: {words}", words=_sourced(advice.sites))
        yield say("Not where you injected last time; write left or right.")
    for drug, kept in facts.storage:
        if kept is not None:
            yield say("Keep {drug}: {words}", drug=drug, words=_sourced(kept))


def _sourced(told: DiaryTold) -> str:
    return say("{words} ({source})", words=told.words, source=told.source)


def _elsewhere(facts: DiaryFacts) -> Iterator[str]:
    """Drugs by another route, so that nobody takes the diary for the whole treatment."""
    for drug, route in facts.elsewhere:
        if route == "intravenous":
            yield say(
                "{drug} (intravenous) is not in this diary. Do not inject it yourself.", drug=drug
            )
        else:
            yield say(
                "{drug} ({route}) is not in this diary. Ask how you get it.", drug=drug, route=route
            )


def _gaps(facts: DiaryFacts) -> Iterator[Block]:
    """What no source says: named as gaps, with a line each that the site fills in by hand."""
    advice = facts.advice
    told = (
        (say("Call at once for"), advice.at_once),
        (say("Symptoms to write down"), advice.symptoms),
        (say("Where to inject"), advice.sites),
        *((say("How to keep {drug}", drug=drug), kept) for drug, kept in facts.storage),
    )
    missing = [name for name, words in told if words is None]
    if not missing:
        return
    yield prose(
        say(
            "GAP: {names}. No source of this trial says it. Your study team writes it here before you "
            "get this diary.",
            names="; ".join(missing),
        ),
        field=say("gaps"),
    )
    for name in missing:
        yield labelled(name, "")
