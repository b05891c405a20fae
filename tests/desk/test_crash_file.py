"""A crash file says where, and never about whom."""

from __future__ import annotations

from il2desk import paths
from il2desk.desk import write_crash_file


def broken(name):
    msg = f"no dose for {name}"
    raise ValueError(msg)


def test_it_names_places_and_no_patient():
    try:
        try:
            broken("Ada Brown")
        except ValueError as error:
            raise KeyError("NPC-017") from error
    except KeyError as error:
        file = write_crash_file(error)
    assert file is not None
    assert file.parent == paths.crash_folder()
    text = file.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "KeyError" in text
    assert "test_crash_file.py" in text
    assert "broken" in text
    assert "Ada" not in text
    assert "NPC-017" not in text
    assert str(paths.crash_folder()) not in text


def test_an_error_that_is_its_own_cause_ends():
    error = ValueError("x")
    error.__cause__ = error
    file = write_crash_file(error)
    assert file is not None
    assert file.read_text(encoding="utf-8").count("ValueError") == 1


def test_where_it_cannot_be_written_nothing_else_breaks():
    folder = paths.crash_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file in the way", encoding="utf-8")
    assert write_crash_file(ValueError("x")) is None
