"""Forms of fictional movements: receipt, count, return, destruction, transfer; corrected, in error.

They are of the ten days that tests/desk/stock_story.py records in a real journal, word for word.
"""

from __future__ import annotations

from dataclasses import replace

from examples_stock_log import (
    AB,
    CD,
    EXPIRY,
    FINGERPRINT,
    PRODUCT,
    PROTOCOL,
    VERSION,
    ZZ,
    make_issue,
)

from il2desk.sheets import (
    Footnote,
    Marks,
    SheetModel,
    SignatureRow,
    StockFormFacts,
    compose_stock_form,
)

_SHEET = "STF-1C2D3E-9F31C2A0"


def signed(meaning: str, at: str) -> SignatureRow:
    """What the pharmacist signed in the journal."""
    return SignatureRow(meaning, "pharmacist", "K. Brandt", at)


def corrected(letter: str, at: str) -> tuple[SignatureRow, ...]:
    """What two people signed under a correction."""
    return (
        signed(f"I correct this line as written here; the old line stays (correction {letter})", at),
        SignatureRow(f"I checked this correction against its source (correction {letter})", "nurse",
                     "A. Ruiz", at),
    )  # fmt: skip


def make_receipt() -> StockFormFacts:
    """A receipt whose number of vials was corrected."""
    at, later = "02-Mar-2026 09:02", "03-Mar-2026 09:15"
    return StockFormFacts(
        issue=make_issue("STF", _SHEET, later), marks=Marks(), title="Receipt of vials",
        protocol=PROTOCOL, version=VERSION, fingerprint=FINGERPRINT, product=PRODUCT, place="control",
        vials="6\u00a0vials\u00a0\u2020a", vials_label="Vials", lot=AB, expiry=EXPIRY[AB],
        details=(
            ("Received on", "02-Mar-2026"), ("Recorded", at), ("Shipment", "SHIP-1"),
            ("Received from", "Sponsor depot"), ("Temperature on arrival", "in range"),
            ("Condition", "intact"), ("Quarantine on arrival", "none"),
        ),
        other_side="From the paper of the shipment",
        to_write=("Vials shipped", "Temperature logger: No., lowest, highest"),
        signatures=(
            signed("I took these vials into stock as written here (signed on 5 vials, before "
                   "correction a)", at),
            *corrected("a", later),
            SignatureRow("I checked these vials against the paper of the shipment", "second person"),
        ),
        footnotes=(Footnote("a", "vials", "5", "6", "K. Brandt and A. Ruiz", later,
                            "one vial lay under the leaflet"),),
    )  # fmt: skip


def make_moved(title: str, vials: str, lot: str, at: str, **more: object) -> StockFormFacts:
    """A movement that nobody corrected, recorded at `at`, with nothing for a pen."""
    plain = replace(
        make_receipt(), title=title, vials=vials, lot=lot, expiry=EXPIRY[lot], footnotes=(),
        issue=make_issue("STF", _SHEET, at), other_side="", to_write=(),
    )  # fmt: skip
    return replace(plain, **more)


def make_wrong() -> StockFormFacts:
    """A receipt that was taken back."""
    at, later = "02-Mar-2026 09:20", "04-Mar-2026 10:00"
    receipt = make_receipt()
    details = {**dict(receipt.details), "Recorded": at, "Shipment": "SHIP-3"}
    return make_moved(
        "Receipt of vials", "4\u00a0vials\u00a0\u2020a", ZZ, later, in_error=True,
        details=tuple(details.items()),
        signatures=(
            signed("I took these vials into stock as written here (\u25b2 taken back by correction a)",
                   at),
            *corrected("a", later),
        ),
        notes=("\u25b2 This entry was taken back: the vials did not move by it.",),
        footnotes=(Footnote("a", "this whole entry", "recorded", "entered in error",
                            "K. Brandt and A. Ruiz", later, "shipment of another trial"),),
    )  # fmt: skip


def make_transfer() -> StockFormFacts:
    """A transfer that the receiving place has not signed yet."""
    at = "10-Mar-2026 16:20"
    return make_moved(
        "Transfer of vials to another place", "2\u00a0vials", CD, at,
        details=(
            ("Sent on", "10-Mar-2026"), ("Recorded", at), ("Approval number", "T-12"),
            ("Sent to", "Ward 7 fridge"), ("Arrived", "no arrival is recorded"),
        ),
        signatures=(
            signed("I sent these vials as written here", at),
            SignatureRow("I received these vials as written here", "receiving place"),
        ),
        other_side="The receiving place writes",
        to_write=("Vials received", "Condition, temperature", "Remarks"),
    )  # fmt: skip


