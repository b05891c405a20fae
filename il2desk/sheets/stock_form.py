"""The form of one movement of stock: a count, receipt, return, destruction or transfer, to be signed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from il2desk.sheets.entries import heading, labelled, lot_words, prose
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import Role
from il2desk.sheets.model import Amount, Block, Section, SheetModel, write
from il2desk.sheets.shared_facts import Footnote, Marks, SheetIssue, SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, pair, sheet_of
from il2desk.sheets.signing_lines import amendments, signatures
from il2desk.words import say

STOCK_FORM = ("STF", "1")
"""Form code and version."""


@dataclass(frozen=True, slots=True)
class StockFormFacts:
    """One movement. `vials` such as 6 vials, with the dagger of a corrected value where it has one.

    `vials_label` says what the large number is. `details` are label and value, in order.
    `other_side` is who writes the lines `to_write` with a pen, empty where nobody does; `next_step`
    is what is to be done after it. `notes` are sentences that must be read with the form. `in_error`
    strikes the vials through: the whole entry was taken back.
    """

    issue: SheetIssue
    marks: Marks
    title: str
    protocol: str
    product: str
    place: str
    vials: str
    lot: str
    expiry: str
    details: tuple[tuple[str, str], ...]
    signatures: tuple[SignatureRow, ...]
    footnotes: tuple[Footnote, ...] = ()
    other_side: str = ""
    to_write: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    in_error: bool = False
    vials_label: str = ""
    next_step: str = ""
    version: str = ""
    fingerprint: str = ""


def compose_stock_form(facts: StockFormFacts) -> SheetModel:
    """Return the form as finished strings; SheetRefused as write, and without vials or lot."""
    for name, value in ((say("number of vials"), facts.vials), (say("lot number"), facts.lot)):
        if not value.strip():
            raise SheetRefused(
                say("The {name} of the movement is missing.", name=name),
                say("Nothing was printed. Open the line in F9 and correct it, then print."),
            )
    title = facts.title
    if facts.in_error:
        title = say("{title} \u2013 ENTERED IN ERROR", title=title)
    protocol = facts.protocol
    if facts.version:
        protocol = say("{protocol}, version {version}", protocol=protocol, version=facts.version)
    identity = (
        (pair(say("Protocol"), protocol), pair(say("Place"), facts.place)),
        (pair(say("Product"), facts.product),),
        (pair(say("Institution"), facts.issue.site_name),),
    )
    parts = (
        ((*_notes(facts), *_details(facts)), False),
        (amendments(facts.footnotes), True),
        (_other_side(facts), True),
        (signatures(facts.signatures), True),
    )
    # On a page without the first one's box they still say which vials are signed for.
    again = (_again(title, facts),)
    return sheet_of(
        make_site_frame(title, facts.issue, facts.marks, identity, facts.fingerprint),
        facts.issue,
        facts.marks,
        (
            Section(parts=((_vials(facts),),)),
            *(
                Section(parts=(blocks,), together=together, carried=again)
                for blocks, together in parts
                if blocks
            ),
        ),
        about=facts.protocol,
        upright=True,
    )


def _vials(facts: StockFormFacts) -> Amount:
    """How many vials of which lot, large."""
    field = say("vials")
    vials = replace(write(facts.vials, Role.DOSE, field), struck=facts.in_error)
    lot = say("Lot\u00a0{lot}", lot=lot_words(facts.lot))
    expiry = say("Expiry {day}", day=facts.expiry or say("not recorded"))
    below = (write(lot, Role.STRONG, say("lot")), write(expiry, Role.STRONG, say("expiry")))
    return Amount(write(facts.vials_label or say("Vials"), Role.LABEL, field), vials, below)


def _again(title: str, facts: StockFormFacts) -> Block:
    """What the form is of, in a line for a page that the first one does not stand beside."""
    told = say("{title}: {vials}, lot {lot}", title=title, vials=facts.vials, lot=facts.lot)
    return prose(told, role=Role.STRONG, field=say("vials"))


def _notes(facts: StockFormFacts) -> tuple[Block, ...]:
    if not facts.notes:
        return ()
    return (
        heading(say("To be read with this form")),
        prose(*facts.notes, role=Role.STRONG, field=say("notes")),
    )


def _details(facts: StockFormFacts) -> tuple[Block, ...]:
    shown = (labelled(name, told, absent=say("Not recorded")) for name, told in facts.details)
    return (heading(say("What is recorded")), *shown)


def _other_side(facts: StockFormFacts) -> tuple[Block, ...]:
    if not facts.to_write:
        return ()
    blanks = (labelled(name, "") for name in facts.to_write)
    told = (prose(facts.next_step, role=Role.STRONG),) if facts.next_step else ()
    return (heading(facts.other_side), *blanks, *told)
