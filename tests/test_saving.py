"""Results on disk: whole or not at all, with the usual rights, and no work lost."""

from __future__ import annotations

import os
import stat

import pytest

from equipcheck.ground import saving
from equipcheck.ground.saving import save
from equipcheck.problems import InputError


def test_a_file_is_written_and_replaced(tmp_path):
    path = tmp_path / "结果.json"
    save(path, "一\n")
    save(path, b"\x00two")
    assert path.read_bytes() == b"\x00two"
    assert [one.name for one in tmp_path.iterdir()] == ["结果.json"]


def test_a_failure_half_way_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old", "utf-8")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(InputError) as raised:
        save(path, "new" * 1000)
    assert raised.value.problems[0].code == "unwritable-file"
    assert path.read_text("utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(InputError) as raised:
        save(tmp_path / "none" / "a.txt", "x")
    assert raised.value.problems[0].code == "unwritable-file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_finished_file_has_the_usual_rights_and_the_half_one_none_for_others(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    during = []
    fsync = os.fsync

    def look(handle):
        (half,) = tmp_path.glob(".a-*")
        during.append(stat.S_IMODE(half.stat().st_mode))
        fsync(handle)

    monkeypatch.setattr(saving.os, "fsync", look)
    before = os.umask(0o022)
    try:
        save(path, "x")
    finally:
        os.umask(before)
    assert during == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_target_that_is_free_again_soon_is_waited_for(tmp_path, monkeypatch):
    tries = []
    replace = os.replace

    def busy(source, target):
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(13, "busy")
        replace(source, target)

    monkeypatch.setattr(saving.os, "replace", busy)
    monkeypatch.setattr(saving.time, "sleep", lambda seconds: None)
    save(tmp_path / "a.txt", "x")
    assert (tmp_path / "a.txt").read_text("utf-8") == "x"
