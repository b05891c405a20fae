"""The gaps that a file lists, and the rule that a field is either filled or listed, never both."""

from __future__ import annotations

from il2desk.dosing import Evidence, Gap, tell
from il2desk.protocols.reader import Reader
from il2desk.protocols.table import Table

BLOCKS = ("dose", "schedule", "verdict", "release", "label", "activation")

_STANDS_IN = (Evidence.PROPOSAL, Evidence.READING, Evidence.UNCONFIRMED)


class GapList:
    """The gaps of one file while it is read. `kept_in` says what kind of file it is, in words."""

    def __init__(self, reader: Reader, root: Table, kept_in: str = "protocol") -> None:
        self._reader = reader
        self._kept_in = kept_in
        self._rows: dict[str, Table] = {}
        self._met: set[str] = set()
        self.gaps: list[Gap] = []
        for row in root.list_of_tables("gaps"):
            self._read(row)

    def _read(self, row: Table) -> None:
        blocks = row.texts("blocks", required=True)
        for word in blocks:
            if word not in BLOCKS:
                row.problem(
                    "blocks",
                    tell(
                        '"{word}" cannot be blocked. Write words of: {blocks}.',
                        word=word,
                        blocks=", ".join(BLOCKS),
                    ),
                )
        gap = Gap(
            row.text("field"),
            row.text("name"),
            row.text("fill_from"),
            row.text("filled_by"),
            blocks,
            self._kept_in,
        )
        row.close()
        if gap.field in self._rows:
            row.problem(
                "field", tell('the gap "{field}" is listed twice. Keep one.', field=gap.field)
            )
            return
        self._rows[gap.field] = row
        self.gaps.append(gap)

    def require(
        self, field: str, table: Table, key: str, *, filled: bool, blocks: tuple[str, ...]
    ) -> None:
        """A field that must be filled or listed; its gap must block at least `blocks`."""
        if field not in self._rows:
            if not filled:
                text = tell(
                    '"{field}" is neither filled in nor listed under gaps. Fill it in, or list the gap.',
                    field=field,
                )
                table.problem(key, text)
            return
        self._met.add(field)
        row = self._rows[field]
        gap = next(gap for gap in self.gaps if gap.field == field)
        lacking = [word for word in blocks if word not in gap.blocks]
        if lacking:
            row.problem(
                "blocks",
                tell(
                    'the gap "{field}" must block {lacking}.',
                    field=field,
                    lacking=", ".join(lacking),
                ),
            )
        if filled and not self._stands_in(field):
            row.problem(
                "field",
                tell(
                    '"{field}" is filled in and still listed as a gap. Remove the gap.', field=field
                ),
            )

    def lists(self, field: str) -> bool:
        """Whether the file lists this field among its gaps."""
        return field in self._rows

    def open(self, field: str, name: str, blocks: tuple[str, ...]) -> None:
        """Add the gap of a value marked unconfirmed, which nothing may be computed with."""
        if field not in self._rows:
            origin = tell("the cited document, which two people have read")
            by = tell("the principal investigator")
            self.gaps.append(Gap(field, name, origin, by, blocks, self._kept_in))

    def close(self) -> tuple[Gap, ...]:
        """All gaps; one that stands for no field of this kind of file is a problem."""
        for field, row in self._rows.items():
            if field not in self._met:
                row.problem(
                    "field",
                    tell('"{field}" is no field that may be a gap in this file.', field=field),
                )
        return tuple(self.gaps)

    def _stands_in(self, field: str) -> bool:
        """True where the filled value is only a proposal, a reading, or unconfirmed."""
        marks = [mark for name, mark in self._reader.marks if name == field]
        return bool(marks) and all(mark in _STANDS_IN for mark in marks)
