"""The volume that went in is that of the drug, before dilution: which mL is meant, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from il2desk.desk.chart import CycleChart
from il2desk.desk.desk import Desk
from il2desk.desk.gates import dose_of
from il2desk.desk.place import Located
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.records_of_a_dose import Lot, ReleaseRecord
from il2desk.dosing import VOLUME_ML, Refusal, product_of, tell, write_dose, write_quantity


def is_volume(volume_ml: Decimal) -> bool:
    """Whether something can have gone in: a finite volume above 0, at most the field's largest."""
    return volume_ml.is_finite() and 0 < volume_ml <= VOLUME_ML.maximum


def holds_words(release: ReleaseRecord) -> str:
    """What a released preparation holds: the drug's volume, and in how much of what."""
    drug = write_quantity(release.prepared_volume_ml, "mL")
    if release.total_volume_ml is None:
        return tell("{drug} of the drug, not diluted", drug=drug)
    return tell(
        "{drug} of the drug, made up to {amount}",
        drug=drug,
        amount=write_quantity(release.total_volume_ml, "mL"),
    )


def given_dose_iu(desk: Desk, cycle: CycleChart, volume_ml: Decimal | None) -> Decimal | None:
    """Volume of the drug (mL) x reconstituted strength, in international units; None for neither."""
    bundle = bundle_of(desk, cycle.fingerprint)
    if volume_ml is None or isinstance(bundle, Refusal):
        return None
    return product_of(volume_ml, bundle.product.strength_iu_per_ml.value)


def beyond_the_vials(
    desk: Desk, cycle: CycleChart, lots: Iterable[Lot], volume_ml: Decimal
) -> tuple[str, ...]:
    """Why so much drug (mL before dilution) cannot have come of the vials; empty where it can.

    The volume of a whole bag typed for that of the drug would be recorded as many times the dose.
    """
    bundle = bundle_of(desk, cycle.fingerprint)
    vials = sum(lot.vials for lot in lots)
    if isinstance(bundle, Refusal) or not vials:
        return ()
    content = product_of(bundle.product.content_iu.value, Decimal(vials))
    given = given_dose_iu(desk, cycle, volume_ml)
    if given is None or given <= content:
        return ()
    counted = (
        tell("{vials} vial holds", vials=vials)
        if vials == 1
        else tell("{vials} vials hold", vials=vials)
    )
    said = tell(
        "{amount} of the drug would be {dose}",
        amount=write_quantity(volume_ml, "mL"),
        dose=write_dose(given),
    )
    return (
        f"{said}; {counted} {write_dose(content)}.",
        tell(
            "Enter the volume of the drug before dilution, not of the bag, and check the number of vials."
        ),
    )


def no_part(desk: Desk, at: Located, outcome: str, volume_ml: Decimal) -> tuple[str, ...]:
    """Why so much drug (mL) is no part of a dose that nobody released; empty where it is one.

    A part of the bag typed for a part of the drug is often more than the whole dose. What really
    was more can be told: as given, with that volume.
    """
    derived = dose_of(desk, at.chart, at.cycle, at.dose.number)
    if outcome != "part given" or isinstance(derived, Refusal):
        return ()
    if volume_ml < derived.prepared_volume_ml:
        return ()
    whole = write_quantity(derived.prepared_volume_ml, "mL")
    return (
        tell("The whole derived dose is {whole} of the drug; a part is less.", whole=whole),
        tell("Enter the volume of the drug before dilution, not of the bag."),
        tell("If more than the whole went in, record it as given."),
    )
