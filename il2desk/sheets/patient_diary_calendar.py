"""The calendar of a patient diary: a row an injection, a day on one page, and the control total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from il2desk.dosing import write_date, write_weekday
from il2desk.sheets.entries import Cell, cell, heading, prose, table
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Block
from il2desk.sheets.patient_diary_facts import DiaryDay, DiaryDose, DiaryFacts, DiaryTurn
from il2desk.words import say


def calendar(facts: DiaryFacts) -> tuple[Block, ...]:
    """Return every day with its injections, or that there is none; a day's rows are never parted."""
    titles = (
        (say("Day"), 32.0),
        (say("Inject"), 32.0),
        (say("This volume"), 28.0),
        (say("Prepared dose"), 94.0),
    )
    held = bool(facts.on_hold)
    made = tuple(row for day in facts.days for row in _day(day, held=held))
    days = table(titles, made, grid=True)
    return (
        heading(say("My days")),
        replace(days, joined=joined([len(day.doses) for day in facts.days])),
    )


def joined(doses_a_day: list[int]) -> frozenset[int]:
    """Return the rows that stay with the row after them; a day without a dose has one row."""
    found: set[int] = set()
    at = 0
    for doses in doses_a_day:
        rows = max(doses, 1)
        found.update(range(at, at + rows - 1))
        at += rows
    return frozenset(found)


def totals(facts: DiaryFacts) -> tuple[Block, ...]:
    """Return how many injections of which volume the diary tells, for those who sign below it."""
    drugs = list(dict.fromkeys(dose.drug for day in facts.days for dose in day.doses))
    lines = [line for drug in drugs for line in _total(facts, drug)]
    return (
        heading(say("What this diary tells to inject")),
        prose(*lines, role=Role.STRONG, field=say("control total")),
    )


def _total(facts: DiaryFacts, drug: str) -> Iterator[str]:
    found = [(day.on, one) for day in facts.days for one in day.doses if one.drug == drug]
    told = [(on, dose.volume) for on, dose in found if dose.turn is DiaryTurn.INJECT]
    if told:
        counts = ", ".join(_count(*one) for one in Counter(v for _, v in told).items())
        dates = _dates([on for on, _ in told])
        if facts.on_hold:
            yield say(
                "{drug}, {condition}: {counts}, {dates}",
                drug=drug, condition=only_if_it_goes_on(), counts=counts, dates=dates,
            )  # fmt: skip
        else:
            yield say("{drug}: {counts}, {dates}", drug=drug, counts=counts, dates=dates)
    unweighed = sum(dose.turn is DiaryTurn.UNWEIGHED for _, dose in found)
    if unweighed:
        yield say(
            "{drug}, without a volume, only after you were weighed: {count}",
            drug=drug, count=unweighed,
        )  # fmt: skip
    late = sum(dose.turn is DiaryTurn.LATE for _, dose in found)
    if late:
        yield say("{drug}, not recorded, not to be injected: {count}", drug=drug, count=late)
    silent = sum(dose.turn in (DiaryTurn.FORBIDDEN, DiaryTurn.WAITING) for _, dose in found)
    if silent:
        yield say("{drug}, without a volume, not to be injected: {count}", drug=drug, count=silent)


def only_if_it_goes_on() -> str:
    """Return the condition of every injection in a hold, wherever one is told."""
    return say('only if the line "Goes on?" says that it goes on')


def _count(volume: str, times: int) -> str:
    if times == 1:
        return say("1 injection of {volume}", volume=volume)
    return say("{count} injections of {volume}", count=times, volume=volume)


def _dates(days: list[date]) -> str:
    first, last = write_date(days[0]), write_date(days[-1])
    if first == last:
        return say("on {date}", date=first)
    return say("{first}\u00a0to\u00a0{last}", first=first, last=last)


def _day(day: DiaryDay, *, held: bool) -> tuple[tuple[Cell, ...], ...]:
    field = say("{day} of the calendar", day=day.day)
    named = (*cell(write_weekday(day.on), field, Role.STRONG), *cell(day.day, field, Role.FINE))
    if not day.doses:
        none = cell(say("none"), field)
        return ((named, cell(say("NO INJECTION"), field, Role.STRONG), none, none),)
    same = (*named, *cell(say("the same day"), field))
    return tuple(
        (named if at == 0 else same, *_injection(dose, field, held=held))
        for at, dose in enumerate(day.doses)
    )


def _injection(dose: DiaryDose, field: str, *, held: bool) -> tuple[Cell, Cell, Cell]:
    name = cell(dose.drug, field, Role.STRONG)
    time = cell(say("at {time}", time=dose.time) if dose.time else "", field)
    match dose.turn:
        case DiaryTurn.RECORDED:
            none = cell(say("nothing to inject"), field)
            return (*name, *time), none, cell(dose.state, field, Role.STRONG)
        case DiaryTurn.FORBIDDEN | DiaryTurn.LATE:
            no = cell(say("DO NOT INJECT"), field, Role.STRONG)
            none = cell(say("nothing to inject"), field)
            return (*no, *name, *time), none, cell(dose.state, field, Role.STRONG)
        case DiaryTurn.WAITING:
            words = cell(say("only after you are told to go on"), field, Role.STRONG)
            return (*name, *time), words, cell(dose.state, field)
        case DiaryTurn.UNWEIGHED:
            words = cell(say("only after you were weighed"), field, Role.STRONG)
            return (*name, *time), words, cell(dose.state, field)
        case DiaryTurn.INJECT:
            when = time or cell(say("time: ________"), field)
            only = cell(only_if_it_goes_on(), field, Role.STRONG) if held else ()
            volume = (*only, *cell(dose.volume, field, Role.DOSE))
            return (*name, *when), volume, _prepared(dose, field)


def _prepared(dose: DiaryDose, field: str) -> Cell:
    """What the syringe holds, in the words of its label; the DOSE on its own line if it differs."""
    content = say("prepared, in {volume}", volume=dose.drawn or dose.volume)
    if dose.drawn:
        content += say("; total {total}", total=dose.volume)
    exact = "" if dose.dose == dose.prepared else say("DOSE {dose} prescribed", dose=dose.dose)
    until = say("Use before {when}", when=dose.until) if dose.until else ""
    return (
        *cell(dose.prepared, field, Role.DOSE),
        *cell(content, field),
        *cell(exact, field),
        *cell(dose.product, field),
        *cell(until, field, Role.STRONG),
    )
