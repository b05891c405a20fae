"""What must be known about a sheet before it is printed."""

from __future__ import annotations

from il2desk.desk import Desk
from il2desk.desk.papers import PreparedSheet, PrintRecord, ScannedSheet
from il2desk.dosing import tell, write_moment
from il2desk.window.pages.facts_grid import Fact
from il2desk.window.spoken import spoken_all
from il2desk.words import say

_SHOWN = 12  # digits of a hash that people compare
_HOW = {"print": tell("printed"), "file": tell("saved")}


def sheet_facts(
    desk: Desk, sheet: PreparedSheet, prints: tuple[PrintRecord, ...]
) -> tuple[Fact, ...]:
    """Age of the data, doses that wait for a second person, pages, marks, and the prints so far, newest first."""
    facts = [
        Fact(say("Data as of"), write_moment(desk.local(sheet.composed.data_as_of))),
        Fact(say("Last entry"), write_moment(desk.local(sheet.composed.issued_at))),
        Fact(say("Signatures"), _signatures(sheet)),
        Fact(say("Pages"), say("{pages}, {paper}", pages=sheet.pages, paper=sheet.paper)),
        Fact(say("Sheet"), sheet.sheet_id),
        Fact(say("Hash"), sheet.sha256[:_SHOWN]),
    ]
    if sheet.supersedes:
        facts.append(Fact(say("Supersedes"), sheet.supersedes))
    history = [_print_words(desk, one) for one in reversed(prints)]
    facts.append(Fact(say("Prints"), spoken_all(history, "\n") or say("none yet")))
    return tuple(facts)


def _signatures(sheet: PreparedSheet) -> str:
    if sheet.verified:
        # Only recorded doses are looked at: weights, checks and plans have one signature.
        return say("no recorded dose waits for a second person")
    return say("NOT VERIFIED: needs a second person: {doses}", doses=sheet.unsigned_words)


def _print_words(desk: Desk, one: PrintRecord) -> str:
    return say(
        "{when} copy {copy} {how}, {by}",
        when=write_moment(desk.local(one.at)),
        copy=one.copy,
        how=say(_HOW.get(one.how, one.how)),
        by=one.by,
    )


def scanned_words(desk: Desk, found: ScannedSheet) -> tuple[str, ...]:
    """What a scanned sheet is, and what must be known before anybody works by it."""
    printed = say(
        "Scanned: {title} {sheet}, printed {when}, copies {n}.",
        title=say(found.title),
        sheet=found.sheet_id,
        when=write_moment(desk.local(found.printed_at)),
        n=found.copies,
    )
    good = say("It is the latest print, and the journal still says the same.")
    return (say(found.warning) if found.warning else good, printed)
