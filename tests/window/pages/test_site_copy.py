"""Making a site's copy with the keyboard: from the specimen to an active version, and every refusal."""

from __future__ import annotations

import pytest

from il2desk.desk import open_copies, versions
from il2desk.dosing import Refusal

SOP = ("Pharmacy procedure 12, version 3", "section 4")
RULES = {
    "site.vial_rule": "withdrawable", "site.flush_ml": "20", "site.schedule_policy": "elapsed",
    "site.verdict_valid_h": "2", "site.due_before_min": "60", "site.overdue_after_min": "60",
    "site.minimum_interval_h": "6", "site.reweigh_percent": "10", "site.reweigh_counts_from": "above the limit",
    "site.dosing_weight_max_age_h": "168", "site.hold_means": "skip the slot",
    "site.override_by": "the principal investigator",
}  # fmt: skip


@pytest.fixture
def editor(bare_office, typing):
    """The editor on npc-bolus, opened from the list of protocols by its button."""
    bare_office.open("protocols")
    assert bare_office.page().table.select("npc-bolus")
    bare_office.page().copy.setFocus()
    typing("{Space}")
    return bare_office


def answer(editor, typing, field: str, *texts: str, source: str = "1") -> None:
    """Choose a row, Enter goes into its fields, each text ends with Enter, Ctrl+Enter takes it."""
    page = editor.page()
    assert page.table.select(field), field
    page.table.view.setFocus()
    typing("{Enter}")
    for text in texts:
        typing(f"{text}{{Enter}}")
    typing(source + "{Ctrl+Enter}")


def first(editor, typing, field: str, *texts: str) -> None:
    """The first answer: there is no source in the file yet that the site has named."""
    answer(editor, typing, field, *texts, *SOP, source="")


def sentences(editor) -> str:
    return " ".join(editor.page()._row_form.entries()[0].error_text().split())


def draft(editor):
    (found,) = open_copies(editor.desk)
    return found


def test_nothing_is_filled_in_and_everything_is_listed(editor):
    page = editor.page()
    rows = {row.id: row.cells for row in page.table.rows()}
    assert rows["regimen.dose"][1] == "72,000\u00a0international\u00a0units\u00a0per\u00a0kg"
    assert rows["regimen.dose"][2:4] == (
        "Chi KH et al., Oncology 2001;60:110-115, abstract, page 110", "published paper")  # fmt: skip
    assert rows["regimen.infusion_minutes"][1] == "not filled in"
    assert rows["regimen.infusion_minutes"][4] == "▲ gap"
    assert rows["site.flush_ml"][4] == "▲ open rule"
    assert rows["regimen.dilution.method"][4] == "▲ to confirm"
    assert (rows["id"][1], rows["version"][1]) == ("not filled in", "not filled in")
    for field in rows:
        page.table.select(field)
        form = page._row_form
        assert not form.is_touched(), field
        assert all(entry.typed() == "" for entry in form.entries())
    assert page.table.select("regimen.infusion_minutes")
    assert (
        "the full paper (Oncology 2001;60:110-115)"
        in page._row_form.findChild(type(page.kept)).text()
    )
    assert editor.desk.journal.entries(kind="protocol-draft-saved") == ()


def test_problems_are_shown_with_file_line_and_key_as_they_go(editor, typing):
    page = editor.page()
    assert [text.partition(":")[0] for text in page.problems.sentences()] == [
        "the copy.toml, line 3, id", "the copy.toml, line 5, version"]  # fmt: skip
    assert page.action().blocked == "The reader finds 2 things wrong in it."
    answer(editor, typing, "id", "npc-bolus-here", source="")
    (left,) = editor.page().problems.sentences()
    assert left.startswith("npc-bolus-here.toml, line 5, version:")
    answer(editor, typing, "version", "1", source="")
    assert editor.page().problems.sentences() == ()
    assert any("regimen.infusion_minutes" in text for text in editor.page().points.sentences())


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("regimen.infusion_minutes", "5,5", '"5,5" is not a number'),
        ("regimen.infusion_minutes", "5 min", '"5 min" is not a number'),
        ("site.vial_rule", "as usual", '"as usual" is not known here'),
        ("site.due_before_min", "an hour", "must be a whole number"),
        ("site.reweigh_percent", "1000", "1000 percent is more than all of it"),
        ("regimen.dose", "72,000", '"72,000" is not a number'),
    ],
)
def test_a_value_that_the_reader_refuses_stays_in_its_field(editor, typing, field, typed, said):
    page = editor.page()
    before = editor.desk.journal.count()
    assert page.table.select(field)
    page.table.view.setFocus()
    typing("{Enter}" + typed)
    if field == "regimen.dose":
        typing("{Enter}")
    typing("{Enter}".join(("", *SOP)) + "{Ctrl+Enter}")
    assert said in sentences(editor)
    assert page._row_form.entries()[0].typed() == typed
    assert editor.desk.journal.count() == before


