"""Every kind of sheet that the program prints from the journal, by its name."""

from __future__ import annotations

from il2desk.desk.count_blank_sheet import make_count_blank
from il2desk.desk.course_sheet import make_course
from il2desk.desk.cycle_sheet_facts import make_cycle_sheet
from il2desk.desk.dose_check_sheet import make_dose_check
from il2desk.desk.dose_label_sheet import (
    make_large_label,
    make_small_label,
    may_be_labelled,
    newest_of_label,
)
from il2desk.desk.dose_worksheet_sheet import has_worksheet, make_dose_worksheet
from il2desk.desk.downtime_kit import kits_of_site, make_downtime_kit
from il2desk.desk.patient_diary import fits_diary, make_patient_diary
from il2desk.desk.premedication_checklist import has_premedication, make_premedication
from il2desk.desk.qualification import make_qualification, qualifications_of_site
from il2desk.desk.run_out_sheet import make_run_out, run_outs_of_site
from il2desk.desk.sheet_request import SheetKind, newest_of_journal, newest_of_patient
from il2desk.desk.stock_form_entries import newest_of_form
from il2desk.desk.stock_form_sheet import forms_of_site, make_stock_form
from il2desk.desk.stock_log_sheet import make_stock_log
from il2desk.desk.stock_sheet_scope import logs_of_site, newest_of_stock, places_of_site
from il2desk.desk.trial_summary import make_trial_summary, trials_of_site
from il2desk.desk.verified import newest_when_verified
from il2desk.dosing import tell

_KINDS = (
    SheetKind("cycle", "CYC", tell("Cycle sheet"), make_cycle_sheet, newest_of_patient, needs_cycle=True),
    SheetKind(
        "course", "CRS", tell("Course of a cycle"), make_course, newest_of_patient, needs_cycle=True,
    ),
    SheetKind(
        "premedication", "PRM", tell("Premedication checklist"), make_premedication, newest_of_patient,
        needs_cycle=True, fits=has_premedication,
    ),
    SheetKind(
        "dose-worksheet", "DWS", tell("Dose worksheet"), make_dose_worksheet, newest_of_patient,
        needs_cycle=True, needs_dose=True, of_dose=has_worksheet,
    ),
    SheetKind(
        "label-large", "LBL", tell("Label, 100 by 50 mm"), make_large_label, newest_of_label,
        needs_cycle=True, needs_dose=True, of_dose=may_be_labelled, on_roll=True,
    ),
    SheetKind(
        "label-small", "LBS", tell("Label, 70 by 37 mm"), make_small_label, newest_of_label,
        needs_cycle=True, needs_dose=True, of_dose=may_be_labelled, on_roll=True,
    ),
    SheetKind(
        "dose-check", "CHK", tell("Pre-dose check"), make_dose_check, newest_of_patient,
        needs_cycle=True, needs_dose=True,
    ),
    SheetKind(
        "patient-diary", "DIA", tell("Patient diary"), make_patient_diary, newest_of_patient,
        needs_cycle=True, fits=fits_diary,
    ),
    SheetKind(
        "downtime-kit", "DTK", tell("Downtime kit"), make_downtime_kit, newest_of_journal,
        of_site=kits_of_site, by_moment=True,
    ),
    SheetKind(
        "trial-summary", "TRS", tell("Trial summary"), make_trial_summary, newest_of_journal,
        of_site=trials_of_site,
    ),
    SheetKind(
        "qualification", "QLF", tell("Qualification record"), make_qualification, newest_when_verified,
        of_site=qualifications_of_site, when_unsound=True,
    ),
    SheetKind(
        "stock-log", "ACC", tell("Drug accountability record"), make_stock_log, newest_of_stock,
        of_site=logs_of_site,
    ),
    SheetKind(
        "stock-run-out", "RUN", tell("Stock run-out"), make_run_out, newest_of_journal,
        of_site=run_outs_of_site,
    ),
    SheetKind(
        "count-blank", "CTB", tell("Count sheet for the shelf"), make_count_blank, newest_of_stock,
        of_site=places_of_site,
    ),
    SheetKind(
        "stock-form", "STF", tell("Form of a movement of stock"), make_stock_form, newest_of_form,
        of_site=forms_of_site,
    ),
)  # fmt: skip
SHEETS = {kind.kind: kind for kind in _KINDS}
"""The kinds by name, in the order in which they are offered."""
