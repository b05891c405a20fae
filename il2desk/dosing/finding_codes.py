"""The finding codes of the check before a dose: kind, unit, plausible range, words.

Source: assessment page, table of finding codes. Ranges are plausibility only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from il2desk.dosing.parsing import NumberField
from il2desk.dosing.sentence import tell


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
    _number("systolic_bp", tell("systolic blood pressure"), "mmHg", "30", "300"),
    _flag("vasopressor_needed", tell("vasopressor needed after fluids to hold the pressure")),
    _number(
        "phenylephrine_max",
        tell("phenylephrine, highest since the last dose"),
        "mcg per kg per min",
        "0",
        "20",
    ),
    _number(
        "phenylephrine_now", tell("phenylephrine at assessment"), "mcg per kg per min", "0", "20"
    ),
    _number("heart_rate", tell("heart rate at dosing"), "per min", "20", "300"),
    _word(
        "rhythm",
        tell("heart rhythm"),
        "sinus",
        "atrial_fibrillation",
        "supraventricular_tachycardia",
        "bradycardia_treated",
        "ventricular_arrhythmia",
        "sustained_ventricular_tachycardia",
        "uncontrolled",
    ),
    _flag("ecg_ischaemia", tell("ischaemia in the electrocardiogram")),
    _flag("cardiac_enzymes_raised", tell("cardiac enzymes raised")),
    _flag("tamponade", tell("cardiac tamponade")),
    _number("spo2", tell("oxygen saturation"), "percent", "40", "100"),
    _number(
        "oxygen_l_min",
        tell("oxygen by nasal cannula needed for 95 percent"),
        "L per min",
        "0",
        "15",
    ),
    _flag("oxygen_mask_40", tell("oxygen mask of 40 percent needed")),
    _flag("intubated", tell("intubated")),
    _flag("intubated_over_72h", tell("intubated for over 72 hours")),
    _flag("dyspnoea_at_rest", tell("dyspnoea at rest")),
    _word("rales", tell("rales"), "none", "below_third", "third_to_half", "half_or_more"),
    FindingCode(
        "neuro",
        tell("neurological state"),
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
    _number("creatinine", tell("creatinine"), "mg/dL", "0.2", "20"),
    _converted(
        _number("creatinine_umol", tell("creatinine"), "micromol/L", "18", "1800"),
        "creatinine",
        Fraction(10, 884),
    ),
    _number("urine_8h", tell("urine in the last 8 hours"), "mL", "0", "10000"),
    _number("bicarbonate", tell("bicarbonate"), "mmol/L", "2", "60"),
    _number("bilirubin", tell("bilirubin"), "mg/dL", "0.1", "60"),
    _converted(
        _number("bilirubin_umol", tell("bilirubin"), "micromol/L", "2", "1000"),
        "bilirubin",
        Fraction(10, 171),
    ),
    _number("platelets", tell("platelets"), "per mm3", "1000", "2000000"),
    _converted(
        _number("platelets_10e9_l", tell("platelets"), "x 10⁹ per L", "1", "2000"),
        "platelets",
        Fraction(1000),
    ),
    _word("bleeding", tell("bleeding"), "none", "occult", "frank"),
    _word("stool_occult_test", tell("stool test for occult blood"), "negative", "positive"),
    _number("diarrhoea_ml_shift", tell("diarrhoea in the last shift"), "mL", "0", "20000"),
    _count(
        "diarrhoea_shifts_over_limit",
        tell("consecutive shifts with 1,000 mL or more of diarrhoea"),
        "30",
    ),
    _flag("vomiting_refractory", tell("vomiting that does not respond")),
    _flag("ileus_or_distension", tell("ileus or distension")),
    _flag("distension_affecting_breathing", tell("distension affecting breathing")),
    _flag("abdominal_pain_unrelenting", tell("severe unrelenting abdominal pain")),
    _flag("bowel_ischaemia_or_perforation", tell("bowel ischaemia or perforation")),
    _flag("gi_bleed_surgery", tell("gastrointestinal bleeding that needs surgery")),
    _word("skin", tell("skin"), "intact", "dry_desquamation", "moist_desquamation", "bullous"),
    _word("infection", tell("infection"), "none", "suspected", "documented"),
    _number("temperature", tell("temperature"), "°C", "30", "44"),
    _number(
        "weight_gain_percent",
        tell("weight gain against the cycle's baseline"),
        "percent",
        "-50",
        "100",
    ),
    _flag("extreme_tightness", tell("extreme tightness")),
    _flag("extreme_paraesthesia", tell("extreme paraesthesia")),
    _count("doses_held", tell("doses held this cycle"), "30"),
    _flag("dialysis_over_72h", tell("dialysis for over 72 hours")),
)

FINDING_CODES = {code.code: code for code in _ALL}


# Every listed word as people read it; a phrase is more than its underscores.
_SPOKEN = {
    "sinus": tell("sinus"),
    "atrial_fibrillation": tell("atrial fibrillation"),
    "supraventricular_tachycardia": tell("supraventricular tachycardia"),
    "bradycardia_treated": tell("bradycardia treated"),
    "ventricular_arrhythmia": tell("ventricular arrhythmia"),
    "sustained_ventricular_tachycardia": tell("sustained ventricular tachycardia"),
    "uncontrolled": tell("uncontrolled"),
    "none": tell("none"),
    "below_third": tell("below one third"),
    "third_to_half": tell("one third to one half"),
    "half_or_more": tell("one half or more"),
    "vivid_dreams": tell("vivid dreams"),
    "mild_anxiety": tell("mild anxiety"),
    "emotional_lability": tell("emotional lability"),
    "moderate_confusion": tell("moderate confusion"),
    "hallucinations": tell("hallucinations"),
    "persistent_crying": tell("persistent crying"),
    "mental_change_over_2h": tell("mental change for over 2 hours"),
    "fails_serial_sevens": tell("fails serial sevens"),
    "coma_or_psychosis_over_48h": tell("coma or psychosis for over 48 hours"),
    "repetitive_seizures": tell("repetitive seizures"),
    "occult": tell("occult"),
    "frank": tell("frank"),
    "negative": tell("negative"),
    "positive": tell("positive"),
    "intact": tell("intact"),
    "dry_desquamation": tell("dry desquamation"),
    "moist_desquamation": tell("moist desquamation"),
    "bullous": tell("bullous"),
    "suspected": tell("suspected"),
    "documented": tell("documented"),
}


def in_words(word: str) -> str:
    """A listed word as people read it: moist_desquamation is "moist desquamation"."""
    return _SPOKEN.get(word, word.replace("_", " "))
