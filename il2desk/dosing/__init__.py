"""What a dose is: quantities, bodies, regimens, preparation, schedules, assessments.

The one main answer is `derive_dose(request) -> Dose | Refusal`. Nothing here reads a file, a clock,
a locale or a setting; everything a derivation needs is in its request.
"""

from __future__ import annotations

from il2desk.dosing.agreement import (
    Number,
    differences,
)
from il2desk.dosing.assessment import (
    AssessmentRequest,
    assess,
)
from il2desk.dosing.assessment_values import (
    Assessment,
    CriterionResult,
    Found,
    FoundValue,
    Verdict,
)
from il2desk.dosing.body import (
    mosteller,
    weight_questions,
)
from il2desk.dosing.companion_dose import (
    companion_doses,
)
from il2desk.dosing.companion_product import (
    PEN,
    VIAL,
    CompanionProduct,
    Presentation,
)
from il2desk.dosing.companion_values import (
    INTERNATIONAL_UNITS,
    CompanionDose,
    CompanionVolume,
    volume_line,
    write_amount,
)
from il2desk.dosing.conditions import (
    is_met,
    limit_in_words,
    value_in_words,
)
from il2desk.dosing.course_dates import (
    EVENTS,
    LEADS_TO,
    Interval,
    Milestone,
    milestones,
)
from il2desk.dosing.derivation import (
    derive_dose,
)
from il2desk.dosing.dilution import (
    albumin_mg,
    banded_bag,
    concentration,
)
from il2desk.dosing.dose import (
    Dilution,
    Dose,
    Infusion,
)
from il2desk.dosing.dose_request import (
    DoseRequest,
    Step,
)
from il2desk.dosing.exact import (
    ceil_of,
    product_of,
    ratio,
    rounded,
    rounded_down,
    rounded_up,
    shifted,
)
from il2desk.dosing.finding_codes import (
    FINDING_CODES,
    FindingCode,
    in_words,
)
from il2desk.dosing.findings import (
    Evidence,
    Finding,
    Gap,
    Refusal,
    Severity,
    Source,
    Sourced,
    refuse,
)
from il2desk.dosing.level_steps import (
    PER_BASIS,
    step_in_words,
)
from il2desk.dosing.levels import (
    regimen_of,
)
from il2desk.dosing.parsing import (
    AGE_YEARS,
    COUNT,
    DOSE_UNITS,
    HEIGHT_CM,
    MEASURE_STEP_ML,
    SURFACE_M2,
    VOLUME_ML,
    WEIGHT_KG,
    NumberField,
    normalised,
    parse_clock,
    parse_date,
    parse_local,
    parse_number,
)
from il2desk.dosing.premedication import (
    ChecklistItem,
    checklist,
)
from il2desk.dosing.premedication_set import (
    Block,
    PremedicationItem,
    PremedicationSet,
)
from il2desk.dosing.preparation import (
    DEFAULT_STEP_ML,
    VIAL_RULES,
    WIDEST_TOLERANCE_PERCENT,
)
from il2desk.dosing.product import (
    BagBand,
    BeyondUse,
    Product,
)
from il2desk.dosing.protocol import (
    Cap,
    Protocol,
    SiteRules,
    SyringeStep,
)
from il2desk.dosing.reading_findings import (
    Raw,
    in_rule_unit,
    read_findings,
    read_one,
)
from il2desk.dosing.regimen import (
    Basis,
    Companion,
    DilutionMethod,
    DilutionPlan,
    DosePlan,
    Level,
    Regimen,
)
from il2desk.dosing.rule_set import (
    Bounds,
    Condition,
    Criterion,
    RuleSet,
)
from il2desk.dosing.schedule import (
    POLICIES,
    ClockChange,
    PlannedDose,
    Schedule,
    local_moment,
    plan_doses,
)
from il2desk.dosing.second_companions import (
    SecondCompanion,
)
from il2desk.dosing.second_engine import (
    HEIGHT_TENTHS,
    STEP_WITHOUT_SYRINGE,
    SURFACE_HUNDREDTHS,
    WEIGHT_HUNDREDTHS,
    WIDEST_TOLERANCE,
    SecondAnswer,
    second_answer,
)
from il2desk.dosing.writing import (
    MONTHS,
    NO_BREAK,
    WEEKDAYS,
    grouped,
    kept_together,
    plain,
    plain_rounded,
    write_clock,
    write_date,
    write_days,
    write_dose,
    write_moment,
    write_number,
    write_offset,
    write_quantity,
    write_rounded,
    write_span,
    write_units,
    write_weekday,
)

