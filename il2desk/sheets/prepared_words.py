"""What a prepared dose is in: which millilitres are the drug's, and which the container holds."""

from __future__ import annotations

from il2desk.words import say


def prepared_in(volume: str, total: str, diluent: str) -> str:
    """Return "in 5 mL total (0.27 mL of drug made up in glucose 5 %)"; volumes are finished text.

    Where nothing is diluted (`total` is empty) the volume of the drug is all that there is.
    """
    if not total:
        return say("in {volume}", volume=volume)
    if not diluent:
        return say("in {total} total ({volume} of drug)", total=total, volume=volume)
    return say(
        "in {total} total ({volume} of drug made up in {diluent})",
        total=total,
        volume=volume,
        diluent=diluent,
    )
