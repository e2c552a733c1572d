"""A brief run of every fuzz target; at length: python run.py fuzz --minutes 60"""

from __future__ import annotations

import pytest

from tests import fuzzing


@pytest.mark.parametrize("name", list(fuzzing.TARGETS))
def test_a_brief_run_finds_nothing(name):
    assert fuzzing.run(name, 1.0, seed=20240501) > 0


def test_a_find_says_how_to_come_back_to_it(monkeypatch):
    def broken(rng, folder):
        def once():
            raise AssertionError("found")

        return once

    monkeypatch.setitem(fuzzing.TARGETS, "cells", broken)
    with pytest.raises(AssertionError) as raised:
        fuzzing.run("cells", 1.0, seed=7)
    assert raised.value.__notes__ == ["cells: input 0 of seed 7"]
