"""The index of the pictures: one plain page, local, findings beside each picture."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

_STYLE = """
body { font: 15px sans-serif; margin: 24px; max-width: 1400px }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #6B7885; padding: 6px;
text-align: left; vertical-align: top } img { width: 480px; display: block } li { color: #A31621 }
"""


def write(folder: Path, taken: Iterable[dict[str, Any]]) -> None:
    """Write FOLDER/index.html."""
    rows = sorted(
        taken, key=lambda each: (each["variant"] != "1280x720_light_en_plain", each["name"])
    )
    wrong = sum(bool(each["faults"]) for each in rows)
    body = "\n".join(map(_row, rows))
    text = (
        "<!doctype html><meta charset='utf-8'><title>IL2Desk: screens</title>"
        f"<style>{_STYLE}</style><h1>IL2Desk: screens</h1>"
        f"<p>{len(rows)} pictures, {wrong} with findings of the automated checks.</p>"
        f"<table><tr><th>Station<th>Picture<th>In grey<th>Findings</tr>{body}</table>\n"
    )
    (folder / "index.html").write_text(text, encoding="utf-8")


def _row(each: dict[str, Any]) -> str:
    place = f"{each['variant']}/{each['name']}.png"
    grey = f"{each['variant']}/grey/{each['name']}.png"
    found = [f"{check}: {told}" for check, all_ in each["faults"].items() for told in all_]
    listed = "".join(f"<li>{escape(told)}" for told in found)
    facts = "<br>".join(escape(each[part]) for part in ("name", "screen", "state", "variant"))
    pictures = "".join(
        f"<td><a href='{one}'><img src='{one}' alt='{escape(each['name'])}' loading='lazy'></a>"
        for one in (place, grey)
    )
    return f"<tr><td>{facts}{pictures}<td><ul>{listed}</ul></tr>"
