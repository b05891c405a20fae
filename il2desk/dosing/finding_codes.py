"""The finding codes of the check before a dose: kind, unit, plausible range, words.

Source: assessment page, table of finding codes. Ranges are plausibility only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.parsing import NumberField


@dataclass(frozen=True, slots=True)
class FindingCode:
    """One code. `kind` is "number", "count", "flag", "word" or "words" (a list).

    `counts_as` names the code in whose unit rule sets are written, with the exact factor:
    value in that unit = value x factor.
    """

    code: str
    name: str
    kind: str
    number: NumberField | None = None
    words: tuple[str, ...] = ()
    normal: tuple[str, ...] = ()
    counts_as: str | None = None
    factor: Fraction = Fraction(1)


def _number(code: str, name: str, unit: str, low: str, high: str) -> FindingCode:
    signed = Decimal(low) < 0
    field = NumberField(name, unit, Decimal(low), Decimal(high), 2, signed)
    return FindingCode(code, name, "number", field)


def _converted(number: FindingCode, counts_as: str, factor: Fraction) -> FindingCode:
    return replace(number, counts_as=counts_as, factor=factor)


def _count(code: str, name: str, high: str) -> FindingCode:
    return FindingCode(code, name, "count", NumberField(name, "", Decimal(0), Decimal(high), 0))


def _flag(code: str, name: str) -> FindingCode:
    return FindingCode(code, name, "flag")


def _word(code: str, name: str, normal: str, *others: str) -> FindingCode:
    return FindingCode(code, name, "word", words=(normal, *others), normal=(normal,))


_ALL = (
    _number("systolic_bp", "systolic blood pressure", "mmHg", "30", "300"),
    _flag("vasopressor_needed", "vasopressor needed after fluids to hold the pressure"),
    _number(
        "phenylephrine_max",
        "phenylephrine, highest since the last dose",
        "mcg per kg per min",
        "0",
        "20",
    ),
    _number("phenylephrine_now", "phenylephrine at assessment", "mcg per kg per min", "0", "20"),
    _number("heart_rate", "heart rate at dosing", "per min", "20", "300"),
    _word(
        "rhythm",
        "heart rhythm",
        "sinus",
        "atrial_fibrillation",
        "supraventricular_tachycardia",
        "bradycardia_treated",
        "ventricular_arrhythmia",
        "sustained_ventricular_tachycardia",
        "uncontrolled",
    ),
    _flag("ecg_ischaemia", "ischaemia in the electrocardiogram"),
    _flag("cardiac_enzymes_raised", "cardiac enzymes raised"),
    _flag("tamponade", "cardiac tamponade"),
    _number("spo2", "oxygen saturation", "percent", "40", "100"),
    _number(
        "oxygen_l_min", "oxygen by nasal cannula needed for 95 percent", "L per min", "0", "15"
    ),
    _flag("oxygen_mask_40", "oxygen mask of 40 percent needed"),
    _flag("intubated", "intubated"),
    _flag("intubated_over_72h", "intubated for over 72 hours"),
    _flag("dyspnoea_at_rest", "dyspnoea at rest"),
    _word("rales", "rales", "none", "below_third", "third_to_half", "half_or_more"),
    FindingCode(
        "neuro",
        "neurological state",
        "words",
        words=(
            "vivid_dreams",
            "mild_anxiety",
            "emotional_lability",
            "moderate_confusion",
            "hallucinations",
            "persistent_crying",
            "mental_change_over_2h",
            "fails_serial_sevens",
            "coma_or_psychosis_over_48h",
            "repetitive_seizures",
        ),
    ),
    _number("creatinine", "creatinine", "mg/dL", "0.2", "20"),
    _converted(
        _number("creatinine_umol", "creatinine", "micromol/L", "18", "1800"),
        "creatinine",
        Fraction(10, 884),
    ),
    _number("urine_8h", "urine in the last 8 hours", "mL", "0", "10000"),
    _number("bicarbonate", "bicarbonate", "mmol/L", "2", "60"),
    _number("bilirubin", "bilirubin", "mg/dL", "0.1", "60"),
    _converted(
        _number("bilirubin_umol", "bilirubin", "micromol/L", "2", "1000"),
        "bilirubin",
        Fraction(10, 171),
    ),
    _number("platelets", "platelets", "per mm3", "1000", "2000000"),
    _converted(
        _number("platelets_10e9_l", "platelets", "x 10⁹ per L", "1", "2000"),
        "platelets",
        Fraction(1000),
    ),
    _word("bleeding", "bleeding", "none", "occult", "frank"),
    _word("stool_occult_test", "stool test for occult blood", "negative", "positive"),
    _number("diarrhoea_ml_shift", "diarrhoea in the last shift", "mL", "0", "20000"),
    _count(
        "diarrhoea_shifts_over_limit", "consecutive shifts with 1,000 mL or more of diarrhoea", "30"
    ),
    _flag("vomiting_refractory", "vomiting that does not respond"),
    _flag("ileus_or_distension", "ileus or distension"),
    _flag("distension_affecting_breathing", "distension affecting breathing"),
    _flag("abdominal_pain_unrelenting", "severe unrelenting abdominal pain"),
    _flag("bowel_ischaemia_or_perforation", "bowel ischaemia or perforation"),
    _flag("gi_bleed_surgery", "gastrointestinal bleeding that needs surgery"),
    _word("skin", "skin", "intact", "dry_desquamation", "moist_desquamation", "bullous"),
    _word("infection", "infection", "none", "suspected", "documented"),
    _number("temperature", "temperature", "°C", "30", "44"),
    _number(
        "weight_gain_percent", "weight gain against the cycle's baseline", "percent", "-50", "100"
    ),
    _flag("extreme_tightness", "extreme tightness"),
    _flag("extreme_paraesthesia", "extreme paraesthesia"),
    _count("doses_held", "doses held this cycle", "30"),
    _flag("dialysis_over_72h", "dialysis for over 72 hours"),
)

FINDING_CODES = {code.code: code for code in _ALL}


# Words whose underscores alone do not make a phrase.
_SPOKEN = {
    "mental_change_over_2h": "mental change for over 2 hours",
    "coma_or_psychosis_over_48h": "coma or psychosis for over 48 hours",
    "below_third": "below one third",
    "third_to_half": "one third to one half",
    "half_or_more": "one half or more",
}


def in_words(word: str) -> str:
    """A listed word as people read it: moist_desquamation is "moist desquamation"."""
    return _SPOKEN.get(word, word.replace("_", " "))
