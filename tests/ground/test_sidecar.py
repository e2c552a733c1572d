"""The process of its own: what it answers comes back whole, and nothing that it answers is run."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipcheck.ground.sidecar import Died, ask
from equipcheck.ground.sidecar_child import dumps, loads

plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)


@given(st.lists(st.dictionaries(st.sampled_from(["name", "rows"]), st.lists(plain))))
def test_plain_values_come_back_as_they_were(values):
    assert loads(dumps(values)) == values


def program(folder: Path, body: str) -> list[str]:
    path = folder / "child.py"
    path.write_text(f"from equipcheck.ground.sidecar_child import answer\n{body}\n", "utf-8")
    return [str(path)]


def test_the_question_arrives_with_its_bytes(tmp_path):
    child = program(tmp_path, "answer(lambda head, data: [head, len(data), list(data[:3])])")
    data = b"\n\x80{" + bytes(5000)
    assert ask(child, {"名": 1}, data, memory=1 << 29, seconds=20) == [{"名": 1}, 5003, [10, 128, 123]]


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_flood_of_memory_ends_the_process_alone(tmp_path):
    child = program(tmp_path, "answer(lambda head, data: len(bytearray(1 << 30)))")
    with pytest.raises(Died):
        ask(child, {}, b"", memory=1 << 28, seconds=20)


def test_a_process_that_hangs_is_stopped(tmp_path):
    child = program(tmp_path, "import time\nanswer(lambda head, data: time.sleep(60))")
    with pytest.raises(Died, match="没有读完"):
        ask(child, {}, b"", memory=1 << 29, seconds=2)


class _Hostile:
    def __reduce__(self):
        return (Path.touch, (Path("touched"),))


def test_an_answer_is_never_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code = pickle.dumps(_Hostile())
    child = tmp_path / "child.py"
    child.write_text(f"import sys\nsys.stdin.buffer.read()\nsys.stdout.buffer.write({code!r})\n", "utf-8")
    with pytest.raises(Died):
        ask([str(child)], {}, b"", memory=1 << 29, seconds=20)
    assert not Path("touched").exists()


def test_what_a_library_prints_does_not_spoil_the_answer(tmp_path):
    body = """import os
def work(head, data):
    print("WARNING *** from a library")
    os.write(1, b"and from its C part")
    return "answer"
answer(work)"""
    assert ask(program(tmp_path, body), {}, b"", memory=1 << 30, seconds=20) == "answer"


def test_what_reads_annexes_behind_a_wall_of_memory_loads_no_engine() -> None:
    """Its room is needed for the file: an import that takes it fails under the wall only."""
    code = "import sys, equipcheck.standard.annex.containers.sidecar_process as one; print('polars' in sys.modules)"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "False"
