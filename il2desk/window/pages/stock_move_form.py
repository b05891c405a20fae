"""Moving vials of the chosen lot: waste, quarantine, returns, transfers, destruction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from il2desk.desk import Signature, find_subjects, new_token
from il2desk.desk.stock import (
    ARRIVED,
    DESTROY_FIRST,
    DESTROY_SECOND,
    DESTROYED,
    EXCURSION,
    LIFTED,
    OF_RETURNS,
    OUTSIDE,
    PATIENT_RETURN,
    QUARANTINED,
    SENT,
    TO_SPONSOR,
    WASTED,
    WHOLE_LOT,
    WITH_PLACE,
    WITH_REASON,
    WITH_REFERENCE,
    LotStock,
    MoveForm,
    StockLine,
    move_meaning,
    move_refusal,
    move_stock,
    open_transfers,
    place_words,
    record_excursion,
    stock_books,
)
from il2desk.dosing import COUNT, Refusal, tell, write_date
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    NumberedChoice,
    TextEntry,
)
from il2desk.window.pages.signing import Act, sign_once, sign_twice
from il2desk.window.pages.stock_form import StockForm, counted, lot_line, record_line, whole
from il2desk.window.pages.tick import tab_through
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.fields import Entry
    from il2desk.window.office import Office

MOVES_OF = {
    "waste": (WASTED,),
    "quarantine": (QUARANTINED, LIFTED, EXCURSION),
    "return": (PATIENT_RETURN, TO_SPONSOR),
    "transfer": (SENT, ARRIVED, OUTSIDE),
    "destroy": (DESTROYED,),
}
_WORDS = {
    WASTED: tell("Waste vials"), QUARANTINED: tell("Put this lot into quarantine"),
    LIFTED: tell("Lift the quarantine of this lot"), EXCURSION: tell("Temperature excursion of this place: every lot"),
    PATIENT_RETURN: tell("Returned by a patient"), TO_SPONSOR: tell("Returned to the sponsor"),
    SENT: tell("Sent to another place of this site"), ARRIVED: tell("Arrived here from another place"),
    OUTSIDE: tell("Transferred to another site or protocol"), DESTROYED: tell("Destroy vials"),
}  # fmt: skip
_STOCK, _RETURNS = "stock", "returns"


class MoveVials(StockForm):
    """One move of the lot that was chosen. The fields follow what happened."""

    def __init__(self, office: Office, act: str, stock: LotStock) -> None:
        self._moves, self._stock = MOVES_OF[act], stock
        self._token = new_token()
        self._transfers: tuple[StockLine, ...] = ()
        heading = say(_WORDS[self._moves[0]]) if len(self._moves) == 1 else say(act.capitalize())
        super().__init__(office, heading, (lot_line(stock), record_line(stock.of.record)))
        form = self.form
        options = [Choice(move, say(_WORDS[move])) for move in self._moves]
        self.what = form.add(NumberedChoice(say("What happened"), options))
        self.source = form.add(NumberedChoice(say("Which vials"), _sources(), columns=2))
        self.transfer = form.add(NumberedChoice(say("Which transfer"), ()))
        self.vials = form.add(ClinicalNumberEdit(COUNT, say("Vials")))
        self.to = form.add(TextEntry(say("Where to"), required=True))
        self.patient = form.add(TextEntry(say("Trial number of the patient"), required=True))
        self.day = form.add(ClinicalDateEdit(say("Day"), office.now))
        self.reference = form.add(TextEntry(say("Approval"), required=True))
        self.reason = form.add(TextEntry(say("Reason"), required=True))
        self.what.setVisible(len(self._moves) > 1)
        self._show()
        self.what.chosen.connect(self._on_what)

    def happened(self) -> str:
        """What happened, as far as it is chosen."""
        return self._moves[0] if len(self._moves) == 1 else self.what.value() or ""

    def _on_what(self) -> None:
        self._show()
        self._on_changed()

    def _on_changed(self) -> None:
        super()._on_changed()
        if self.happened() == ARRIVED and not self._transfers:
            self.problems.set_sentences(
                (
                    say("No transfer is on its way."),
                    say(
                        "Vials that came later than the others of their transfer: choose its arrival "
                        "in Movements, and correct the number with A."
                    ),
                )
            )

    def _show(self) -> None:
        """Show the fields that the move asks for."""
        move = self.happened()
        self.source.setVisible(move in OF_RETURNS and self._stock.returned > 0)
        self.transfer.setVisible(move == ARRIVED)
        self.vials.setVisible(bool(move) and move not in WHOLE_LOT)
        self.to.setVisible(move in WITH_PLACE)
        self.patient.setVisible(move == PATIENT_RETURN)
        self.day.setVisible(bool(move))
        self.reference.setVisible(move in WITH_REFERENCE)
        asked = WITH_REFERENCE.get(move, "")
        self.reference.set_hint(asked[:1].upper() + asked[1:])
        logger = say("From when to when, lowest and highest temperature, as the logger shows them")
        self.reason.set_hint(logger if move == EXCURSION else "")
        self.reason.setVisible(move in WITH_REASON)
        if move == ARRIVED:
            self._offer_transfers()

    def _offer_transfers(self) -> None:
        books = stock_books(self.office.desk)
        self._transfers = open_transfers(books)
        self.transfer.set_options(
            [
                Choice(line.entry, say("{vials} of lot {lot} from {place} to {to}, {day}",
                    vials=counted(line.vials), lot=line.lot, place=line.place, to=line.to,
                    day=write_date(date.fromisoformat(line.on))))
                for line in self._transfers
            ]
        )  # fmt: skip
        tab_through(self.what, self.transfer, self.vials)

    def missing(self) -> tuple[Entry, ...]:
        """The fields that are missing; before the choice, only the choice."""
        return (self.what,) if not self.happened() else super().missing()

    def value(self) -> MoveForm | Refusal | None:
        """The move as it is entered; None while a field cannot be used."""
        day, stock = self.day.value(), self._stock
        if day is None:
            return None
        form = MoveForm(
            self.happened(), stock.of.record, stock.lot, stock.place, whole(self.vials), day,
            "" if self.reason.isHidden() else self.reason.typed(),
            "" if self.reference.isHidden() else self.reference.typed(),
            "" if self.to.isHidden() else self.to.typed(),
            from_returns=not self.source.isHidden() and self.source.value() == _RETURNS,
        )  # fmt: skip
        if form.move == PATIENT_RETURN:
            return self._with_patient(form)
        if form.move == ARRIVED:
            line = next((o for o in self._transfers if o.entry == self.transfer.value()), None)
            if line is None:
                return None
            return replace(
                form, record=line.of.record, lot=line.lot, place=line.place, transfer=line.entry
            )
        return form

    def _with_patient(self, form: MoveForm) -> MoveForm | None:
        typed = self.patient.typed().strip()
        found = [
            one for one in find_subjects(self.office.desk, typed)
            if one.trial_code.casefold() == typed.casefold()
        ]  # fmt: skip
        if len(found) != 1:
            self.patient.set_error(say("No patient has this trial number. F3 finds patients."))
            self.patient.focus_entry()
            return None
        return replace(form, subject=found[0].id)

    def commit(self) -> None:
        """Ask the desk, then show all that is signed for."""
        form = self.value() if self.usable() else None
        if form is None:
            return
        refusal = form if isinstance(form, Refusal) else move_refusal(self.office.desk, form)
        if refusal is not None or isinstance(form, Refusal):
            self.problems.set_sentences(() if refusal is None else refusal.reasons)
            return
        self._sign(form)

    def _sign(self, form: MoveForm) -> None:
        desk, token = self.office.desk, self._token
        done = say("{what}: recorded.", what=say(_WORDS[form.move]))
        if form.move == DESTROYED:
            act = Act(self.heading, self._review(form), DESTROY_FIRST, DESTROY_SECOND)
            sign_twice(
                self.office, act, lambda two: move_stock(desk, form, two, token),
                lambda: self._stored(done),
            )  # fmt: skip
            return

        def store(one: Signature) -> object:
            if form.move == EXCURSION:
                return record_excursion(desk, form.place, form.on, form.reason, one, token)
            return move_stock(desk, form, one, token)

        act = Act(self.heading, self._review(form), move_meaning(form.move))
        sign_once(self.office, act, store, lambda: self._stored(done))

    def _review(self, form: MoveForm) -> tuple[str, ...]:
        moved = say(_WORDS[form.move])
        if form.move not in WHOLE_LOT:
            moved = say("{what}: {vials}", what=moved, vials=counted(form.vials))
        lines = [moved, lot_line(self._stock), record_line(form.record)]
        if form.move == EXCURSION:
            lines[1] = say(
                "Every lot that was at {place} on that day goes into quarantine", place=form.place
            )
        if form.move == LIFTED and self._stock is not None:
            lines.append(say("It ends: {why}", why=self._stock.quarantined))
        if form.move == ARRIVED:
            lines[1] = say("Lot {lot}, sent from {place}", lot=form.lot, place=form.place)
        if form.from_returns:
            lines.append(say("Of the vials that patients returned"))
        if form.to:
            lines.append(say("To {place}", place=place_words(form.to)))
        if form.subject:
            lines.append(say("Patient {code}", code=self.patient.typed().strip()))
        lines.append(say("On {day}", day=write_date(form.on)))
        lines.extend(text.strip() for text in (form.reference, form.reason) if text.strip())
        return tuple(lines)


def _sources() -> tuple[Choice, ...]:
    return (
        Choice(_STOCK, say("Vials of the stock")),
        Choice(_RETURNS, say("Vials that patients returned")),
    )