def test_a_source_that_says_nothing_is_refused(editor, typing):
    first_source = ("?", "n/a")
    answer(editor, typing, "site.flush_ml", "20", *first_source, source="")
    assert "names no document" in sentences(editor)
    assert "names no place" in sentences(editor)
    assert open_copies(editor.desk) == ()


def test_an_answer_needs_its_document(editor, typing):
    page = editor.page()
    assert page.table.select("site.flush_ml")
    page.table.view.setFocus()
    typing("{Enter}20{Ctrl+Enter}")
    assert page.action().missing == ("Document", "Place in it")
    assert open_copies(editor.desk) == ()


@pytest.mark.timeout(
    240
)  # two hundred keys, each answered by a page; slow machines need more than a minute
def test_from_the_specimen_to_an_active_version_by_keyboard(editor, typing):
    answer(editor, typing, "id", "npc-bolus-here", source="")
    answer(editor, typing, "version", "1", source="")
    answer(editor, typing, "effective", "2026-03-01", source="")
    first(editor, typing, "regimen.infusion_minutes", "5")
    answer(editor, typing, "regimen.dilution")
    answer(editor, typing, "regimen.dilution.diluent", "")
    answer(editor, typing, "regimen.rule_set", "jitc-2014")
    answer(editor, typing, "facts.rest-anchor", "Rest counts from", "the last dose")
    answer(editor, typing, "facts.sample-times", "Sample times", "before dose 1")
    answer(editor, typing, "site.syringes", "1 mL syringe", "1", "0.01")
    answer(editor, typing, "site.syringes", "3 mL syringe", "3", "0.1")
    for field, text in RULES.items():
        answer(editor, typing, field, text)
    ages = [row.id for row in editor.page().table.rows() if row.id.startswith("site.max_age_h.")]
    assert len(ages) == 14
    for field in ages:
        answer(editor, typing, field, "24")
    waiting = [row.id for row in editor.page().table.rows() if row.cells[4] == "▲ to confirm"]
    assert "site.parts_confirmed rulesets/jitc-2014" in waiting
    for field in waiting:
        editor.page().table.select(field)
        answer(editor, typing, field, *[""] * len(editor.page()._row_form.typed_texts()))
    editor.page().files.choose("premedication/npc-2001")
    editor.page().own.setFocus()
    typing("{Space}npc-2001-here{Ctrl+Enter}")
    assert editor.window.panel() is None
    # A part has sources of its own: the site's document is named once more.
    first(editor, typing, "items.antibiotic.dose", "500", "mg")
    answer(editor, typing, "items.antipyretic.dose", "650", "mg")
    assert editor.page().problems.sentences() == ()
    assert editor.page().points.sentences() == ()
    typing("{Ctrl+Enter}")

    (version,) = versions(editor.desk)
    assert (version.protocol, version.version, version.status) == ("npc-bolus-here", "1", "draft")
    assert open_copies(editor.desk) == ()
    reviewed_and_activated(editor, typing, version)


def reviewed_and_activated(editor, typing, version):
    """What changed is said on the page and again in the review that two people sign."""
    page = editor.page()
    assert page.table.current_id() == version.fingerprint
    changed = [row.cells[1] for row in page.differences.rows()]
    assert any(
        text.startswith("The gap regimen.infusion_minutes (The infusion time of the bolus) was filled: 5 "
                        "(source: Pharmacy procedure 12, version 3, section 4")
        for text in changed
    )  # fmt: skip
    page.table.view.setFocus()
    typing("{Ctrl+Enter}")
    assert versions(editor.desk)[0].status == "under review"
    typing("{Ctrl+Enter}")
    review = editor.window.panel().request().review
    assert "Compared with the specimen npc-bolus" in " ".join(review)
    assert set(changed) <= set(review)
    typing("1111{Ctrl+Enter}A. Ruiz{Enter}2222{Ctrl+Enter}")
    assert versions(editor.desk)[0].status == "active"


