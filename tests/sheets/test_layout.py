"""Where things stand: page counts, margins, rows for a pen, sizes, whole dose rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from every_example import every_example

from il2desk.sheets import CycleFacts, SheetRefused, Stamp, compose_cycle_sheet
from il2desk.sheets.flow import Placed, lay_out
from il2desk.sheets.geometry import BAR, MARGIN, MM, PAPERS, PEN_ROW, Role
from il2desk.sheets.model import Column, Heading, Prose, Section, Table, write
from il2desk.sheets.pages import make_pages
from il2desk.sheets.tables import column_widths, table_strips

NAMES = ["A4", "Letter"]


def dose_table(facts: CycleFacts) -> Table:
    tables = (
        block
        for section in compose_cycle_sheet(facts).sections
        for part in section.parts
        for block in part
        if isinstance(block, Table)
    )
    return max(tables, key=lambda table: len(table.columns))


@pytest.mark.parametrize("paper", NAMES)
@pytest.mark.parametrize("count", [14, 15])
def test_a_blank_cycle_has_its_doses_on_one_page(
    paper: str, count: int, cycle: Callable[[int], CycleFacts]
) -> None:
    facts = cycle(count)
    pages = make_pages(compose_cycle_sheet(facts), PAPERS[paper])
    written = [ink.words for ink in pages[2].inks]
    assert [number for number in range(1, count + 1) if str(number) not in written] == []


@pytest.mark.parametrize("paper", NAMES)
def test_every_line_stays_within_the_margins(paper: str, examples: dict[str, CycleFacts]) -> None:
    size = PAPERS[paper]
    for facts in examples.values():
        for page in make_pages(
            compose_cycle_sheet(facts), size, Stamp(2, "12-Mar-2026 14:10", "K")
        ):
            for rule in page.rules:
                assert min(rule.x0, rule.x1) >= MARGIN - 1
                assert max(rule.x0, rule.x1) <= size.width - MARGIN + 1
                assert max(rule.y0, rule.y1) <= size.height - MARGIN + 1


def test_every_row_that_a_pen_fills_is_high_enough(blank: CycleFacts) -> None:
    strips = table_strips(dose_table(blank), PAPERS["Letter"].inner_width)
    assert len(strips) == 16
    assert all(strip.height >= 7 * MM for strip in strips[1:])
    signatures = compose_cycle_sheet(blank).sections[-2].parts[0][1]
    assert isinstance(signatures, Table)
    rows = table_strips(signatures, PAPERS["A4"].inner_width)[1:]
    assert all(strip.height >= PEN_ROW for strip in rows)


@pytest.mark.parametrize("paper", NAMES)
def test_no_column_parts_a_dose(paper: str, full: CycleFacts) -> None:
    rows = list(full.doses)
    rows[0] = replace(rows[0], dose="123.4567891\u00a0million\u00a0international\u00a0units")
    table = dose_table(replace(full, doses=tuple(rows)))
    wide = PAPERS[paper].inner_width
    assert sum(column_widths(table, wide)) == pytest.approx(wide)
    lines = [ink.words for strip in table_strips(table, wide) for ink in strip.inks]
    assert rows[0].dose in lines


def test_a_table_that_breaks_repeats_its_header_and_keeps_rows_whole(full: CycleFacts) -> None:
    section = Section(parts=((dose_table(full),),))
    placed = lay_out((section,), PAPERS["A4"].inner_width, 150.0)
    pages = {one.page for one in placed}
    assert len(pages) > 2
    for page in pages:
        on_page = [one for one in placed if one.page == page]
        assert on_page[0].strip.inks[0].words == "Dose"
        assert on_page[-1].y + on_page[-1].strip.height <= 150.01
    rows = [one for one in placed if one.strip.inks[0].words.isdecimal()]
    assert [one.strip.inks[0].words for one in rows] == [str(n) for n in range(1, 16)]


def lines(words: str, count: int) -> tuple[Prose, ...]:
    return (Prose(tuple(write(f"{words} {n}", Role.BODY, words) for n in range(count))),)


def pages_of(words: str, *sections: Section) -> set[int]:
    placed = lay_out(sections, PAPERS["A4"].inner_width, 150.0)
    return {one.page for one in placed if one.strip.name == words}


@pytest.mark.parametrize(("before", "page"), [(2, 0), (8, 1)])
def test_a_fresh_page_is_not_begun_after_a_page_that_has_hardly_begun(
    before: int, page: int
) -> None:
    first = Section(parts=(lines("before", before),))
    fresh = Section(parts=(lines("after", 1),), new_page=True)
    assert pages_of("after", first, fresh) == {page}


@pytest.mark.parametrize(
    ("count", "together", "pages"),
    [(8, True, {1}), (8, False, {0, 1}), (16, True, {0, 1, 2})],
)
def test_what_belongs_together_moves_whole_where_one_page_can_hold_it(
    count: int, together: bool, pages: set[int]
) -> None:
    first = Section(parts=(lines("before", 8),))
    second = Section(parts=(lines("after", count),), together=together)
    assert pages_of("after", first, second) == pages


@pytest.mark.parametrize("paper", NAMES)
def test_the_recipe_stands_on_one_page_and_no_page_before_the_doses_is_nearly_empty(
    paper: str, cycle: Callable[[int], CycleFacts]
) -> None:
    facts = cycle(15)
    size = PAPERS[paper]
    pages = make_pages(compose_cycle_sheet(facts), size)
    words = [[ink.words for ink in page.inks] for page in pages[:3]]
    whole = [
        page
        for page in words
        if all(row.label.split()[0] in " ".join(page) for row in facts.recipe)
    ]
    assert len(whole) >= 1
    assert all(len(page) > 60 for page in words)


def test_counts_and_their_sum_are_never_parted(full: CycleFacts) -> None:
    for page in make_pages(compose_cycle_sheet(full), PAPERS["A4"]):
        said = " ".join(ink.words for ink in page.inks)
        assert ("Left at most" in said) == ("Cumulative dose" in said)


def test_the_signature_block_is_in_one_piece(full: CycleFacts) -> None:
    pages = make_pages(compose_cycle_sheet(full), PAPERS["A4"])
    said = [" ".join(ink.words for ink in page.inks).replace("\u00a0", " ") for page in pages]
    (at,) = [index for index, words in enumerate(said) if "Meaning of the signature" in words]
    for row in full.signatures:
        assert row.meaning.replace("\u00a0", " ") in said[at]


def test_no_page_of_a_cycle_holds_nothing_but_signatures(full: CycleFacts) -> None:
    for paper in PAPERS.values():
        (signed,) = [
            page
            for page in make_pages(compose_cycle_sheet(full), paper)
            if any(ink.words == "Signatures" for ink in page.inks)
        ]
        assert any(ink.words.startswith("S1\u00a0") for ink in signed.inks)


def test_sizes_are_three_and_none_is_small(marked: CycleFacts) -> None:
    pages = make_pages(compose_cycle_sheet(marked), PAPERS["A4"])
    assert {ink.style.size for page in pages for ink in page.inks} == {8, 9, 14}
    closer = {Role.LABEL_DOSE, Role.SMALL_DOSE}  # on a label, where its one line has none below
    assert all(role.style.leading >= 1.2 * role.style.size for role in set(Role) - closer)


def test_the_dose_is_large_on_every_page(full: CycleFacts) -> None:
    for page in make_pages(compose_cycle_sheet(full), PAPERS["Letter"]):
        sizes = [ink.style.size for ink in page.inks if ink.words == full.medicine.exact_dose]
        assert max(sizes) >= 14


def test_the_bar_is_100_mm_on_every_page(blank: CycleFacts) -> None:
    assert pytest.approx(100 / 25.4 * 72) == BAR
    for page in make_pages(compose_cycle_sheet(blank), PAPERS["A4"]):
        lengths = [rule.x1 - rule.x0 for rule in page.rules if rule.y0 == rule.y1]
        assert any(length == pytest.approx(BAR) for length in lengths)


def test_a_stamp_adds_its_line_and_changes_nothing_else(full: CycleFacts) -> None:
    model = compose_cycle_sheet(full)
    stored = make_pages(model, PAPERS["A4"])
    copy = make_pages(model, PAPERS["A4"], Stamp(2, "12-Mar-2026 14:10", "K. Brandt"))
    for before, after in zip(stored, copy, strict=True):
        added = set(after.inks) - set(before.inks)
        assert [ink.words for ink in added] == ["Copy 2 made 12-Mar-2026 14:10 by K. Brandt"]
        assert set(before.inks) <= set(after.inks)
        assert before.rules == after.rules


def test_a_stamp_that_cannot_be_set_is_refused(full: CycleFacts) -> None:
    with pytest.raises(SheetRefused, match="copy stamp"):
        make_pages(compose_cycle_sheet(full), PAPERS["A4"], Stamp(2, "12-Mar-2026", "K " * 90))


def test_allergies_that_fill_the_page_are_refused(full: CycleFacts) -> None:
    patient = replace(full.patient, allergies_text="penicillin, " * 600)
    with pytest.raises(SheetRefused, match="identity block"):
        make_pages(compose_cycle_sheet(replace(full, patient=patient)), PAPERS["A4"])


def test_marks_and_a_long_title_do_not_meet(marked: CycleFacts) -> None:
    schedule = replace(marked.schedule, course="2 after a rest of seven weeks", cycle="12")
    model = compose_cycle_sheet(replace(marked, schedule=schedule))
    title, *marks = make_pages(model, PAPERS["Letter"])[0].inks[:4]
    assert title.words.startswith("Cycle sheet")
    assert [mark.words for mark in marks] == list(model.watermark)
    assert all(mark.y > title.y for mark in marks)


@pytest.mark.parametrize("rows", range(20, 90))
def test_a_block_that_must_not_stand_alone_takes_the_last_rows_along(rows: int) -> None:
    columns = (Column(write("Row", Role.LABEL, "row"), 1.0),)
    cells = tuple(((write(f"row {at}", Role.BODY, "row"),),) for at in range(rows))
    listed = Section(parts=((Table(columns, cells, least_row=PEN_ROW),),))
    signed = Section(
        parts=((Table(columns, (((write("signed", Role.BODY, "row"),),),) * 4, least_row=60.0),),),
        together=True, brings_end=True,
    )  # fmt: skip
    found = lay_out((listed, signed), 500.0, 600.0)
    pages: dict[int, list[str]] = {}
    for one in found:
        pages.setdefault(one.page, []).extend(ink.words for ink in one.strip.inks)
        assert one.y + one.strip.height <= 600.01
    last = pages[max(pages)]
    assert last[0] == "Row"
    assert f"row {rows - 1}" in last
    assert last.count("signed") == 4
    assert [word for page in pages.values() for word in page if word.startswith("row ")] == [
        f"row {at}" for at in range(rows)
    ]
    assert all(any(word.startswith("row ") for word in page) for page in pages.values())


@pytest.mark.parametrize("paper", NAMES)
@pytest.mark.parametrize("sheet", ["premedication", "qualification", "trial_summary"])
def test_nobody_signs_a_page_that_holds_nothing_else(
    monkeypatch: pytest.MonkeyPatch, sheet: str, paper: str
) -> None:
    kept: list[list[Placed]] = []

    def keeping(*asked: Any) -> list[Placed]:
        kept.append(lay_out(*asked))
        return kept[-1]

    monkeypatch.setattr("il2desk.sheets.pages.lay_out", keeping)
    models = [model for (name, _), model in every_example().items() if name == sheet]
    for model in models:
        make_pages(model, PAPERS[paper])
        (signed,) = [one for one in model.sections if one.brings_end]
        first = signed.parts[0][0]
        assert isinstance(first, Heading)
        assert [
            one.page for one in kept[-1]
            if one.y == 0 and [ink.words for ink in one.strip.inks] == [first.title.words]
        ] == []  # fmt: skip
    assert models
