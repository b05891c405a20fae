"""The examples of the printed stock sheets say what a real journal prints, word for word."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import stock_story

from il2desk.desk.papers import SheetRequest, prepare_sheet
from il2desk.desk.stock import CONTROL
from il2desk.desk.stock_sheet_scope import of_record
from il2desk.sheets.model import Section, SheetModel

sys.path.insert(0, str(Path(__file__).parents[1] / "sheets"))  # the examples lie there
import examples_stock_form as forms
import examples_stock_log as logs

from il2desk.sheets import compose_stock_form, compose_stock_log

FORMS = {
    "receipt": forms.make_receipt, "wrong": forms.make_wrong, "patient": forms.make_return,
    "count": forms.make_count, "sent": forms.make_transfer, "destroyed": forms.make_destruction,
    "quarantined": forms.make_quarantine,
}  # fmt: skip


def printed(keeper, kind: str, of: str) -> SheetModel:
    return keeper.ward.made(prepare_sheet(keeper.desk, SheetRequest(kind, of=of))).composed.model


def body(model: SheetModel) -> tuple[Section, ...]:
    return model.sections


def test_the_log_of_the_examples_is_that_of_the_story(keeper):
    stock_story.tell(keeper)
    model = printed(keeper, "stock-log", of_record(keeper.record, CONTROL))
    mine = compose_stock_log(logs.make_log())
    assert body(mine) == body(model)
    assert mine.frame.title == model.frame.title
    assert mine.frame.identity[2:] == model.frame.identity[2:]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_each_form_of_the_examples_is_that_of_the_story(keeper, name: str):
    entry = getattr(stock_story.tell(keeper), name)
    model = printed(keeper, "stock-form", entry)
    mine = compose_stock_form(FORMS[name]())
    assert body(mine) == body(model)
    assert mine.frame.title == model.frame.title
    assert mine.frame.identity[:2] == model.frame.identity[:2]
