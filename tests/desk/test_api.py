"""The desk's JSON by a plain HTTP client: what the commands say, and every mistake as a value with its place."""

from __future__ import annotations

import json
import threading

import pytest
import yaml

from equipcheck.cli import run
from tests.conftest import SAMPLE
from tests.desk.conftest import client_of

LEDGER = "资产名称,数量\n声级计,2\n便携式检测仪,1\n".encode()


def test_report_match_and_plan_are_what_the_commands_print(client, sample, capsys):
    assert run(["report", str(sample), "-f", "json"]) == 0
    assert client.get("/api/report").text == capsys.readouterr().out
    assert run(["match", str(sample), "-f", "json"]) == 0
    assert client.get("/api/match").text == capsys.readouterr().out
    assert run(["plan", str(sample), "--budget", "30万,20万", "--by", "value", "-f", "json"]) == 0
    answer = client.get("/api/plan", params={"budget": "300000,200000", "by": "value"})
    assert json.loads(answer.text) == json.loads(capsys.readouterr().out)


def test_the_project_is_read_and_written_with_its_comments(client, sample):
    answer = client.get("/api/project")
    mapping = answer.json()
    before = (sample / "equipcheck.yaml").read_text("utf-8")
    comments = [line for line in before.splitlines() if line.startswith("#")]
    mapping["bureau"]["staff"] = 30
    written = client.put("/api/project", json=mapping, headers={"if-match": answer.headers["etag"]})
    assert written.status_code == 200
    assert written.json() == mapping
    text = (sample / "equipcheck.yaml").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == comments
    assert client.get("/api/report").json()["bureau"]["staff"] == 30


def test_the_same_mapping_written_back_changes_not_a_byte(client, sample):
    before = (sample / "equipcheck.yaml").read_bytes()
    assert client.put("/api/project", json=client.get("/api/project").json()).status_code == 200
    assert (sample / "equipcheck.yaml").read_bytes() == before


def test_a_project_changed_on_disk_meanwhile_is_never_overwritten(client, sample):
    answer = client.get("/api/project")
    config = sample / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8") + "# 同事刚改\n", "utf-8")
    refused = client.put("/api/project", json=answer.json(), headers={"if-match": answer.headers["etag"]})
    assert refused.status_code == 409
    assert refused.json()["problems"][0]["code"] == "project-changed"
    assert config.read_text("utf-8").endswith("# 同事刚改\n")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nonsense": 1}, "unknown-key"),
        ({"ledgers": ["没有的.xlsx"]}, "listed-file-missing"),
        ({"bureau": {"level": "county", "staff": -1}}, "bad-value"),
    ],
)
def test_a_wrong_project_is_422_and_nothing_is_written(client, sample, change, code):
    before = (sample / "equipcheck.yaml").read_bytes()
    answer = client.put("/api/project", json={**client.get("/api/project").json(), **change})
    assert answer.status_code == 422
    (problem, *_) = answer.json()["problems"]
    assert problem["code"] == code
    assert problem["place"].startswith("equipcheck.yaml")
    assert (sample / "equipcheck.yaml").read_bytes() == before


def test_a_change_touches_its_own_line_and_keeps_the_comments_beside_it(client, sample):
    before = (sample / "equipcheck.yaml").read_text("utf-8").splitlines()
    mapping = client.get("/api/project").json()
    mapping["bureau"] |= {"staff": 30, "teams": 2}
    mapping["ledgers"][0] = {"path": "固定资产台账.xlsx", "header_row": 3}
    assert client.put("/api/project", json=mapping).status_code == 200
    after = (sample / "equipcheck.yaml").read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        "  staff: 30            # 执法人员数",
        "  teams: 2",
        "  - {path: 固定资产台账.xlsx, header_row: 3}",
    ]
    assert len(after) == len(before) + 1


def test_two_files_of_one_name_at_once_are_refused(tmp_path):
    files = [("files", ("甲/a.csv", LEDGER)), ("files", ("乙/a.csv", LEDGER + b"x,1\n"))]
    answer = client_of(tmp_path).post("/api/ledgers", files=files)
    assert {one["code"] for one in answer.json()["problems"]} == {"same-name-twice"}
    assert not (tmp_path / "inventories").exists()


def test_a_decision_made_elsewhere_meanwhile_is_not_overwritten(client, sample):
    first = {"name": "便携式检测仪", "kind": "pid_detector", "was": None, "by": "甲"}
    assert client.post("/api/decisions", json=[first]).status_code == 200
    before = (sample / "decisions.yaml").read_bytes()
    second = {"name": "便携式检测仪", "kind": "none", "was": None, "by": "乙"}
    answer = client.post("/api/decisions", json=[second])
    assert answer.status_code == 409
    assert "甲" in answer.json()["problems"][0]["message"]
    assert (sample / "decisions.yaml").read_bytes() == before
    assert client.post("/api/decisions", json=[second | {"was": "pid_detector"}]).status_code == 200


