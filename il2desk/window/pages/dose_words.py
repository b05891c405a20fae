"""The derived dose and the dose that is drawn, one a line; a number keeps its unit beside it."""

from __future__ import annotations

from il2desk.dosing import NO_BREAK, Dose, plain_rounded, write_dose, write_quantity
from il2desk.words import say

_PLACES = 2


def dose_line(dose: Dose) -> str:
    """The DOSE: the exact one, alone, never beside the volume of another dose."""
    return say("DOSE {dose}", dose=write_dose(dose.exact_dose_iu))


def prepared_line(dose: Dose) -> str:
    """What the syringe will hold, in its volume, with the deviation where it is not the DOSE."""
    prepared = say(
        "prepared {dose} in {volume}",
        dose=write_dose(dose.prepared_dose_iu),
        volume=write_quantity(dose.prepared_volume_ml, "mL"),
    )
    if dose.prepared_dose_iu == dose.exact_dose_iu:
        return prepared
    percent = plain_rounded(dose.deviation_percent, _PLACES)
    if percent == "0":
        return say(
            "{prepared}, deviation below 0.01{space}percent", prepared=prepared, space=NO_BREAK
        )
    return say(
        "{prepared}, deviation {percent}",
        prepared=prepared,
        percent=write_quantity(percent, "percent"),
    )
