"""The command: one line on stdout, served on this machine alone, stopped when told or when nobody came."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from equipcheck.cli import run
from tests.conftest import ROOT
from tests.desk.server import serving


def test_it_prints_one_line_and_serves_until_it_is_interrupted(sample):
    with serving(sample) as desk:
        client = httpx.Client()
        assert client.get(desk.base).status_code == 403
        assert client.get(desk.address, follow_redirects=True).status_code == 200
        assert client.get(f"{desk.base}/api/project").json()["standard"] == "enforcement-2020"
        process = desk.process
        assert desk.stop() == 0
        assert process.stdout.read() == ""  # that one line and nothing more
        said = process.stderr.read()
        assert "Traceback" not in said
        assert "已停止" in said


def test_it_listens_on_the_loopback_address_alone(sample):
    with serving(sample) as desk:
        port = int(desk.base.rsplit(":", 1)[1])
        own = socket.gethostbyname(socket.gethostname())
        with socket.socket() as other:
            other.settimeout(2)
            assert own.startswith("127.") or other.connect_ex((own, port)) != 0


def test_two_desks_at_once_keep_apart(sample, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with serving(sample) as one, serving(other) as two:
        client = httpx.Client()  # one browser: cookies do not tell ports apart
        for desk in (one, two):
            assert client.get(desk.address, follow_redirects=True).status_code == 200
        assert client.get(f"{one.base}/api/project").json()["standard"] == "enforcement-2020"
        assert client.get(f"{two.base}/api/project").json() == {}
        assert list(other.iterdir()) == []  # looking writes nothing


def test_a_folder_that_is_not_there_yet_comes_to_be(tmp_path):
    with serving(tmp_path / "新的" / "项目") as desk:
        assert httpx.get(desk.address, follow_redirects=True).status_code in (200, 403)
    assert (tmp_path / "新的" / "项目").is_dir()


def test_a_port_that_is_taken_is_said_in_words(sample, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["desk", str(sample), "--no-browser", "--port", str(port)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"端口 {port} 用不了" in err


def test_it_stops_by_itself_when_nobody_came_for_the_stated_time(sample):
    code = "from pathlib import Path; import sys; from equipcheck.desk.serve import serve; "
    code += "serve(Path(sys.argv[1]), port=0, browser=False, idle_hours=1 / 3600)"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(sample)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert out.count("\n") == 1
    assert "已自动停止" in err


def test_a_killed_server_leaves_no_half_file(sample):
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    answers = [{"name": f"某种仪器{number}", "kind": "none"} for number in range(3000)]
    for pause in (0.02, 0.1, 0.3):
        with serving(sample) as desk:
            client = httpx.Client(timeout=60)
            client.get(desk.address)
            client.get(f"{desk.base}/api/match")
            killer = subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    f"import os, time; time.sleep({pause}); os.kill({desk.process.pid}, {int(signal.SIGKILL)})",
                ]
            )
            with pytest.raises(httpx.HTTPError):  # noqa: PT012 (some request of many meets the kill)
                for at in range(0, 3000, 100):
                    client.post(f"{desk.base}/api/decisions", json=answers[at : at + 100])
                    time.sleep(0.01)
            killer.wait()
        assert run(["match", str(sample), "-f", "json"]) == 0  # whatever was written is whole
    after = {path for path in sample.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert after == set(before)
