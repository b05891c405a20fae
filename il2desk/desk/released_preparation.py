"""What a release says besides its numbers: which lines a choice replaced, and the reasons given."""

from __future__ import annotations

from collections.abc import Mapping

from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import ReleaseRecord
from il2desk.dosing import NO_BREAK, tell, told, write_quantity
from il2desk.sheets import WorkingRow

_OF_THE_TOTAL = ("I", "J", "K", "L")
"""Lines of the working that come from the total volume of the recipe."""


def released_working(release: ReleaseRecord) -> tuple[WorkingRow, ...]:
    """The lines as they were worked out; those that a chosen total volume replaced say so."""
    chosen = _chosen_total(release)
    return tuple(
        WorkingRow(
            one["step"], told(one["label"]), _text(one, chosen), told(one["source"]),
        )
        for one in release.dose["working"]
    )  # fmt: skip


def _text(line: Mapping[str, str], chosen: str) -> str:
    if not chosen or line["step"] not in _OF_THE_TOTAL:
        return told(line["text"])
    return tell("replaced by the total of {chosen}: {text}", chosen=chosen, text=told(line["text"]))


def _chosen_total(release: ReleaseRecord) -> str:
    """The total volume that was chosen in the place of the recipe's; empty where the recipe's was."""
    if release.volume_choice is None or release.total_volume_ml is None:
        return ""
    total = write_quantity(release.total_volume_ml, "mL")
    lines = (line["text"] for line in release.dose["working"] if line["step"] == "I")
    recipe = next(lines, "").replace(NO_BREAK, " ")
    return "" if f" {total.replace(NO_BREAK, ' ')}" in f" {recipe}" else total


def release_reasons(desk: Desk, release: ReleaseRecord) -> tuple[str, ...]:
    """The reasons that the release carries: another total volume, more vials, another lot."""
    entry = desk.journal.entry(release.entry)
    body = {} if entry is None else entry.body
    reasons = (
        (tell("total volume chosen"), release.volume_choice),
        (tell("more vials than required"), body.get("vials_reason")),
        (tell("lot that does not expire first"), body.get("lot_choice")),
    )
    return tuple(tell("{what}: {why}", what=what, why=why) for what, why in reasons if why)
