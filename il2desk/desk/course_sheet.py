"""The sheet of the course of a cycle, made from the journal."""

from __future__ import annotations

from il2desk.desk.chart import chart_of
from il2desk.desk.course import course_of_cycle
from il2desk.desk.cycle_sheet_facts import patient_facts, unsigned_of
from il2desk.desk.desk import Desk
from il2desk.desk.for_paper import for_paper
from il2desk.desk.protocol_life import bundle_of
from il2desk.desk.sheet_facts import short_print
from il2desk.desk.sheet_names import cycle_name, version_name
from il2desk.desk.sheet_request import Composed, SheetCall, SheetRequest
from il2desk.dosing import Refusal, joined, refuse, tell
from il2desk.sheets import COURSE_FORM, CourseFacts, Marks, SignatureRow, compose_course


def make_course(desk: Desk, request: SheetRequest, call: SheetCall) -> Composed | Refusal:
    """The sheet of the request's cycle; NOT VERIFIED while a dose waits for a second person."""
    chart = chart_of(desk, request.subject or "")
    if isinstance(chart, Refusal):
        return chart
    cycle = chart.cycles.get(request.cycle or "")
    if cycle is None:
        return refuse("unknown-cycle", "This cycle is not planned. Choose a cycle of the list.")
    bundle = bundle_of(desk, cycle.fingerprint)
    if isinstance(bundle, Refusal):
        return bundle
    course = course_of_cycle(desk, chart, cycle)
    if isinstance(course, Refusal):
        return course
    unsigned, rules = unsigned_of(cycle), bundle.rule_sets.get(cycle.arm)
    facts = CourseFacts(
        issue=call.issue(desk, *COURSE_FORM),
        marks=Marks(
            practice=desk.practice, not_verified=bool(unsigned), unsigned=joined("; ", unsigned)
        ),
        patient=patient_facts(chart.subject, desk.local(call.issued_at).date()),
        fingerprint=short_print(cycle.fingerprint),
        cycle=cycle_name(cycle),
        protocol=version_name(bundle.protocol.title, bundle.protocol.version),
        drug=bundle.protocol.drug,
        rule_set=tell("none named") if rules is None else version_name(rules.title, rules.version),
        course=course,
        signatures=(
            SignatureRow(
                tell("I compared this picture with the records of the cycle"), tell("pharmacist")
            ),
            SignatureRow(tell("I reviewed this course"), tell("investigator")),
        ),
    )
    return Composed(compose_course(for_paper(facts)), unsigned)
