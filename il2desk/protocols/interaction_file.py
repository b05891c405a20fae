"""A file of interactions into an `InteractionList`: drugs and allergies by the words that name them."""

from __future__ import annotations

from il2desk.dosing import (
    CONTRA_INDICATED,
    INTERACTION_CAUTION,
    AllergyClass,
    Interaction,
    InteractionList,
    Source,
    tell,
)
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table


def read_interactions(_reader: Reader, root: Table, id_: str) -> InteractionList:
    """The list of the file; worthless where the reader has problems."""
    found = InteractionList(
        id=id_,
        title=root.text("title"),
        version=root.text("version"),
        drugs=tuple(_drug(name, row) for name, row in root.rows("drugs")),
        allergies=tuple(_allergy(name, row) for name, row in root.rows("allergies")),
        notes=root.texts("notes", required=False),
    )
    root.source()
    return found


def _drug(name: str, row: Table) -> Interaction:
    made = Interaction(
        id=name,
        names=_names(row),
        classes=row.texts("classes", required=False),
        beside=row.text("beside"),
        severity=row.word("severity", (CONTRA_INDICATED, INTERACTION_CAUTION)),
        text=row.text("text"),
        sources=_sources(row),
    )
    row.close()
    return made


def _allergy(name: str, row: Table) -> AllergyClass:
    made = AllergyClass(name, _names(row), row.text("text"), row.source())
    row.close()
    return made


def _names(row: Table) -> tuple[str, ...]:
    names = row.texts("names")
    if "names" in row and not names:
        row.problem("names", tell("the list is empty. Write the words that name it."))
    return names


def _sources(row: Table) -> tuple[Source, ...]:
    """One source or several that say different things."""
    sources: list[Source] = []
    for name in row.texts("sources"):
        source = row.reader.sources.get(name)
        if source is None:
            row.problem(
                "sources",
                tell('the source "{name}" is not among [sources]. Describe it there.', name=name),
            )
        else:
            row.reader.uses.append((row.field, name))
            sources.append(source)
    return tuple(sources)
