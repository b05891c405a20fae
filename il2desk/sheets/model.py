"""A sheet as finished strings: blocks with a role for every piece of text, nothing measured yet.

Every sheet of the program is a `SheetModel`; layout and drawing know only the blocks below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from il2desk.dosing import kept_together
from il2desk.sheets.geometry import Role
from il2desk.sheets.lettering import clean
from il2desk.sheets.plot import Plot


@dataclass(frozen=True, slots=True)
class Text:
    """Words with their role, and the name of the fact they show (for a refusal).

    `struck` words stay readable under a line: they were corrected.
    """

    words: str
    role: Role
    field: str
    struck: bool = False


def write(words: str, role: Role, field: str, *, lines: bool = False) -> Text:
    """Return cleaned text that the embedded font can show; SheetRefused otherwise.

    No line end parts a number from its unit, whoever wrote the words. Where a translator allowed a
    long word to part is for the screen.
    """
    whole = words.replace("\u00ad", "")
    return Text(kept_together(clean(whole, field, lines=lines)), role, field)


@dataclass(frozen=True, slots=True)
class Pair:
    """A quiet label and its value on one line; they never part. The label may be empty."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """The bar that opens a part of the sheet; it stays with what follows."""

    title: Text


@dataclass(frozen=True, slots=True)
class Amount:
    """One dose expression, large, in a box: a label, the amount, and quiet lines below it."""

    label: Text
    amount: Text
    below: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value of one or more lines; with no value, a line to write on."""

    label: Text
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Sentences, each on its own line or lines; with `leads` on the page of what follows them."""

    texts: tuple[Text, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading with lines below it, and the share of the width it wishes."""

    title: Text
    share: float
    below: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated where the table breaks; a row is never split.

    A cell is a tuple of texts, each on its own line; an empty cell stays writable.
    `least_row` is the least height of a row in points; `grid` draws lines between columns. A row
    whose number is in `joined` is on one page with the row after it, such as two drugs of a day.
    `forward` has a text for each row: it stands under the repeated header where that row opens a
    further page, such as the balance brought forward; empty words stand nowhere.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Text, ...], ...], ...]
    least_row: float = 0.0
    grid: bool = False
    whole: bool = False
    joined: frozenset[int] = frozenset()
    forward: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its true size, in millimetres, with a frame to cut along.

    `code` leads back to the journal and stands at the upper right, of a side of `code_mm`; without
    one the lines have the whole width. `product_code`, where there is one, is that of the vial (GS1)
    and stands at the lower right. Lines that do not fit are refused.
    """

    wide_mm: float
    high_mm: float
    lines: tuple[Text, ...]
    code: str = ""
    code_mm: float = 0.0
    product_code: str = ""


Written = Heading | Amount | Field | Prose | Table | Label
Block = Written | Plot


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks set in columns. One part and two columns: the part flows through both.

    As many parts as columns: each part keeps its column, and takes its share of the width.
    `new_page` starts a fresh page, unless the page has hardly begun. `together` starts one rather
    than break, where the whole section fits on one; with `brings_end` it then takes the end of what
    stands before it along, so that it stands alone on no page. `carried` stands again at the top of every page
    that the section opens or goes on to, such as who its patient is; `continued` stands at the top
    of the pages that it goes on to and not where it opens, such as its heading again, below what is
    carried. Both are for a section of one column only.
    """

    parts: tuple[tuple[Block, ...], ...]
    columns: int = 1
    shares: tuple[int, ...] = ()
    new_page: bool = False
    together: bool = False
    brings_end: bool = False
    carried: tuple[Block, ...] = ()
    continued: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands on every page: title, marks in words, identity lines, foot lines, code.

    `numbered` keeps a line in the foot for the stamp of a copy; a blank form has no copies.
    """

    title: Text
    marks: tuple[Text, ...]
    identity: tuple[tuple[Pair, ...], ...]
    foot: tuple[Text, ...]
    code: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class SheetModel:
    """A whole sheet of finished strings; `watermark` lines run across every page.

    `upright` lays the paper portrait, otherwise it lies landscape. A sheet of labels names its
    `label`, which a label printer can print alone.
    `title`, `author`, `subject` and `language` go into the file's own description; `written` is
    the time of issue as YYYYMMDDhhmmss in universal time.
    """

    frame: Frame
    sections: tuple[Section, ...]
    watermark: tuple[str, ...]
    title: str
    author: str
    subject: str
    language: str
    written: str
    upright: bool = False
    label: Label | None = None

    def texts(self) -> Iterator[Text]:
        """Yield every text of the sheet in reading order, the frame first."""
        frame = self.frame
        yield frame.title
        yield from frame.marks
        for line in frame.identity:
            for pair in line:
                yield pair.label
                yield pair.value
        for section in self.sections:
            for part in (section.carried, *section.parts, section.continued):
                for block in part:
                    yield from block.texts() if isinstance(block, Plot) else _block_texts(block)
        yield from frame.foot


def _block_texts(block: Written) -> Iterator[Text]:
    match block:
        case Heading(title):
            yield title
        case Amount(label, amount, below):
            yield from (label, amount, *below)
        case Field(label, values):
            yield from (label, *values)
        case Prose(texts):
            yield from texts
        case Label(lines=lines):
            yield from lines
        case Table(columns, rows):
            for column in columns:
                yield from (column.title, *column.below)
            for at, row in enumerate(rows):
                yield from block.forward[at : at + 1]
                for cell in row:
                    yield from cell


@dataclass(frozen=True, slots=True)
class Stamp:
    """The copy stamp of one printing; everything else of a copy is the stored sheet.

    `printed_at` is finished text, such as 12-Mar-2026 14:10. `copy` is 0 where the journal is open
    to be read only and cannot name the copy: the stamp says so.
    """

    copy: int
    printed_at: str
    printed_by: str
