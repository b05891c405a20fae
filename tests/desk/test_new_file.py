"""A file is written whole, under a free name, or not at all."""

from __future__ import annotations

import errno
import os

import pytest

from il2desk.desk import write_new_file


def test_a_new_file_holds_the_content_and_nothing_else_is_there(tmp_path):
    path = tmp_path / "sheet.pdf"
    assert write_new_file(path, b"bytes") == path
    assert path.read_bytes() == b"bytes"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_ever_replaced(tmp_path):
    path = tmp_path / "sheet.pdf"
    path.write_bytes(b"old")
    assert write_new_file(path, b"new").code == "exists"
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there(tmp_path):
    assert write_new_file(tmp_path / "no" / "sheet.pdf", b"x").code == "folder"


def test_a_name_taken_meanwhile(tmp_path, monkeypatch):
    path = tmp_path / "sheet.pdf"
    link = os.link

    def taken(source, target):
        path.write_bytes(b"other")
        link(source, target)

    monkeypatch.setattr(os, "link", taken)
    assert write_new_file(path, b"x").code == "exists"
    assert path.read_bytes() == b"other"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def stick(monkeypatch):
    """A disk that knows no hard links, as a USB stick."""

    def no_links(source, target):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)


def test_a_disk_without_links(tmp_path, stick):
    path = tmp_path / "sheet.pdf"
    assert write_new_file(path, b"bytes") == path
    assert path.read_bytes() == b"bytes"
    assert list(tmp_path.iterdir()) == [path]


def test_a_stick_that_is_full_keeps_no_half_file(tmp_path, stick, monkeypatch):
    path = tmp_path / "sheet.pdf"
    calls = []
    sync = os.fsync

    def full(handle):
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_new_file(path, b"bytes")
    assert list(tmp_path.iterdir()) == []


def test_a_name_taken_on_a_stick_meanwhile(tmp_path, monkeypatch):
    path = tmp_path / "sheet.pdf"

    def taken(source, target):
        path.write_bytes(b"other")
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", taken)
    assert write_new_file(path, b"x").code == "exists"
    assert path.read_bytes() == b"other"