@pytest.mark.parametrize("text", ['{"bureau": {"staff": NaN}}', '{"bureau": {"name": "\\ud800"}}'])
def test_what_no_file_can_hold_is_422(client, text):
    assert client.put("/api/project", content=text.encode()).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"[" * 100_000, b'"x"'])
def test_a_body_that_is_no_mapping_is_422(client, body):
    answer = client.put("/api/project", content=body)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "bad-body"


def test_a_dropped_ledger_becomes_a_project(tmp_path):
    client = client_of(tmp_path)
    assert client.get("/api/report").status_code == 422
    answer = client.post("/api/ledgers", files=[("files", ("2023年台账.csv", LEDGER))])
    assert answer.status_code == 200
    assert answer.json()["ledgers"] == ["inventories/2023年台账.csv"]
    (shown,) = answer.json()["read"]
    assert [row["name"] for row in shown["rows"]] == ["声级计", "便携式检测仪"]
    assert client.get("/api/project").json() == {
        "ledgers": ["inventories/2023年台账.csv"],
        "decisions": "decisions.yaml",
    }
    missing = client.get("/api/report")
    assert missing.status_code == 422
    assert {one["code"] for one in missing.json()["problems"]} == {"fact-decides-column"}
    data = {**client.get("/api/project").json(), "bureau": {"level": "county", "staff": 17, "vehicles": 3}}
    assert client.put("/api/project", json=data).status_code == 200
    assert client.get("/api/report").json()["accounting"]["rows"]["read"] == 2


def test_the_same_ledger_dropped_twice_changes_nothing_and_a_newer_one_keeps_the_old(tmp_path):
    client = client_of(tmp_path)
    for data in (LEDGER, LEDGER, LEDGER + b"x,1\n"):
        assert client.post("/api/ledgers", files=[("files", ("a.csv", data))]).status_code == 200
    assert client.get("/api/project").json()["ledgers"] == ["inventories/a.csv"]
    assert (tmp_path / "inventories" / "a.csv").read_bytes() == LEDGER + b"x,1\n"
    assert (tmp_path / "inventories" / "a.旧1.csv.bak").read_bytes() == LEDGER


@pytest.mark.parametrize("name", ["../../外.csv", "..\\..\\外.csv", "/etc/外.csv", "C:\\外.csv"])
def test_an_upload_never_leaves_the_folder_by_its_name(tmp_path, name):
    folder = tmp_path / "project"
    folder.mkdir()
    assert client_of(folder).post("/api/ledgers", files=[("files", (name, LEDGER))]).status_code == 200
    assert [path.name for path in tmp_path.iterdir()] == ["project"]
    assert (folder / "inventories" / "外.csv").is_file()


@pytest.mark.parametrize(
    "name", ["a.exe", ".csv", "con.csv", "a\u202evsc.csv", "x" * 300 + ".csv", "a|b.csv", "equipcheck.yaml"]
)
def test_what_is_no_ledgers_name_is_refused(tmp_path, name):
    answer = client_of(tmp_path).post("/api/ledgers", files=[("files", (name, LEDGER))])
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "not-a-ledger-file"
    assert not (tmp_path / "inventories").exists()


def test_an_unreadable_ledger_says_so_where_it_lies(tmp_path):
    answer = client_of(tmp_path).post("/api/ledgers", files=[("files", ("坏.xlsx", b"PK\x03\x04 broken"))])
    assert answer.status_code == 200
    (shown,) = answer.json()["read"]
    assert shown["problems"]


def test_a_decision_is_kept_wins_and_can_be_taken_back(client, sample):
    asked = client.get("/api/report").json()["review"]
    assert asked
    name = asked[0]["name"]
    kept = client.post("/api/decisions", json=[{"name": name, "model": None, "kind": "pid_detector"}])
    assert kept.status_code == 200
    assert [one["name"] for one in kept.json()["added"]] == [name]
    entry = next(
        one
        for one in yaml.safe_load((sample / "decisions.yaml").read_text("utf-8"))["matches"]
        if one["name"] == name
    )
    assert entry["kind"] == "pid_detector"
    assert entry["date"]
    assert all(one["name"] != name for one in client.get("/api/report").json()["review"])
    assert client.post("/api/decisions", json=[{"name": name, "kind": None}]).status_code == 200
    assert any(one["name"] == name for one in client.get("/api/report").json()["review"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([{"name": "x", "kind": "pid_detectr"}], "unknown-kind"),
        ([{"name": "", "kind": "none"}], "bad-body"),
        ([{"name": "x", "kind": 3}], "bad-body"),
        ([{"name": "x", "kind": "none", "more": "y"}], "bad-body"),
        ({"name": "x"}, "bad-body"),
    ],
)
def test_one_wrong_decision_and_none_is_kept(client, sample, body, code):
    before = (sample / "decisions.yaml").read_bytes()
    sound = [{"name": "便携式检测仪", "kind": "none"}] if isinstance(body, list) else []
    answer = client.post("/api/decisions", json=[*sound, *body] if sound else body)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == code
    assert (sample / "decisions.yaml").read_bytes() == before


