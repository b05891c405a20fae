"""What each command does: it asks the desk, and answers with an object and the same as text."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from il2desk.cli.answer import DONE, WRONG, Answer, Refused
from il2desk.dosing import tell


def _or_refused(value: Any) -> Any:  # noqa: ANN401 - any answer of the desk
    """The value, or the refusal raised."""
    from il2desk.dosing import Refusal  # noqa: PLC0415

    if isinstance(value, Refusal):
        raise Refused(value.reasons)
    return value


def _protocols(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    catalogue = desk.open_catalogue()
    if options.against is None and not options.check:
        return Answer(desk.catalogue_answer(catalogue), desk.catalogue_text(catalogue))
    if not options.files:
        raise Refused((tell("Name the protocol files to check."),))
    found = desk.check_protocol_files(catalogue, options.files, options.against)
    return Answer(*_or_refused(found))


def _question(options: argparse.Namespace) -> Any:  # noqa: ANN401 - a DoseQuestion, imported late
    from il2desk.desk import DoseQuestion  # noqa: PLC0415

    return DoseQuestion(
        options.protocol, options.weight, options.height, options.arm, options.cycle, options.day,
        options.month, options.product, options.measure_step, options.vial_rule, options.bsa,
    )  # fmt: skip


def _dose(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    dose = _or_refused(desk.ask_dose(desk.open_catalogue(), _question(options)))
    return Answer(desk.dose_json(dose), desk.dose_text(dose))


def _schedule(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.start, options.zone, options.policy)
    catalogue = desk.open_catalogue()
    schedule = _or_refused(desk.ask_schedule(catalogue, *asked))
    text = desk.schedule_text(catalogue, *asked[:3], schedule)
    return Answer(desk.schedule_answer(schedule), text)


def _assess(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    raw = _or_refused(desk.findings_from_file(options.findings))
    asked = (options.ruleset, raw, options.weight)
    verdict = _or_refused(desk.ask_verdict(desk.open_catalogue(), *asked))
    return Answer(desk.assessment_answer(verdict), desk.assessment_text(verdict))


def _premedication(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (options.protocol, options.arm, options.weight)
    catalogue = desk.open_catalogue()
    items = _or_refused(desk.ask_premedication(catalogue, *asked))
    heading = desk.heading_text(catalogue, options.protocol)
    text = heading + "\n".join(desk.premedication_text(item) for item in items)
    return Answer({"items": [desk.premedication_answer(item) for item in items]}, text)


def _sheet(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    asked = (_question(options), (options.start, options.zone, options.policy), options.paper)
    _must_be_pdf(options.out)
    pdf = _or_refused(desk.specimen_cycle_sheet(desk.open_catalogue(), *asked))
    _or_refused(desk.write_new_file(options.out, pdf))
    written = {"file": str(options.out), "bytes": len(pdf)}
    return Answer(written, tell("Specimen cycle sheet written to {out}.", out=options.out))


def journal_passphrase(journal: Path | None) -> str | None:
    """The passphrase of the journal named or this workstation's, asked for where it is encrypted."""
    from il2desk import paths  # noqa: PLC0415
    from il2desk.cli.passphrase import asked_for  # noqa: PLC0415

    try:
        path = journal if journal is not None else paths.journal_file()
    except paths.SettingsFault:  # told by whoever opens it
        return None
    return asked_for(path)


def _verify(options: argparse.Namespace, journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    if options.out is not None:
        _must_be_pdf(options.out)
    found = desk.verify_installation(journal, journal_passphrase(journal))
    code = DONE if found.ok else WRONG
    if options.out is not None:
        from il2desk.desk.papers import qualification_pdf  # noqa: PLC0415

        pdf = _or_refused(qualification_pdf(found, options.paper, desk.SystemClock()))
        _or_refused(desk.write_new_file(options.out, pdf))
    return Answer(desk.verification_answer(found), desk.verification_text(found), code)


def _backup(options: argparse.Namespace, journal: Path | None) -> Answer:
    from il2desk import desk, paths  # noqa: PLC0415

    to = options.to
    if to is not None and not to.is_dir():
        raise Refused((tell("There is no folder {to}. Make it, or check the drive.", to=to),))
    path = journal if journal is not None else paths.journal_file()
    passphrase = journal_passphrase(journal)
    done = desk.back_up_file(path, to, desk.SystemClock(), passphrase)
    if done.faults:
        raise done.faults[0]
    answer = {"journal": str(path), "backups": [str(one.path) for one in done.made]}
    return Answer(
        answer,
        "\n".join(tell("Backed up and read back: {path}", path=one.path) for one in done.made),
    )


def _restore(options: argparse.Namespace, journal: Path | None) -> Answer:
    from il2desk.cli.restoring import restored  # noqa: PLC0415

    return restored(options.backup, journal)


def _downtime(options: argparse.Namespace, _journal: Path | None) -> Answer:
    from il2desk import desk  # noqa: PLC0415

    _must_be_pdf(options.out)
    pdf = desk.downtime_sheet(options.paper, desk.SystemClock())
    _or_refused(desk.write_new_file(options.out, pdf))
    written = {"file": str(options.out), "bytes": len(pdf)}
    return Answer(written, tell("Blank downtime sheet written to {out}.", out=options.out))


def _must_be_pdf(out: Path) -> None:
    """Refused before anything is computed: no program opens a PDF that is called otherwise."""
    if out.suffix.lower() != ".pdf":
        told = tell("A PDF is written: let the name end in .pdf, not {name}.", name=out.name)
        raise Refused((told,))


COMMANDS: dict[str, Callable[[argparse.Namespace, Path | None], Answer]] = {
    "protocols": _protocols,
    "dose": _dose,
    "schedule": _schedule,
    "assess": _assess,
    "premedication": _premedication,
    "sheet": _sheet,
    "verify": _verify,
    "backup": _backup,
    "restore": _restore,
    "downtime": _downtime,
}
