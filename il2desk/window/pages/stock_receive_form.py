"""Receiving one lot of a shipment: scanned or typed, with how it arrived."""

from __future__ import annotations

from typing import TYPE_CHECKING

from il2desk.desk import new_token
from il2desk.desk.stock import (
    CONDITIONS,
    RECEIVE_STOCK,
    TEMPERATURES,
    ReceiptForm,
    Scan,
    StockRecord,
    arrives_quarantined,
    lot_key,
    read_scan,
    receipt_refusal,
    receive_stock,
    stock_records,
)
from il2desk.dosing import COUNT, write_date
from il2desk.window.fields import (
    Choice,
    ClinicalDateEdit,
    ClinicalNumberEdit,
    NumberedChoice,
    ScanEdit,
    TextEntry,
)
from il2desk.window.pages.signing import Act, sign_once
from il2desk.window.pages.stock_form import StockForm, counted, record_line, whole
from il2desk.words import say

if TYPE_CHECKING:
    from il2desk.window.office import Office


class ReceiveForm(StockForm):
    """The receipt of one lot. Nothing is filled in but what is scanned."""

    def __init__(self, office: Office) -> None:
        self._records = stock_records(office.desk)
        self._token = new_token()
        self._gtin = ""
        self._serials: list[str] = []
        one = self._records[0] if len(self._records) == 1 else None
        lines = (record_line(one),) if one is not None else ()
        super().__init__(office, say("Receive a lot"), lines)
        form = self.form
        choices = [Choice(str(at), record_line(each)) for at, each in enumerate(self._records)]
        self.record = form.add(NumberedChoice(say("Sent for"), choices))
        self.record.setVisible(one is None)
        self.scan = form.add(ScanEdit(read_scan))
        self.lot = form.add(TextEntry(say("Lot"), required=True))
        self.expiry = form.add(ClinicalDateEdit(say("Expiry"), office.now))
        self.vials = form.add(ClinicalNumberEdit(COUNT, say("Vials received")))
        self.day = form.add(ClinicalDateEdit(say("Received on"), office.now))
        self.supplier = form.add(TextEntry(say("Sent by"), required=True))
        self.reference = form.add(TextEntry(say("Shipment number"), required=True))
        self.temperature = form.add(
            NumberedChoice(say("Temperature on arrival"), _choices(TEMPERATURES), columns=3)
        )
        self.condition = form.add(
            NumberedChoice(say("Condition on arrival"), _choices(CONDITIONS), columns=3)
        )
        self.scan.scanned.connect(self._on_scan)
        self.lot.edited.connect(self._on_lot)

    def _on_scan(self, scan: Scan) -> None:
        """Fill lot and expiry from the code; the vials are counted by a person."""
        typed = self.lot.typed().strip()
        if typed and scan.lot and lot_key(typed) != lot_key(scan.lot):
            self.scan.refuse(
                say("This vial is of lot {lot}. Receive it as a lot of its own.", lot=scan.lot)
            )
            return
        if self._gtin and scan.gtin != self._gtin:
            self.scan.refuse(
                say(
                    "This code names product {this}, the one before {before}. Receive it by itself.",
                    this=scan.gtin, before=self._gtin,
                )
            )  # fmt: skip
            return
        if scan.serial and scan.serial in self._serials:
            self.scan.refuse(say("The vial {serial} was scanned already.", serial=scan.serial))
            return
        if scan.lot and not typed:
            self.lot.line.setText(scan.lot)
        if scan.expiry is not None and not self.expiry.typed():
            self.expiry.line.setText(write_date(scan.expiry))
        elif scan.expiry is not None and self.expiry.value() != scan.expiry:
            day = write_date(scan.expiry)
            self.scan.refuse(say("This code says expiry {day}. Read the vial.", day=day))
            return
        self._gtin = scan.gtin
        if scan.serial:
            self._serials.append(scan.serial)
        said = say("Product code {gtin}", gtin=scan.gtin)
        if self._serials:
            said += say(", serial numbers scanned: {n}", n=len(self._serials))
        self.scan.set_hint(said)
        self._on_changed()

    def _on_lot(self) -> None:
        if not self.lot.typed().strip():
            self._gtin, self._serials = "", []
            self.scan.set_hint("")

    def value(self) -> ReceiptForm | None:
        """The receipt as it is entered, or None while a field cannot be used."""
        expiry, day, record = self.expiry.value(), self.day.value(), self._record()
        if expiry is None or day is None or record is None:
            return None
        return ReceiptForm(
            record, self.lot.typed(), expiry, whole(self.vials), day, self.supplier.typed(),
            self.reference.typed(), self.temperature.value() or "", self.condition.value() or "",
            self._gtin, tuple(self._serials),
        )  # fmt: skip

    def _record(self) -> StockRecord | None:
        if len(self._records) == 1:
            return self._records[0]
        chosen = self.record.value()
        return None if chosen is None else self._records[int(chosen)]

    def commit(self) -> None:
        """Ask the desk, then show all that is signed for."""
        form = self.value() if self.usable() else None
        if form is None:
            return
        refusal = receipt_refusal(self.office.desk, form)
        if refusal is not None:
            self.problems.refuse(refusal.reasons)
            return
        desk, token = self.office.desk, self._token
        held = arrives_quarantined(desk, form)
        warnings = (say("The lot goes into quarantine: {why}.", why=held),) if held else ()
        review = (
            say("{vials} of lot {lot}, expiry {day}", vials=counted(form.vials), lot=form.lot.strip(),
                day=write_date(form.expiry)),
            record_line(form.record),
            say("Received on {day} from {who}, shipment {number}", day=write_date(form.received_on),
                who=form.supplier.strip(), number=form.reference.strip()),
            say("Temperature on arrival {t}, vials {c}", t=form.temperature, c=form.condition),
            *((say("{n} serial numbers", n=len(form.serials)),) if form.serials else ()),
        )  # fmt: skip
        act = Act(self.heading, review, RECEIVE_STOCK, warnings=warnings)
        sign_once(
            self.office,
            act,
            lambda signed: receive_stock(desk, form, signed, token),
            lambda: self._stored(say("Lot {lot} is received.", lot=form.lot.strip())),
        )


def _choices(words: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(word, say(word)) for word in words)
