"""What closes a sheet: amended values with who and why, and the block that people sign."""

from __future__ import annotations

from il2desk.sheets.entries import cell, heading, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import SIGN_ROW, Role
from il2desk.sheets.model import Block
from il2desk.sheets.shared_facts import Footnote, SignatureRow
from il2desk.words import say


def amendments(footnotes: tuple[Footnote, ...]) -> tuple[Block, ...]:
    """Return the list of amended values; nothing where none was amended."""
    if not footnotes:
        return ()
    lines = (_footnote(note) for note in footnotes)
    return (heading(say("Amended values")), prose(*lines, field=say("amendments")))


def _footnote(note: Footnote) -> str:
    return say(
        "\u2020{mark}\u00a0 {what}: was {old}, now {new}. {who}, {when}. Reason: {why}",
        mark=note.mark,
        what=note.what,
        old=note.old or say("not recorded"),
        new=note.new or say("not recorded"),
        who=note.who,
        when=note.when,
        why=note.why,
    )


def signatures(rows: tuple[SignatureRow, ...]) -> tuple[Block, ...]:
    """Return the signature block, in one piece. SheetRefused where nobody is to sign."""
    if not rows:
        raise SheetRefused(
            say("The sheet has no signature line."),
            say("Nothing was printed. Name who signs with which meaning, then print."),
        )
    titles = (
        (say("Meaning of the signature"), 70.0),
        (say("Role"), 36.0),
        (say("Name"), 60.0),
        (say("Signature"), 65.0),
        (say("Date and time"), 42.0),
    )
    cells = []
    for row in rows:
        field = say("signature, {meaning}", meaning=row.meaning)
        signed = say("signed in the journal") if row.name and row.signed_at else ""
        cells.append(
            (
                cell(row.meaning, field),
                cell(row.role, field),
                cell(row.name, field, Role.STRONG),
                cell(signed, field),
                cell(row.signed_at, field, Role.STRONG),
            )
        )
    signed_rows = table(titles, tuple(cells), least_row=SIGN_ROW, grid=True, whole=True)
    return (heading(say("Signatures")), signed_rows)
