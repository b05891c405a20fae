"""What the second engine itself answers, in the JSON form of a dose.

Only the digits are written by the one formatter; every number is the second engine's own.
"""

from __future__ import annotations

from typing import Any

from il2desk.desk.answers import text_of
from il2desk.dosing import SecondAnswer, plain, plain_rounded, rounded_down, rounded_up


def second_form(found: SecondAnswer) -> dict[str, Any]:
    """The keys of `dose --json` that the second engine works out.

    What is copied from the protocol and never worked out (method, diluent, number of doses) is
    not among them.
    """
    rate, minutes = found.rate_ml_per_h, found.infusion_minutes
    return {
        "bsa_m2": text_of(found.bsa_m2),
        "exact_dose_iu": plain(found.exact_dose_iu),
        "exact_volume_ml": plain(found.exact_volume_ml),
        "prepared_volume_ml": plain(found.prepared_volume_ml),
        "prepared_dose_iu": plain(found.prepared_dose_iu),
        "deviation_percent": plain_rounded(found.deviation_percent, 2),
        "vials": found.vials,
        "left_over_ml": plain(found.left_over_ml),
        "dilution": _dilution(found),
        "infusion": None
        if minutes is None
        else {
            "minutes": plain(minutes),
            "rate_ml_per_h": None if rate is None else plain_rounded(rate, 1),
        },
    }


def _dilution(found: SecondAnswer) -> dict[str, Any]:
    reached, window = found.concentration_mcg_per_ml, found.window_total_ml
    return {
        "bag_ml": text_of(found.bag_ml),
        "total_volume_ml": text_of(found.total_volume_ml),
        "final_concentration_mcg_per_ml": None if reached is None else plain_rounded(reached, 1),
        "in_window": found.in_window,
        "window_total_ml": None
        if window is None
        else [plain(rounded_up(window[0], 2)), plain(rounded_down(window[1], 2))],
    }