def test_decisions_from_two_windows_at_once_are_all_kept(client, sample):
    names = [f"某种仪器{number}" for number in range(8)]
    answers = []

    def send(name):
        answers.append(client.post("/api/decisions", json=[{"name": name, "kind": "none"}]).status_code)

    threads = [threading.Thread(target=send, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 8
    entries = yaml.safe_load((sample / "decisions.yaml").read_text("utf-8"))["matches"]
    assert {one["name"] for one in entries} >= set(names)


@pytest.mark.parametrize(
    ("query", "code"),
    [({"budget": "300,000"}, "bad-budget"), ({"by": "luck"}, "bad-value"), ({"budget": "x"}, "bad-budget")],
)
def test_a_wrong_budget_is_422(client, query, code):
    answer = client.get("/api/plan", params=query)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == code


def test_a_draft_is_checked_and_not_kept(client, sample):
    before = sorted(path.name for path in sample.rglob("*"))
    draft = "一、存在的问题\n1. 管道探测仪尚未配备。\n二、下一步措施\n1. 购置管道探测仪。\n".encode()
    answer = client.post("/api/section/check", files={"file": ("年报.md", draft)})
    assert answer.status_code == 200
    verdicts = {(one["kind"] or one["requirement"], one["verdict"]) for one in answer.json()["claims"]}
    assert any(verdict == "agrees" for _, verdict in verdicts)
    assert sorted(path.name for path in sample.rglob("*")) == before
    wrong = client.post("/api/section/check", files={"file": ("年报.exe", draft)})
    assert wrong.json()["problems"][0]["code"] == "not-a-draft-file"
    assert client.post("/api/section/check").json()["problems"][0]["code"] == "no-upload"


@pytest.mark.parametrize(
    "name", ["plan.xlsx", "section.docx", "review.xlsx", "report.xlsx", "report.html", "plan.ics"]
)
def test_files_are_what_the_commands_write(client, name):
    answer = client.get(f"/files/{name}")
    assert answer.status_code == 200
    if name.endswith("x"):
        assert answer.content[:2] == b"PK"
    if name != "report.html":
        assert "attachment" in answer.headers["content-disposition"]
    assert client.get(f"/files/{name}").content == answer.content  # same inputs, same bytes


def test_a_change_on_disk_shows_in_the_next_answer_and_in_the_state(client, sample):
    first = client.get("/api/state").json()["state"]
    assert client.get("/api/state").json()["state"] == first
    config = sample / "equipcheck.yaml"
    config.write_text(config.read_text("utf-8").replace("staff: 17", "staff: 21"), "utf-8")
    later = client.get("/api/state", params={"since": first}).json()
    assert later["state"] != first
    assert later["changed"] == ["equipcheck.yaml"]
    assert client.get("/api/report").json()["bureau"]["staff"] == 21


def test_the_desk_of_one_project_never_sees_another(client, sample):
    for path in (
        "/files/../../etc/passwd",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/../equipcheck.yaml",
        f"/{SAMPLE}",
    ):
        assert client.get(path).status_code == 404


def test_a_ledger_of_the_same_name_replaces_the_one_that_the_project_reads(tmp_path):
    """Wherever in the folder it lies; the one before is kept beside it."""
    (tmp_path / "台账.csv").write_text(
        "资产编号,资产名称,数量,使用状况\nA1,声级计,1,在用\n,无人机,1,在用\n", "utf-8"
    )
    text = "bureau: {level: county, staff: 17, vehicles: 3}\nstandard: enforcement-2020\nas_of: 2023-12-31\n"
    (tmp_path / "equipcheck.yaml").write_text(text + "ledgers: [台账.csv]\n", "utf-8")
    new = "资产编号,资产名称,数量,使用状况\nA1,声级计,1,损坏\n,无人机,1,在用\n"
    client = client_of(tmp_path)
    assert client.post("/api/ledgers", files=[("files", ("台账.csv", new.encode()))]).status_code == 200
    data = client.get("/api/report").json()
    assert data["accounting"]["rows"]["read"] == 2
    found = {one["requirement"]: (one["held"], one["usable"]) for one in data["findings"]}
    assert (found["sound-level"], found["uav"]) == ((1, 0), (1, 1))
    assert [path.name for path in tmp_path.glob("台账*.bak")] == ["台账.旧1.csv.bak"]
