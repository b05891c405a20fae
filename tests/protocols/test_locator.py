"""The line of a key, through tables, arrays of tables, lists over several lines, and remarks."""

from __future__ import annotations

from il2desk.protocols.locator import line_of

TEXT = """format = 1
# drug = "in a remark"
title = "a [bracket] = # in a text"
listed = [
  "drug = one",
]
drug = "x"

[regimen]
dose = { value = "1" }

[regimen.dilution]
method = "m"

[[gaps]]
field = "a"
[[gaps]]
field = "b"
"quoted key" = 1
"""


def test_lines():
    assert line_of(TEXT, ("format",)) == 1
    assert line_of(TEXT, ("drug",)) == 7
    assert line_of(TEXT, ("regimen", "dose", "value")) == 10
    assert line_of(TEXT, ("regimen", "dilution", "method")) == 13
    assert line_of(TEXT, ("regimen", "absent")) == 9
    assert line_of(TEXT, ("gaps", "0", "field")) == 16
    assert line_of(TEXT, ("gaps", "1", "field")) == 18
    assert line_of(TEXT, ("gaps", "1", "quoted key")) == 19
    assert line_of(TEXT, ("absent",)) == 1
