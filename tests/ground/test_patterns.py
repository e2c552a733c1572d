"""A pattern that is compiled at its first use does what a compiled one does."""

from __future__ import annotations

import pickle
import re

import pytest

from equipcheck.ground.patterns import pattern


def test_it_is_compiled_when_it_is_first_used(monkeypatch):
    made = []
    compiling = re.compile
    monkeypatch.setattr(re, "compile", lambda *args: made.append(args) or compiling(*args))
    number = pattern(r"(\d+)台", re.IGNORECASE)
    assert (made, number.pattern) == ([], r"(\d+)台")
    assert number.search("共3台")[1] == "3"
    assert number.sub(lambda found: found[1], "3台4台") == "34"
    assert made == [(r"(\d+)台", re.IGNORECASE)]


def test_bytes_flags_and_mistakes_are_those_of_re():
    assert pattern(rb"<c(\d)>").findall(b"<c1><c2>") == [b"1", b"2"]
    assert pattern("a.b", re.DOTALL).fullmatch("a\nb")
    with pytest.raises(re.error):
        pattern("(").match("x")
    with pytest.raises(AttributeError):
        pattern("x").serach  # noqa: B018


def test_patterns_of_the_same_text_and_flags_are_equal_and_go_to_other_processes():
    one = pattern("[一-龥]+", re.ASCII)
    one.match("台")
    assert one == pattern("[一-龥]+", re.ASCII) != pattern("[一-龥]+")
    assert len({one, pattern("[一-龥]+", re.ASCII)}) == 1
    again = pickle.loads(pickle.dumps(one))
    assert again == one
    assert again.match("台")
