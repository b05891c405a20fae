"""Paper: finished values into pages that people sign. This is the room's door.

`compose_cycle_sheet` turns facts into a model of finished strings, `render` the model into PDF
bytes (the same facts, the same bytes), `page_images` the bytes into pictures for a preview.
"""

from __future__ import annotations

from il2desk.sheets.count_blank import (
    COUNT_FORM,
    CountBlankFacts,
    ShelfLot,
    ShelfRecord,
    compose_count_blank,
)
from il2desk.sheets.course_facts import (
    COURSE_FORM,
    Course,
    CourseAxis,
    CourseDose,
    CourseFacts,
    CourseLine,
    CourseSeries,
    CourseTotal,
    CourseValue,
    CycleTotal,
)
from il2desk.sheets.course_picture import course_plots
from il2desk.sheets.course_sheet import compose_course
from il2desk.sheets.cycle_facts import (
    CompanionDoseRow,
    CompanionRow,
    CountFacts,
    CriterionRow,
    CycleFacts,
    DoseRow,
    MedicineFacts,
    OrderFacts,
    PremedicationRow,
    ProtocolFacts,
    RecipeRow,
    ScheduleFacts,
    WeightFacts,
    WorkingRow,
)
from il2desk.sheets.cycle_sheet import compose_cycle_sheet
from il2desk.sheets.dose_check import CHECK_FORM, CheckFacts, CheckRow, compose_dose_check
from il2desk.sheets.dose_check_form import CheckFormRow
from il2desk.sheets.dose_label import LABEL_FORM, LabelFacts, compose_label
from il2desk.sheets.dose_worksheet import WORKSHEET_FORM, compose_dose_worksheet
from il2desk.sheets.dose_worksheet_facts import VialRow, WorksheetFacts
from il2desk.sheets.downtime_kit import compose_downtime_kit
from il2desk.sheets.downtime_kit_facts import (
    DowntimeKitFacts,
    KitAmount,
    KitCompanion,
    KitDose,
    KitListed,
    KitPatient,
    KitRules,
)
from il2desk.sheets.downtime_sheet import DOWNTIME_ID, DowntimeIssue, compose_downtime_sheet
from il2desk.sheets.entries import name_words
from il2desk.sheets.faces import embedded_fonts
from il2desk.sheets.faults import SheetRefused
from il2desk.sheets.lettering import can_show
from il2desk.sheets.model import SheetModel, Stamp
from il2desk.sheets.patient_diary import compose_patient_diary
from il2desk.sheets.patient_diary_facts import (
    DiaryAdvice,
    DiaryDay,
    DiaryDose,
    DiaryFacts,
    DiaryTold,
    DiaryTurn,
)
from il2desk.sheets.plot import Plot
from il2desk.sheets.premedication_sheet import (
    PREMEDICATION_FORM,
    DosePremedication,
    GivenItem,
    PremedicationSheetFacts,
    compose_premedication,
)
from il2desk.sheets.qualification import compose_qualification
from il2desk.sheets.qualification_facts import (
    CaseCount,
    CheckedFile,
    CheckedPart,
    QualificationFacts,
    WrongAnswer,
)
from il2desk.sheets.raster import PageImage, page_count, page_image, page_images
from il2desk.sheets.render import ROLL, render, render_pictures
from il2desk.sheets.run_out_facts import (
    RUN_OUT_FORM,
    RunOut,
    RunOutFacts,
    RunOutLot,
    RunOutNeed,
)
from il2desk.sheets.run_out_sheet import compose_run_out, run_out_plots
from il2desk.sheets.shared_facts import (
    Allergies,
    Footnote,
    Marks,
    Patient,
    SheetGap,
    SheetIssue,
    Shown,
    SignatureRow,
)
from il2desk.sheets.sheet_frame import SHEET_CODE, shown_name
from il2desk.sheets.stock_form import STOCK_FORM, StockFormFacts, compose_stock_form
from il2desk.sheets.stock_log import (
    LOG_FORM,
    LogLine,
    StockLogFacts,
    compose_stock_log,
)
from il2desk.sheets.stock_log_lots import LotLine
from il2desk.sheets.trial_facts import (
    CompanionCount,
    ExposureRow,
    Measure,
    ToxicityRow,
    ToxicityTable,
    TrialEvent,
    TrialFacts,
    VerdictCount,
)
from il2desk.sheets.trial_summary import compose_trial_summary

__all__ = [
    "CHECK_FORM",
    "COUNT_FORM",
    "COURSE_FORM",
    "DOWNTIME_ID",
    "LABEL_FORM",
    "LOG_FORM",
    "PREMEDICATION_FORM",
    "ROLL",
    "RUN_OUT_FORM",
    "SHEET_CODE",
    "STOCK_FORM",
    "WORKSHEET_FORM",
    "Allergies",
    "CaseCount",
    "CheckFacts",
    "CheckFormRow",
    "CheckRow",
    "CheckedFile",
    "CheckedPart",
    "CompanionCount",
    "CompanionDoseRow",
    "CompanionRow",
    "CountBlankFacts",
    "CountFacts",
    "Course",
    "CourseAxis",
    "CourseDose",
    "CourseFacts",
    "CourseLine",
    "CourseSeries",
    "CourseTotal",
    "CourseValue",
    "CriterionRow",
    "CycleFacts",
    "CycleTotal",
    "DiaryAdvice",
    "DiaryDay",
    "DiaryDose",
    "DiaryFacts",
    "DiaryTold",
    "DiaryTurn",
    "DosePremedication",
    "DoseRow",
    "DowntimeIssue",
    "DowntimeKitFacts",
    "ExposureRow",
    "Footnote",
    "GivenItem",
    "KitAmount",
    "KitCompanion",
    "KitDose",
    "KitListed",
    "KitPatient",
    "KitRules",
    "LabelFacts",
    "LogLine",
    "LotLine",
    "Marks",
    "Measure",
    "MedicineFacts",
    "OrderFacts",
    "PageImage",
    "Patient",
    "Plot",
    "PremedicationRow",
    "PremedicationSheetFacts",
    "ProtocolFacts",
    "QualificationFacts",
    "RecipeRow",
    "RunOut",
    "RunOutFacts",
    "RunOutLot",
    "RunOutNeed",
    "ScheduleFacts",
    "SheetGap",
    "SheetIssue",
    "SheetModel",
    "SheetRefused",
    "ShelfLot",
    "ShelfRecord",
    "Shown",
    "SignatureRow",
    "Stamp",
    "StockFormFacts",
    "StockLogFacts",
    "ToxicityRow",
    "ToxicityTable",
    "TrialEvent",
    "TrialFacts",
    "VerdictCount",
    "VialRow",
    "WeightFacts",
    "WorkingRow",
    "WorksheetFacts",
    "WrongAnswer",
    "can_show",
    "compose_count_blank",
    "compose_course",
    "compose_cycle_sheet",
    "compose_dose_check",
    "compose_dose_worksheet",
    "compose_downtime_kit",
    "compose_downtime_sheet",
    "compose_label",
    "compose_patient_diary",
    "compose_premedication",
    "compose_qualification",
    "compose_run_out",
    "compose_stock_form",
    "compose_stock_log",
    "compose_trial_summary",
    "course_plots",
    "embedded_fonts",
    "name_words",
    "page_count",
    "page_image",
    "page_images",
    "render",
    "render_pictures",
    "run_out_plots",
    "shown_name",
]
