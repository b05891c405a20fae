"""Forms of fictional movements: receipt, count, return, destruction, transfer; corrected, in error."""

from __future__ import annotations

from dataclasses import replace

from examples_stock_log import PRODUCT, make_issue

from il2desk.sheets import (
    Footnote,
    Marks,
    SheetModel,
    SignatureRow,
    StockFormFacts,
    compose_stock_form,
)

WHO = ("pharmacist", "K. Brandt")


def make_receipt() -> StockFormFacts:
    """A receipt whose number of vials was corrected."""
    return StockFormFacts(
        issue=make_issue("STF", "STF-1C2D3E-9F31C2A0"), marks=Marks(), title="Receipt of vials",
        protocol="npc-bolus", product=PRODUCT, place="control",
        vials="7\u00a0vials\u00a0\u2020a", lot="PR1234AB", expiry="31-Dec-2026",
        details=(
            ("Day", "02-Mar-2026"), ("Recorded", "02-Mar-2026 11:02"), ("Shipment", "SHIP-1"),
            ("Received from", "Sponsor depot"), ("Temperature on arrival", "in range"),
            ("Condition", "intact"), ("Quarantine on arrival", "none"),
        ),
        signatures=(
            SignatureRow("I took these vials into stock as written here", *WHO, "02-Mar-2026 11:02"),
            SignatureRow("I checked these vials against the paper of the shipment", "second person"),
        ),
        footnotes=(Footnote("a", "vials", "6", "7", "K. Brandt and A. Ruiz", "03-Mar-2026 09:15",
                            "one vial lay under the leaflet"),),
    )  # fmt: skip


def make_transfer() -> StockFormFacts:
    """A transfer that the receiving place has not signed yet."""
    return replace(
        make_receipt(), title="Transfer of vials to another place", vials="4\u00a0vials", footnotes=(),
        details=(
            ("Day", "10-Mar-2026"), ("Recorded", "10-Mar-2026 16:20"), ("Approval number", "T-12"),
            ("Sent to", "Ward 7 fridge"), ("Arrived", "no arrival is recorded"),
        ),
        signatures=(
            SignatureRow("I moved these vials, or found them so, as written here", *WHO, "10-Mar-2026 16:20"),
            SignatureRow("I received these vials as written here", "receiving place"),
        ),
        other_side="The receiving place writes",
        to_write=("Vials received", "Condition, temperature", "Remarks"),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    receipt, transfer = make_receipt(), make_transfer()
    count = replace(
        receipt, title="Physical count of a lot", vials="5\u00a0vials", footnotes=(),
        details=(
            ("Day", "09-Mar-2026"), ("Recorded", "09-Mar-2026 08:05"),
            ("The books held", "6\u00a0vials"), ("Difference", "1\u00a0vial fewer than the books held"),
            ("Settled", "no settlement of this count is recorded"),
        ),
        signatures=(
            SignatureRow("I counted these vials on the shelf and did not copy the number from the "
                         "books", *WHO, "09-Mar-2026 08:05"),
            SignatureRow("I counted these vials myself and found the number written here", "witness"),
        ),
    )  # fmt: skip
    destroyed = replace(
        receipt, title="Destruction of vials", vials="3\u00a0vials", footnotes=(),
        details=(
            ("Day", "11-Mar-2026"), ("Recorded", "11-Mar-2026 15:40"),
            ("Authorised by", "Sponsor QA, letter 7"),
            ("Taken from", "vials that patients returned"), ("Reason", "end of the trial"),
        ),
        signatures=(
            SignatureRow("I destroyed these vials as written here", *WHO, "11-Mar-2026 15:40"),
            SignatureRow("I saw these vials destroyed as written here", "nurse", "A. Ruiz",
                         "11-Mar-2026 15:41"),
        ),
    )  # fmt: skip
    back = replace(
        receipt, title="Return of vials by a patient", vials="2\u00a0vials", footnotes=(),
        details=(
            ("Day", "11-Mar-2026"), ("Recorded", "11-Mar-2026 15:40"), ("Patient's initials", "AB"),
            ("Trial number", "NPC-017"), ("Kept", "apart, never part of the stock again"),
        ),
        signatures=(
            SignatureRow("I moved these vials, or found them so, as written here", *WHO,
                         "11-Mar-2026 15:40"),
            SignatureRow("I saw these vials returned and put apart", "second person"),
        ),
    )  # fmt: skip
    wrong = replace(
        receipt, vials="7\u00a0vials\u00a0\u2020a b", in_error=True, signatures=receipt.signatures[:1],
        notes=("\u25b2 This entry was taken back: the vials did not move by it.",),
        footnotes=(*receipt.footnotes,
                   Footnote("b", "this whole entry", "recorded", "entered in error",
                            "K. Brandt and A. Ruiz", "04-Mar-2026 10:00", "shipment of another trial")),
    )  # fmt: skip
    long = "Bartholomew-Maximilian Featherstonehaugh"
    named = tuple(replace(row, name=long) if row.name else row for row in receipt.signatures)
    chinese = tuple(
        replace(row, name="歐陽大文") if row.name else row for row in receipt.signatures
    )
    facts = {
        "receipt corrected": receipt,
        "count with a difference": count,
        "return by a patient": back,
        "destruction": destroyed,
        "transfer on the way": transfer,
        "entered in error": wrong,
        "practice": replace(transfer, marks=Marks(practice=True)),
        "long names": replace(
            receipt, signatures=named, lot="LOT 2026-0000-4711-ABCD", place="Refrigerator of the day "
            "hospital, second floor, room 217",
        ),
        "chinese name": replace(receipt, signatures=chinese),
    }  # fmt: skip
    return {name: compose_stock_form(fact) for name, fact in facts.items()}
