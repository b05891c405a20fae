"""A product file into a `Product`: what a vial holds, what can be drawn, how long it lasts."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import BagBand, BeyondUse, Evidence, Product, Sourced, tell, told
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.sourced_values import NO_SOURCE, sourced_decimal, sourced_text
from il2desk.protocols.table import Table

COUNTED_FROM = ("reconstitution", "dilution")
STATES = ("reconstituted", "diluted")
_INFUSION = "infusion"


def read_product(reader: Reader, root: Table, id_: str) -> Product:
    """The product of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root, tell("product"))
    technique = _technique(root)
    product = Product(
        id=id_,
        name=root.text("name"),
        printed_as=root.text("printed_as"),
        content_iu=_number(root, "content_iu"),
        strength_iu_per_ml=_number(root, "strength_iu_per_ml"),
        strength_mg_per_ml=_number(root, "strength_mg_per_ml"),
        reconstitution_ml=_number(root, "reconstitution_ml"),
        reconstitution_diluent=_text(root, "reconstitution_diluent"),
        withdrawable_ml=_number(root, "withdrawable_ml"),
        window_mcg_per_ml=_window(root),
        low_concentration_route=_text(root, "low_concentration_route"),
        bag_bands=_bands(root),
        bag_diluent=_text(root, "bag_diluent"),
        infusion_minutes=sourced_decimal(root, "infusion_minutes", required=False),
        beyond_use=_beyond_use(root, gaps),
        storage=_text(root, "storage"),
        technique=technique[""],
        infusion_technique=technique[_INFUSION],
        gaps=tuple(gaps.gaps),
        most_ml=sourced_decimal(root, "most_ml", required=False),
    )
    gaps.close()
    _refuse_unconfirmed(reader)
    return product


def _number(root: Table, key: str) -> Sourced[Decimal]:
    return sourced_decimal(root, key) or Sourced(Decimal(1), NO_SOURCE)


def _text(root: Table, key: str) -> Sourced[str]:
    return sourced_text(root, key) or Sourced("", NO_SOURCE)


def _window(root: Table) -> Sourced[tuple[Decimal, Decimal]]:
    row = root.table("window_mcg_per_ml")
    if row is None:
        root.problem(
            "window_mcg_per_ml", told('"window_mcg_per_ml" is missing. Write { from, to, source }.')
        )
        return Sourced((Decimal(1), Decimal(1)), NO_SOURCE)
    low, high = row.decimal("from"), row.decimal("to")
    source = row.source()
    row.close()
    if low is not None and high is not None and low >= high:
        row.problem(
            "to",
            tell(
                "the window ends at {high}, not above its start {low}. Correct one of them.",
                high=high,
                low=low,
            ),
        )
    return Sourced((low or Decimal(1), high or Decimal(1)), source)


def _bands(root: Table) -> tuple[BagBand, ...]:
    """The rows of the bag table, ascending; only the last is open."""
    bands: list[BagBand] = []
    rows = root.list_of_tables("bag_bands", required=True)
    for row in rows:
        band = BagBand(
            row.decimal("up_to_iu", required=False),
            row.decimal("bag_ml") or Decimal(1),
            row.source(),
        )
        row.close()
        before = bands[-1].up_to_iu if bands else Decimal(0)
        if before is None:
            row.problem(
                "",
                tell("a row follows the open row of the bag table. Only the last row may be open."),
            )
        elif band.up_to_iu is not None and band.up_to_iu <= before:
            row.problem(
                "up_to_iu",
                tell(
                    "{up_to_iu} is not above the row before it ({before}). Sort the rows.",
                    up_to_iu=band.up_to_iu,
                    before=before,
                ),
            )
        bands.append(band)
    if bands and bands[-1].up_to_iu is not None:
        rows[-1].problem(
            "up_to_iu", tell("the last row of the bag table must be open. Leave up_to_iu out.")
        )
    return tuple(bands)


def _beyond_use(root: Table, gaps: GapList) -> tuple[BeyondUse, ...]:
    """A limit for each state of the solution; a missing one is a gap that blocks the label."""
    limits: list[BeyondUse] = []
    states: set[str] = set()
    for row in root.list_of_tables("beyond_use"):
        state = row.word("state", STATES)
        states.add(state)
        start = row.word("counted_from", COUNTED_FROM)
        hours = row.decimal("hours") or Decimal(1)
        limits.append(BeyondUse(state, start, hours, row.text("storage"), row.source()))
        row.close()
    for state in STATES:
        field = f"beyond_use.{state}"
        gaps.require(field, root, "beyond_use", filled=state in states, blocks=("label",))
    return tuple(limits)


def _technique(root: Table) -> dict[str, tuple[Sourced[str], ...]]:
    """The steps that hold for every dose (""), and those of an infusion alone."""
    lines: dict[str, list[Sourced[str]]] = {"": [], _INFUSION: []}
    for row in root.list_of_tables("technique"):
        only = row.text("only", "")
        if only not in lines:
            row.problem(
                "only",
                tell(
                    '"{only}" is unknown. Write "{infusion}", or leave it out.',
                    only=only,
                    infusion=_INFUSION,
                ),
            )
        lines.setdefault(only, []).append(Sourced(row.text("value"), row.source()))
        row.close()
    return {only: tuple(steps) for only, steps in lines.items()}


def _refuse_unconfirmed(reader: Reader) -> None:
    """Every number of a product is computed with, so none of them may be unconfirmed."""
    for field, mark in reader.marks:
        if mark is Evidence.UNCONFIRMED:
            path = tuple(field.split("."))
            reader.problem(
                path,
                tell(
                    "this value is marked unconfirmed: a product cannot be computed with it. Confirm it."
                ),
            )
