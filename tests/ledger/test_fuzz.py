"""A brief run of the fuzzer; at length: python -m tests.ledger.fuzz --minutes 60"""

from __future__ import annotations

from pathlib import Path

from .fuzz import judge, run, seeds


def test_sound_containers_balance(tmp_path: Path) -> None:
    path = tmp_path / "台账.bin"
    for data in seeds(tmp_path).values():
        path.write_bytes(data)
        assert judge(path) == "ok"


def test_bent_containers_give_an_error_or_balanced_books(tmp_path: Path) -> None:
    outcomes = run(200, 20240501, tmp_path)
    assert sum(outcomes.values()) == 200
    assert outcomes["ok"] > 20
    assert len(outcomes) > 2