__all__ = [
    "AGE_YEARS",
    "COUNT",
    "DEFAULT_STEP_ML",
    "DOSE_UNITS",
    "EVENTS",
    "FINDING_CODES",
    "HEIGHT_CM",
    "HEIGHT_TENTHS",
    "INTERNATIONAL_UNITS",
    "LEADS_TO",
    "MEASURE_STEP_ML",
    "MONTHS",
    "NO_BREAK",
    "PEN",
    "PER_BASIS",
    "POLICIES",
    "STEP_WITHOUT_SYRINGE",
    "SURFACE_HUNDREDTHS",
    "SURFACE_M2",
    "VIAL",
    "VIAL_RULES",
    "VOLUME_ML",
    "WEEKDAYS",
    "WEIGHT_HUNDREDTHS",
    "WEIGHT_KG",
    "WIDEST_TOLERANCE",
    "WIDEST_TOLERANCE_PERCENT",
    "Assessment",
    "AssessmentRequest",
    "BagBand",
    "Basis",
    "BeyondUse",
    "Block",
    "Bounds",
    "Cap",
    "ChecklistItem",
    "ClockChange",
    "Companion",
    "CompanionDose",
    "CompanionProduct",
    "CompanionVolume",
    "Condition",
    "Criterion",
    "CriterionResult",
    "Dilution",
    "DilutionMethod",
    "DilutionPlan",
    "Dose",
    "DosePlan",
    "DoseRequest",
    "Evidence",
    "Finding",
    "FindingCode",
    "Found",
    "FoundValue",
    "Gap",
    "Infusion",
    "Interval",
    "Level",
    "Milestone",
    "Number",
    "NumberField",
    "PlannedDose",
    "PremedicationItem",
    "PremedicationSet",
    "Presentation",
    "Product",
    "Protocol",
    "Raw",
    "Refusal",
    "Regimen",
    "RuleSet",
    "Schedule",
    "SecondAnswer",
    "SecondCompanion",
    "Severity",
    "SiteRules",
    "Source",
    "Sourced",
    "Step",
    "SyringeStep",
    "Verdict",
    "albumin_mg",
    "assess",
    "banded_bag",
    "ceil_of",
    "checklist",
    "companion_doses",
    "concentration",
    "derive_dose",
    "differences",
    "grouped",
    "in_rule_unit",
    "in_words",
    "is_met",
    "kept_together",
    "limit_in_words",
    "local_moment",
    "milestones",
    "mosteller",
    "normalised",
    "parse_clock",
    "parse_date",
    "parse_local",
    "parse_number",
    "plain",
    "plain_rounded",
    "plan_doses",
    "product_of",
    "ratio",
    "read_findings",
    "read_one",
    "refuse",
    "regimen_of",
    "rounded",
    "rounded_down",
    "rounded_up",
    "second_answer",
    "shifted",
    "step_in_words",
    "value_in_words",
    "volume_line",
    "weight_questions",
    "write_amount",
    "write_clock",
    "write_date",
    "write_days",
    "write_dose",
    "write_moment",
    "write_number",
    "write_offset",
    "write_quantity",
    "write_rounded",
    "write_span",
    "write_units",
    "write_weekday",
]
