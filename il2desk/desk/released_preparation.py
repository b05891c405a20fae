"""What a release says besides its numbers: which lines a choice replaced, and the reasons given."""

from __future__ import annotations

from il2desk.desk.desk import Desk
from il2desk.desk.records_of_a_dose import ReleaseRecord
from il2desk.dosing import NO_BREAK, write_quantity
from il2desk.sheets import WorkingRow

_OF_THE_TOTAL = ("I", "J", "K", "L")
"""Lines of the working that come from the total volume of the recipe."""


def released_working(release: ReleaseRecord) -> tuple[WorkingRow, ...]:
    """The lines as they were worked out; those that a chosen total volume replaced say so."""
    told = release.dose
    chosen = _chosen_total(release)
    said = f"replaced by the total of {chosen}: " if chosen else ""
    return tuple(
        WorkingRow(
            one["step"], one["label"],
            f"{said}{one['text']}" if one["step"] in _OF_THE_TOTAL else one["text"], one["source"],
        )
        for one in told["working"]
    )  # fmt: skip


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
        ("total volume chosen", release.volume_choice),
        ("more vials than required", body.get("vials_reason")),
        ("lot that does not expire first", body.get("lot_choice")),
    )
    return tuple(f"{what}: {why}" for what, why in reasons if why)