def test_a_draft_survives_leaving_the_page_and_a_new_start(editor, typing, shown):
    answer(editor, typing, "id", "npc-bolus-here", source="")
    first(editor, typing, "regimen.infusion_minutes", "5")
    kept = draft(editor)
    assert kept.saved_by == "K. Brandt"
    typing("{Esc}")
    page = editor.page()
    assert page.table.select("npc-bolus")
    assert page.copy.accessibleName() == "Go on with the site copy"
    page.copy.click()
    rows = {row.id: row.cells for row in editor.page().table.rows()}
    assert rows["id"][1] == "npc-bolus-here"
    assert rows["regimen.infusion_minutes"][1] == "5"
    assert draft(editor) == kept
    assert "K. Brandt: The infusion time of the bolus: 5" in editor.page().kept.text()
    states = editor.desk.journal.entries(kind="protocol-draft-saved")
    assert len(states) == 2
    assert {entry.body["draft"] for entry in states} == {kept.id}


def test_a_draft_can_be_given_up_and_begun_anew(editor, typing):
    answer(editor, typing, "id", "npc-bolus-here", source="")
    editor.page().give_up.setFocus()
    typing("{Space}")
    assert open_copies(editor.desk) == ()
    editor.open("site-copy", origin="npc-bolus")
    rows = {row.id: row.cells for row in editor.page().table.rows()}
    assert rows["id"][1] == "not filled in"


def test_the_text_can_be_written_by_hand_and_is_judged_alike(editor, typing):
    page = editor.page()
    text = page.text.toPlainText()
    page.text.setFocus()
    page.text.setPlainText(
        text.replace('id = ""', 'id = "npc-bolus-here"').replace("[regimen]", "[reg")
    )
    typing("{Ctrl+Enter}")
    assert "this is not valid TOML" in page.refused.sentences()[0]
    assert open_copies(editor.desk) == ()
    page.text.setPlainText(text.replace('id = ""', 'id = "npc-bolus-here"\ndosage = "9"'))
    typing("{Ctrl+Enter}")
    assert 'the key "dosage" is unknown here' in " ".join(editor.page().problems.sentences())
    assert draft(editor).step == "the text of the file was written by hand"


def test_a_changed_text_is_not_left_unseen(editor, typing):
    page = editor.page()
    page.text.setFocus()
    typing("x")
    typing("{Esc}")
    assert editor.page() is page
    assert "is not kept" in page.refused.sentences()[0]
    typing("{Esc}")
    assert editor.page() is not page


def test_a_shared_part_is_not_changed(editor, typing):
    page = editor.page()
    page.files.choose("products/proleukin-us")
    assert page._row_form is None
    assert page.text.isReadOnly()
    assert "This file is shared" in page.shared.text()
    assert page.shared.isVisible()
    page.own.setFocus()
    typing("{Space}proleukin-eu{Ctrl+Enter}")
    assert "an id of its own" in editor.window.panel().reason.error_text()
    typing("{Esc}")
    assert open_copies(editor.desk) == ()


def test_a_monitor_makes_no_copy(bare_office, typing):
    bare_office.desk.person = None
    bare_office.open("site-copy", origin="npc-bolus")
    assert bare_office.page().problems.sentences() == (
        "Nobody is signed in. Sign in, then try again.",
    )
    assert bare_office.page().action().primary is None
    assert not isinstance(versions(bare_office.desk), Refusal)


def test_a_new_version_begins_from_the_active_one_and_says_what_changed(office, typing):
    (one,) = versions(office.desk)
    office.open("protocols")
    assert office.page().table.select(one.fingerprint)
    assert office.page().copy.accessibleName() == "Make a new version"
    office.page().copy.click()
    rows = {row.id: row.cells for row in office.page().table.rows()}
    assert rows["id"][1] == "npc-bolus-site"
    assert rows["version"][1] == "not filled in"
    answer(office, typing, "version", "2", source="")
    answer(office, typing, "regimen.dose", "70000", "")
    # The titles still say 72,000: they are doubted until they are written anew.
    office.page().table.view.setFocus()
    typing("{Ctrl+Enter}")
    page = office.page()
    changed = {row.cells[0]: row.cells[1] for row in page.differences.rows()}
    assert page._against.text() == "Compared with version 1 of npc-bolus-site (active)"
    assert changed["dose (regimen.dose)"].startswith(
        "regimen.dose changed from 72,000 to 70,000\u00a0international\u00a0units\u00a0per\u00a0kg (source: "
    )
    assert set(changed) == {"version", "dose (regimen.dose)"}
    assert any("The title says 72,000" in text for text in page.points.sentences())
