"""The accountability log as a sheet: pages, headers, struck lines, which record is ticked."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pypdf
import pytest
from examples_stock_log import RESTORED, make_forty, make_log

from il2desk.sheets import SheetRefused, compose_stock_log, name_words, render
from il2desk.sheets.geometry import BLACK, PAPERS, PEN_ROW
from il2desk.sheets.pages import make_pages

on_each_paper = pytest.mark.parametrize("paper", ["A4", "Letter"])


def pages(model, paper: str) -> list[str]:
    found = pypdf.PdfReader(BytesIO(render(model, paper))).pages
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in found]


@on_each_paper
def test_forty_lines_run_over_pages_under_the_same_header(paper: str) -> None:
    shown = pages(compose_stock_log(make_forty()), paper)
    with_lines = [page for page in shown if "dispensed" in page]
    assert len(with_lines) >= 3
    for page in with_lines:
        assert "What happened, reference" in page
        assert "Balance of the record" in page
        assert "☑ Control record ☐ Satellite record" in page
    whole = " ".join(shown)
    assert [int(one) for one in re.findall(r"dose (\d+) dispensed", whole)] == [
        *range(1, 15), *range(1, 15), *range(1, 12),
    ]  # fmt: skip


@on_each_paper
def test_each_further_page_begins_with_what_is_brought_forward(paper: str) -> None:
    shown = pages(compose_stock_log(make_forty()), paper)
    with_lines = [page for page in shown if "dispensed left over" in page]
    told = "Brought forward from line (\\d+): in 99, out (\\d+), balance (\\d+)"
    assert "Brought forward" not in with_lines[0]
    for before, page in pairwise(with_lines):
        line, out, balance = (int(one) for one in re.findall(told, page)[0])
        assert len(re.findall(told, page)) == 1
        assert (out, balance) == (line - 1, 100 - line)
        assert f"out 1 {balance} {balance} " in before
        assert f"out 1 {balance - 1} {balance - 1} " in page


@on_each_paper
@pytest.mark.parametrize("lines", range(1, 30))
def test_no_page_is_signed_that_does_not_say_how_the_record_stands(paper: str, lines: int) -> None:
    log = make_forty()
    model = compose_stock_log(replace(log, lines=log.lines[:lines]))
    signed = [page for page in make_pages(model, PAPERS[paper])
              if any(ink.words == "Signatures" for ink in page.inks)]  # fmt: skip
    assert len(signed) == 1
    assert any(ink.words == "How the record stands" for ink in signed[0].inks)


@on_each_paper
def test_the_investigator_has_one_line_for_a_pen_on_the_first_page_alone(paper: str) -> None:
    model = compose_stock_log(make_forty())
    drawn = make_pages(model, PAPERS[paper])
    at = [[ink for ink in page.inks if ink.words == "Investigator"] for page in drawn[:3]]
    assert [len(found) for found in at] == [1, 0, 0]
    below = [rule.y0 for rule in drawn[0].rules if rule.y0 == rule.y1 and rule.y0 > at[0][0].y]
    top = at[0][0].y - at[0][0].style.leading
    assert min(below) - top >= PEN_ROW - 2


def test_initials_stay_with_the_name_in_a_narrow_cell() -> None:
    drawn = make_pages(compose_stock_log(make_forty()), PAPERS["Letter"])[0]
    words = [ink.words for ink in drawn.inks]
    assert {"K.\u00a0Brandt", "and A.\u00a0Ruiz"} <= set(words)
    assert name_words("Bartholomew-M. Featherstonehaugh") == "Bartholomew-M. Featherstonehaugh"


@on_each_paper
def test_a_struck_line_can_be_read_and_a_rule_runs_through_it(paper: str) -> None:
    model = compose_stock_log(make_log())
    assert any("out 2" in page and "corrected in line 8" in page for page in pages(model, paper))
    drawn = make_pages(model, PAPERS[paper])[0]
    struck = [ink for ink in drawn.inks if ink.struck]
    assert {
        "02-Mar-2026",
        "AB",
        "NPC-017",
        "out\u00a02",
        "PR1234AB",
        "K.\u00a0Brandt",
        "and A.\u00a0Ruiz",
    } <= {ink.words for ink in struck}
    for ink in struck:
        through = [
            rule
            for rule in drawn.rules
            if rule.y0 == rule.y1
            and rule.gray == BLACK
            and abs(rule.x0 - ink.x) < 0.01
            and ink.y - ink.style.size * 0.5 < rule.y0 < ink.y - ink.style.size * 0.1
            and rule.x1 > rule.x0 + 2
        ]
        assert len(through) == 1, ink.words


def test_balances_and_what_a_correction_says_are_never_struck() -> None:
    drawn = make_pages(compose_stock_log(make_log()), PAPERS["A4"])[0]
    corrected = [ink for ink in drawn.inks if "corrected in line" in ink.words]
    assert corrected
    assert not any(ink.struck for ink in corrected)
    assert not any(ink.struck and ink.words.isdecimal() for ink in drawn.inks)


def test_one_box_is_ticked() -> None:
    control, satellite = make_log(), replace(make_log(), control=False)
    said = [text.words for text in compose_stock_log(control).texts()]
    assert any("☑\u00a0Control\u00a0record" in one and "☐\u00a0Sat" in one for one in said)
    said = [text.words for text in compose_stock_log(satellite).texts()]
    assert any("☐\u00a0Control\u00a0record" in one and "☑\u00a0Sat" in one for one in said)


def test_a_log_without_a_line_and_one_without_a_name_to_sign_are_refused() -> None:
    with pytest.raises(SheetRefused, match="has no line"):
        compose_stock_log(replace(make_log(), lines=()))
    with pytest.raises(SheetRefused, match="no signature line"):
        compose_stock_log(replace(make_log(), signatures=()))


def test_one_record_then_another_then_the_first_again() -> None:
    first = render(compose_stock_log(make_log()))
    render(compose_stock_log(make_forty()))
    assert render(compose_stock_log(make_log())) == first


@on_each_paper
def test_what_a_restore_may_have_lost_is_said_before_the_first_line(paper: str) -> None:
    first = pages(compose_stock_log(replace(make_log(), notes=(RESTORED,))), paper)[0]
    assert first.index("The journal was restored") < first.index("What happened, reference")


@on_each_paper
@pytest.mark.parametrize("lot", ["AB12 CD34 EF56 GH789", "AB12-CD34-EF56-GH789", "W" * 20])
def test_a_long_lot_beside_long_names_never_keeps_the_record_from_being_printed(
    paper: str, lot: str
) -> None:
    log, name = make_log(), "Bartholomew-Maximilian Featherstonehaugh"
    long = {
        "lot": lot, "recorder": name, "second": name, "trial_code": "NPC-HOSPITAL-0000017",
        "initials": "ABCDE", "number": "1234", "balance": "1234", "lot_balance": "1234",
        "moved": "out 1234", "what": f"received from Depot, shipment {'X1' * 20}",
    }  # fmt: skip
    lines = tuple(replace(one, **long) for one in log.lines)
    shown = " ".join(pages(compose_stock_log(replace(log, lines=lines)), paper))
    assert shown.count("out 1234") == len(lines)
    letters = "".join(shown.split())
    assert letters.count("".join(lot.split())) >= len(lines)
    words = shown.split()
    assert words.count("1234") == 4 * len(lines)  # line, vials, two balances: none is parted
    assert words.count("31-Dec-2026") + words.count("31-Jan-2027") >= len(lines)


def test_a_short_lot_with_a_space_stands_on_one_line() -> None:
    lines = tuple(replace(one, lot="PR 9012 EF") for one in make_log().lines)
    drawn = make_pages(compose_stock_log(replace(make_log(), lines=lines)), PAPERS["Letter"])[0]
    assert sum(ink.words == "PR\u00a09012\u00a0EF" for ink in drawn.inks) >= 5