def make_count() -> StockFormFacts:
    """A count that differs from the books; how many they held stands nowhere on it."""
    at = "09-Mar-2026 08:05"
    return make_moved(
        "Physical count of a lot", "3\u00a0vials", AB, at, vials_label="Counted",
        details=(
            ("Counted on", "09-Mar-2026"), ("Recorded", at),
            ("The books held", "not printed before a second person has signed the count"),
            ("Settled", "no settlement of this count is recorded"),
        ),
        signatures=(
            signed("I counted these vials on the shelf and did not copy the number from the books", at),
            SignatureRow("I counted these vials myself and wrote the number that I found above",
                         "witness"),
        ),
        other_side="The count differs from the books",
        to_write=("Second count, vials", "Explanation"),
        next_step="Next: a second person counts the lot on their own. Then in the program F9, C stores "
        "the new count, or F9, S settles the difference: what explains it, and two signatures.",
    )  # fmt: skip


def make_return() -> StockFormFacts:
    """A vial that a patient brought back."""
    at = "06-Mar-2026 15:40"
    return make_moved(
        "Return of vials by a patient", "1\u00a0vial", AB, at,
        details=(
            ("Returned on", "06-Mar-2026"), ("Recorded", at), ("Patient's initials", "AB"),
            ("Trial number", "NPC-017"), ("Kept", "apart, never part of the stock again"),
            ("Reason", "the cycle ended"),
        ),
        signatures=(
            signed("I took these vials back from the patient and put them apart", at),
            SignatureRow("I saw these vials returned and put apart", "second person"),
        ),
    )  # fmt: skip


def make_destruction() -> StockFormFacts:
    """The same vial, destroyed with a witness."""
    at = "11-Mar-2026 15:40"
    return make_moved(
        "Destruction of vials", "1\u00a0vial", AB, at,
        details=(
            ("Destroyed on", "11-Mar-2026"), ("Recorded", at),
            ("Authorised by", "Sponsor QA, letter 9"),
            ("Taken from", "vials that patients returned"), ("Reason", "returned by a patient"),
        ),
        signatures=(
            signed("I destroyed these vials as written here", at),
            SignatureRow("I saw these vials destroyed as written here", "nurse", "A. Ruiz", at),
        ),
        other_side="Who destroyed the vials writes",
        to_write=("Method and place", "Certificate or consignment No.", "Returned by (trial No.)"),
    )  # fmt: skip


def make_quarantine() -> StockFormFacts:
    """A whole lot put apart."""
    at = "11-Mar-2026 16:10"
    return make_moved(
        "Quarantine of a lot", "8\u00a0vials", CD, at, vials_label="In the books",
        details=(
            ("Quarantined on", "11-Mar-2026"), ("Recorded", at),
            ("Concerns", "every vial of the lot at this place"), ("Reason", "the carton is wet"),
        ),
        signatures=(
            signed("I put this lot into quarantine as written here", at),
            SignatureRow("I saw these vials put apart and marked", "second person"),
        ),
        other_side="Who put the vials apart writes",
        to_write=("Vials put apart", "Where, how marked", "Sponsor told: by whom, when"),
    )  # fmt: skip


def examples() -> dict[str, SheetModel]:
    """Every case by its name."""
    receipt, transfer = make_receipt(), make_transfer()
    long = "Bartholomew-Maximilian Featherstonehaugh"
    other = "Wolfeschlegelsteinhausenbergerdorff"
    people = {"K. Brandt": long, "A. Ruiz": other}
    named = tuple(replace(row, name=people.get(row.name, "")) for row in receipt.signatures)
    chinese = {"K. Brandt": "歐陽大文", "A. Ruiz": "司馬 相如"}
    in_chinese = tuple(replace(row, name=chinese.get(row.name, "")) for row in receipt.signatures)
    note = receipt.footnotes[0]
    facts = {
        "receipt corrected": receipt,
        "count with a difference": make_count(),
        "return by a patient": make_return(),
        "destruction": make_destruction(),
        "transfer on the way": transfer,
        "quarantine": make_quarantine(),
        "entered in error": make_wrong(),
        "practice": replace(transfer, marks=Marks(practice=True)),
        "long names": replace(
            receipt, signatures=named, footnotes=(replace(note, who=f"{long} and {other}"),),
            lot="LOT 2026-0000-4711-ABCD",
            place="Refrigerator of the day hospital, second floor, room 217",
        ),
        "chinese name": replace(
            receipt, signatures=in_chinese, footnotes=(replace(note, who="歐陽大文 and 司馬 相如"),)
        ),
    }  # fmt: skip
    return {name: compose_stock_form(fact) for name, fact in facts.items()}
