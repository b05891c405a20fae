"""A companion product file into a `CompanionProduct`: presentations with strengths and routes."""

from __future__ import annotations

from decimal import Decimal

from il2desk.dosing import (
    INTERNATIONAL_UNITS,
    PEN,
    VIAL,
    CompanionProduct,
    Evidence,
    Presentation,
    Sourced,
    tell,
    told,
)
from il2desk.protocols.companion_file import COMPANION_ROUTES
from il2desk.protocols.gap_list import GapList
from il2desk.protocols.reader import Reader
from il2desk.protocols.sourced_values import NO_SOURCE, sourced_decimal, sourced_text
from il2desk.protocols.table import Table

UNITS = (INTERNATIONAL_UNITS, "mg")


def read_companion_product(reader: Reader, root: Table, id_: str) -> CompanionProduct:
    """The product of the file; worthless where the reader has problems."""
    gaps = GapList(reader, root, tell("companion product"))
    shelves = tuple(_presentation(name, row) for name, row in root.rows("presentations"))
    if not shelves:
        root.problem(
            "presentations", tell("the product has none. Write at least one, with strength.")
        )
    product = CompanionProduct(
        id=id_,
        name=root.text("name"),
        drug=root.text("drug"),
        unit=root.word("unit", UNITS),
        presentations=shelves,
        storage=_storage(root),
        notes=root.texts("notes", required=False),
        gaps=tuple(gaps.gaps),
    )
    gaps.close()
    for field, mark in reader.marks:
        if mark is Evidence.UNCONFIRMED:
            text = tell(
                "this value is marked unconfirmed: no volume can be computed with it. Confirm it."
            )
            reader.problem(tuple(field.split(".")), text)
    return product


def _presentation(name: str, row: Table) -> Presentation:
    kind = row.word("kind", (VIAL, PEN))
    pens = row.decimals("pen_doses", required=kind == PEN)
    if kind != PEN and "pen_doses" in row:
        row.problem("pen_doses", tell("only a pen has doses of its own. Leave pen_doses out."))
    made = Presentation(
        id=name,
        name=row.text("name"),
        kind=kind,
        strength_per_ml=sourced_decimal(row, "strength_per_ml") or Sourced(Decimal(1), NO_SOURCE),
        routes=_routes(row),
        content=sourced_decimal(row, "content", required=False),
        pen_doses=pens,
    )
    row.close()
    return made


def _routes(row: Table) -> Sourced[tuple[str, ...]]:
    table = row.table("routes")
    if table is None:
        row.problem(
            "routes", told('"routes" is missing. Write routes = { value = [...], source }.')
        )
        return Sourced((), NO_SOURCE)
    routes = table.texts("value")
    found = Sourced(routes, table.source())
    table.close()
    for route in routes:
        if route not in COMPANION_ROUTES:
            listed = ", ".join(COMPANION_ROUTES)
            table.problem(
                "value",
                tell('"{route}" is no route. Write one of: {listed}.', route=route, listed=listed),
            )
    return found


def _storage(root: Table) -> tuple[Sourced[str], ...]:
    found = sourced_text(root, "storage", required=False)
    return () if found is None else (found,)
