"""The downtime kit: every patient's next 24 hours on paper, for when the computer is away."""

from __future__ import annotations

from il2desk.sheets.downtime_kit_facts import DowntimeKitFacts, KitListed
from il2desk.sheets.downtime_kit_patient import patient_sections
from il2desk.sheets.downtime_kit_rules import rule_sections
from il2desk.sheets.entries import Cell, SourceList, cell, heading, prose, table
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.geometry import MM, Role
from il2desk.sheets.lettering import clean
from il2desk.sheets.model import Block, Pair, Section, SheetModel, write
from il2desk.sheets.pen_tables import entering, hands, volumes_rule
from il2desk.sheets.shared_facts import SignatureRow
from il2desk.sheets.sheet_frame import make_site_frame, mark_words, pair
from il2desk.sheets.signing_lines import signatures
from il2desk.sheets.wrapping import word_width
from il2desk.words import say

_NAME, _NAME_MOST = 62.0, 105.0  # mm of the column of names; the state gives what a long one needs
_WORD_ROOM = 18.0  # mm beside the longest word: a table of less width than this is narrowed


def compose_downtime_kit(facts: DowntimeKitFacts) -> SheetModel:
    """Return the kit as finished strings: a list, the patients one after another, their protocols.

    Raises SheetRefused, naming the fact, where nobody is on treatment or a text cannot be printed.
    """
    if not facts.listed:
        raise SheetRefused(
            say("Nobody is on treatment."),
            say(
                "Nothing was printed. The blank downtime sheet serves a patient who comes meanwhile."
            ),
        )
    _refuse_missing_page(facts)
    title = say("Downtime kit \u2013 the next 24 hours")
    sources = SourceList()
    body = (
        Section(parts=((*_use(facts), *signatures(_handing_over()), *_list(facts)),)),
        *(section for one in facts.patients for section in patient_sections(one, facts, sources)),
        *(section for one in facts.rules for section in rule_sections(one, sources)),
    )
    closing = Section(parts=((*sources.blocks(), *hands()),))  # once every source was met
    signed = Section(parts=((*_stored_again(), *signatures(_signers())),), together=True)
    return SheetModel(
        frame=make_site_frame(title, facts.issue, facts.marks, _lines(facts)),
        sections=(*body, closing, signed),
        watermark=mark_words(facts.marks),
        title=f"{title} \u2013 {clean(facts.state_at, say('moment of the state'))}",
        author=clean(facts.issue.issued_by, say("issuer")),
        subject=say("Sheet {sheet}", sheet=facts.issue.sheet_id),
        language=facts.issue.language,
        written=facts.issue.issued_utc,
    )


def _refuse_missing_page(facts: DowntimeKitFacts) -> None:
    """A dose in the list without a page would be given from memory."""
    paged = {one.patient.trial_code for one in facts.patients}
    for one in facts.listed:
        if one.due_in_kit and one.trial_code not in paged:
            raise SheetRefused(
                say(
                    "{code} has a dose due {due} in the list and no page.",
                    code=one.trial_code,
                    due=one.next_dose.replace("\n", ", "),
                ),
                say("Nothing was printed. Report this as a defect, and use the blank sheet."),
            )


def _lines(facts: DowntimeKitFacts) -> tuple[tuple[Pair, ...], ...]:
    """The moment and the end, large, on every page: who picks a page up must see its age."""
    return (
        (
            _large(say("The state at"), facts.state_at),
            _large(say("NOT TO BE USED AFTER"), facts.valid_until),
        ),
        (pair(say("Patients on treatment"), str(len(facts.listed))),),
    )


def _large(label: str, value: str) -> Pair:
    return Pair(write(label, Role.HEADING, label), write(value, Role.TITLE, label))


def _use(facts: DowntimeKitFacts) -> tuple[Block, ...]:
    return (
        heading(say("How this kit is used")),
        prose(
            say(
                "Checked again before each dose: the paper shows the state at {clock}. What happened "
                "after that stands in no line of it.",
                clock=facts.state_clock,
            ),
            say(
                "A DOSE holds for the dosing weight beside it and for no other. Where the patient is "
                "weighed again and the weight differs, work the dose out anew on the blank downtime "
                "sheet, two people on their own."
            ),
            say(
                "Before each dose: name, birth date and trial number with the patient, the criteria "
                "of the protocol on its page, the planned time and the minimum interval. What cannot "
                "be found here or in the signed protocol is not given."
            ),
            say(
                "Write what happened into the rows of the patient, whatever became of the dose. A "
                "wrong entry is struck once, with initials and date."
            ),
            volumes_rule(),
            say(
                "After {until} this kit must not be used. Destroy it or keep it as a record, and "
                "print another.",
                until=facts.valid_until,
            ),
            field=say("how this kit is used"),
        ),
    )


def _list(facts: DowntimeKitFacts) -> tuple[Block, ...]:
    name = max(_NAME, *(_longest_word(one.name) for one in facts.listed))
    titles = (
        (say("Patient"), name),
        (say("Born"), 24.0),
        (say("Trial No."), 26.0),
        (say("Ward, bed"), 26.0),
        (say("Next dose"), 48.0),
        (say("State"), 87.0 + _NAME - name),
    )
    return (
        heading(say("Everybody on treatment")),
        table(titles, tuple(_listed(one) for one in facts.listed)),
    )


def _longest_word(name: str) -> float:
    """The room in mm that keeps a name in one piece, as far as the state can give it."""
    style = Role.STRONG.style
    words = (word_width(word, style.face, style.size) for word in name.split(" "))
    return min(max(words) / MM + _WORD_ROOM, _NAME_MOST)


def _listed(one: KitListed) -> tuple[Cell, ...]:
    field = say("list of patients, {code}", code=one.trial_code)
    return (
        cell(one.name, field, Role.STRONG),
        cell(one.born, field),
        cell(one.trial_code, field, Role.STRONG),
        cell(one.place, field),
        cell(one.next_dose, field, Role.STRONG),
        cell(one.state, field),
    )


def _handing_over() -> tuple[SignatureRow, ...]:
    return (
        SignatureRow(say("I printed this kit and handed it over"), say("pharmacist")),
        SignatureRow(say("I received it on the ward"), say("nurse")),
    )


def _stored_again() -> tuple[Block, ...]:
    title = say("When the program stores again")
    return (heading(title), prose(*entering(), field=title))


def _signers() -> tuple[SignatureRow, ...]:
    return (
        SignatureRow(say("All rows are entered in the program"), say("who recorded them")),
        SignatureRow(say("I compared the entries with this paper"), say("second person")),
    )
