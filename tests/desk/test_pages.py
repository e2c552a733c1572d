"""The pages by plain forms, as a browser without scripts sends them: what each button does, every refusal in place."""

from __future__ import annotations

import html
import re

import pytest
import yaml

from equipcheck.desk import drafts
from equipcheck.desk.steps import PAGES
from equipcheck.desk.workspace import mark
from tests.desk.conftest import client_of

LEDGER = (
    "某局固定资产台账（截至2022年12月31日）\n资产名称,规格型号,件,放在哪\n声级计,甲,2,库房\n便携式检测仪,,1,库房\n"
).encode()
ANNEX = ("装备名称,单位,省级,县级\n声级计,台,5,若干\n无人机,架,每3人1台,1\n说不清的东西,台,1,1\n").encode()


def fields(text, action="", containing=""):
    """The fields of the form whose text contains a word, as a browser would send them untouched."""
    for form in re.findall(
        rf'<form[^>]*action="[^"]*{re.escape(action)}[^"]*"[^>]*>.*?</form>', text, re.DOTALL
    ):
        if containing in form:
            found = {}
            for tag in re.findall(r"<input[^>]*>", form):
                name = re.search(r' name="([^"]*)"', tag)
                kind = re.search(r'type="([^"]*)"', tag)
                if not name or (kind and kind[1] in ("checkbox", "radio", "file") and " checked" not in tag):
                    continue
                value = re.search(r' value="([^"]*)"', tag)
                found.setdefault(html.unescape(name[1]), []).append(html.unescape(value[1]) if value else "")
            for name, body in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
                chosen = re.search(r'<option value="([^"]*)" selected', body) or re.search(
                    r'<option value="([^"]*)"', body
                )
                found.setdefault(name, []).append(chosen[1])
            for name, body in re.findall(
                r'<textarea[^>]* name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL
            ):
                found[name] = [html.unescape(body).removeprefix("\n")]
            return found
    raise AssertionError(f"no form with {containing!r}")


def config(folder):
    return yaml.safe_load((folder / "equipcheck.yaml").read_text("utf-8"))


@pytest.mark.parametrize("page", [page.key for page in PAGES])
def test_every_page_of_the_sample_is_whole(client, page):
    answer = client.get(f"/{page}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.count("<h1") == 1
    assert 'aria-current="step"' in answer.text
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("page", ["result", "review", "plan", "section", "history"])
def test_where_something_is_missing_a_page_says_which_step_mends_it(tmp_path, page):
    client = client_of(tmp_path)
    answer = client.get(f"/{page}")
    assert answer.status_code == 200
    assert 'href="/ledgers">去' in answer.text
    assert client.get("/").headers["location"] == "/ledgers"
    client.post("/api/ledgers", files=[("files", ("a.csv", LEDGER))])
    assert client.get("/").headers["location"] == "/bureau"
    assert 'href="/bureau">去' in client.get(f"/{page}").text


def test_ledgers_are_taken_in_and_their_columns_corrected(tmp_path):
    client = client_of(tmp_path)
    (tmp_path / "低值易耗品.csv").write_bytes(LEDGER)
    assert "低值易耗品.csv" in client.get("/ledgers").text
    answer = client.post(
        "/ledgers",
        data={"do": "add", "found": "低值易耗品.csv"},
        files=[("files", ("固定资产台账.csv", LEDGER))],
    )
    assert answer.status_code == 303
    assert config(tmp_path)["ledgers"] == [
        "inventories/固定资产台账.csv",
        {"path": "低值易耗品.csv", "as": "supplement"},
    ]
    page = client.get("/ledgers").text
    sent = fields(page, "/ledgers", "inventories/固定资产台账.csv")
    assert sent["heading"] == ["资产名称", "规格型号", "件", "放在哪"]
    wrong = client.post("/ledgers", data={**sent, "field.2": "location", "field.3": "location"})
    assert wrong.status_code == 422
    assert "只留一列" in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    done = client.post(
        "/ledgers", data={**sent, "field.2": "quantity", "field.3": "location", "header_row": "2"}
    )
    assert done.status_code == 303
    assert config(tmp_path)["ledgers"][0] == {
        "path": "inventories/固定资产台账.csv",
        "header_row": 2,
        "columns": {"quantity": "件", "location": "放在哪"},
    }
    page = client.get("/ledgers").text
    assert page.count("人工指定") == 2
    sent = fields(page, "/ledgers", "inventories/固定资产台账.csv")
    assert client.post("/ledgers", data={**sent, "field.3": "", "header_row": ""}).status_code == 303
    assert config(tmp_path)["ledgers"][0] == {
        "path": "inventories/固定资产台账.csv",
        "columns": {"quantity": "件"},
    }
    seen = fields(page, "/ledgers", 'value="remove"')["seen"]
    late = client.post("/ledgers", data={"do": "remove", "path": "低值易耗品.csv", "seen": seen})
    assert late.status_code == 409  # the page is older than the last change
    assert "ledgers：" in late.text
    seen = fields(client.get("/ledgers").text, "/ledgers", 'value="remove"')["seen"]
    assert (
        client.post("/ledgers", data={"do": "remove", "path": "低值易耗品.csv", "seen": seen}).status_code
        == 303
    )
    assert len(config(tmp_path)["ledgers"]) == 1
    assert (tmp_path / "低值易耗品.csv").is_file()
    seen = fields(client.get("/ledgers").text, "/ledgers", 'value="remove"')["seen"]
    lost = client.post("/ledgers", data={"do": "remove", "path": "没有这份.csv", "seen": seen})
    assert lost.status_code == 422
    assert "没有这份.csv" in lost.text


@pytest.mark.parametrize("row", ["0", "x", "9999"])
def test_a_heading_row_that_is_none_is_refused_or_told(client, sample, row):
    sent = fields(client.get("/ledgers").text, "/ledgers", "固定资产台账.xlsx")
    before = (sample / "equipcheck.yaml").read_bytes()
    answer = client.post("/ledgers", data={**sent, "header_row": row})
    if row == "9999":  # a row may come to be: the project says so, and the page tells that nothing is there
        assert answer.status_code == 303
        assert "9999" in client.get("/ledgers").text
    else:
        assert answer.status_code == 422
        assert (sample / "equipcheck.yaml").read_bytes() == before


def test_a_listed_ledger_that_is_gone_can_be_taken_out(client, sample):
    (sample / "检定台账.xlsx").unlink()
    page = client.get("/ledgers").text
    assert "清单里有、文件夹里没有" in page
    sent = fields(page, "/ledgers", 'value="检定台账.xlsx"')
    assert client.post("/ledgers", data=sent).status_code == 303
    assert config(sample)["ledgers"] == ["固定资产台账.xlsx"]


def test_ledgers_named_by_a_pattern_a_folder_or_a_longer_path_are_mended_where_they_are_named(client, sample):
    for name in ("甲", "乙"):
        (sample / "补充").mkdir(exist_ok=True)
        (sample / "补充" / f"{name}.csv").write_bytes(LEDGER)
    path = sample / "equipcheck.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "  - 固定资产台账.xlsx\n", "  - ./固定资产台账.xlsx\n  - {path: 补充/*.csv, as: supplement}\n"
        ),
        "utf-8",
    )
    page = client.get("/ledgers").text
    sent = fields(page, "/ledgers", 'value="补充/甲.csv"')
    assert client.post("/ledgers", data={**sent, "field.2": "quantity"}).status_code == 303
    assert config(sample)["ledgers"][-1] == {
        "path": "补充/甲.csv",
        "as": "supplement",
        "columns": {"quantity": "件"},
    }
    sent = fields(client.get("/ledgers").text, "/ledgers", 'value="./固定资产台账.xlsx"')
    assert client.post("/ledgers", data={**sent, "header_row": "3"}).status_code == 303
    assert config(sample)["ledgers"][0] == {"path": "./固定资产台账.xlsx", "header_row": 3}
    seen = fields(client.get("/ledgers").text, "/ledgers", 'value="remove"')["seen"]
    gone = client.post("/ledgers", data={"do": "remove", "path": "补充/乙.csv", "seen": seen})
    assert gone.status_code == 303
    assert "乙.csv" not in client.get("/ledgers").text.split('class="box file"', 1)[1]
    assert "补充/甲.csv" in client.get("/ledgers").text


def test_nothing_chosen_is_said_at_the_field(client):
    answer = client.post("/ledgers", data={"do": "add"})
    assert answer.status_code == 422
    assert re.search(r'class="field-wrong"[^>]*>没有收到文件', answer.text)


def test_the_bureau_is_asked_only_what_decides_something(tmp_path):
    client = client_of(tmp_path)
    client.post("/api/ledgers", files=[("files", ("a.csv", LEDGER))])
    page = client.get("/bureau").text
    assert "a.csv 的表头写着 2022-12-31" in page
    sent = fields(page, "/bureau")
    assert "fact.level" in sent
    assert "fact.climate" not in sent
    sent |= {
        "name": "某局",
        "as_of": "2022年12月31日",
        "fact.level": "county",
        "fact.staff": "17人",
        "fact.vehicles": "３",
    }
    answer = client.post("/bureau", data={**sent, "then": "result"})
    assert answer.headers["location"] == "/result"
    assert config(tmp_path)["bureau"] == {"name": "某局", "level": "county", "staff": 17, "vehicles": 3}
    assert str(config(tmp_path)["as_of"]) == "2022-12-31"
    assert client.get("/result").text.count('class="finding"') > 10


def test_a_mistake_of_the_bureau_stands_at_its_field_and_nothing_is_written(client, sample):
    before = (sample / "equipcheck.yaml").read_bytes()
    sent = fields(client.get("/bureau").text, "/bureau")
    for name, text in (("fact.staff", "十七个半"), ("as_of", "去年")):
        answer = client.post("/bureau", data={**sent, name: text})
        assert answer.status_code == 422
        assert re.search(rf'name="{name}"[^>]*value="{text}"[^>]*aria-invalid="true"', answer.text)
    assert (sample / "equipcheck.yaml").read_bytes() == before


def test_a_change_made_elsewhere_is_named_and_what_was_typed_stays(client, sample):
    sent = fields(client.get("/bureau").text, "/bureau")
    text = (sample / "equipcheck.yaml").read_text("utf-8")
    (sample / "equipcheck.yaml").write_text(text.replace("staff: 17", "staff: 21"), "utf-8")
    answer = client.post("/bureau", data={**sent, "fact.vehicles": "4"})
    assert answer.status_code == 409
    assert "bureau.staff：17 → 21" in answer.text
    assert re.search(r'name="fact.vehicles"[^>]*value="4"', answer.text)
    assert config(sample)["bureau"]["vehicles"] == 3
    again = fields(answer.text, "/bureau")  # the page now knows the file as it is
    assert client.post("/bureau", data={**again, "fact.vehicles": "4"}).status_code == 303
    assert config(sample)["bureau"]["vehicles"] == 4


def test_the_state_of_a_row_is_told_in_full_or_in_part(client, sample):
    ledger = sample / "补充.csv"
    ledger.write_text("资产名称,数量,备注\n声级计,3,其中1台损坏\n无人机,1,屏幕破损\n", "utf-8")
    text = (sample / "equipcheck.yaml").read_text("utf-8").replace("ledgers:", "ledgers:\n  - 补充.csv", 1)
    (sample / "equipcheck.yaml").write_text(text, "utf-8")
    sent = fields(client.get("/review").text, "/review", "补充.csv#2")
    assert (sent["units"], sent["ref"], sent["told"]) == (["1"], ["补充.csv#2"], ["损坏"])
    wrong = client.post("/review", data={**sent, "units": "7", "told": "损坏"})
    assert wrong.status_code == 422
    assert "（该行 3 件），未采用" in wrong.text
    assert client.post("/review", data={**sent, "by": "张三"}).status_code == 303
    (entry,) = yaml.safe_load((sample / "decisions.yaml").read_text("utf-8"))["splits"]
    assert entry["parts"] == [{"quantity": 2}, {"quantity": 1, "status": "损坏"}]
    assert entry["by"] == "张三"
    page = client.get("/review").text
    assert "补充.csv#2" not in page
    assert "补充.csv#3" in page


def test_names_are_decided_by_buttons_and_words_and_taken_back(client, sample):
    page = client.get("/review").text
    sent = fields(page, "/review", "便携式检测仪")
    wrong = client.post("/review", data={**sent, "other": "便携式什么仪"})
    assert wrong.status_code == 422
    assert "不是装备目录里的名称" in wrong.text
    assert client.post("/review", data={**sent, "other": "声级计", "by": "张三"}).status_code == 303
    (entry,) = [
        e
        for e in yaml.safe_load((sample / "decisions.yaml").read_text("utf-8"))["matches"]
        if e["name"] == "便携式检测仪"
    ]
    assert (entry["kind"], entry["by"]) == ("sound_level_meter", "张三")
    page = client.get("/review").text
    assert "没有待定的名称" in page
    assert client.post("/review", data={**sent, "kind": "none"}).status_code == 409
    undo = fields(page, "/review", "便携式检测仪")
    assert client.post("/review", data=undo).status_code == 303
    assert "data-ask" in client.get("/review").text


def test_a_script_hears_the_same_refusals_as_data(client):
    answer = client.post(
        "/review", data={"do": "answer", "name": "x", "other": "？？"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["code"] == "unknown-answer"
    answer = client.post("/review", data={"do": "nothing"}, headers={"accept": "application/json"})
    assert answer.json()["problems"][0]["code"] == "bad-body"


def test_a_plan_follows_its_fields_and_says_what_moved(client):
    first = client.get("/plan", params={"b": ["30万", "200,000"], "by": "value"})
    assert "预算 300,000 元" in first.text
    assert "预算 200,000 元" in first.text
    was = fields(first.text, "/plan", 'name="was"')["was"]
    second = client.get("/plan", params={"b": "5万", "was": was})
    assert "和刚才相比" in second.text
    assert "不再安排" in second.text or "→" in second.text
    gap = client.get("/plan", params={"b": ["", "20万"]})
    assert "预算要从头一年起逐年填" in gap.text
    wrong = client.get("/plan", params={"b": ["三十万块", "20万"]})
    assert wrong.status_code == 200
    assert re.search(r'id="b0"[^>]*value="三十万块"[^>]*aria-invalid="true"', wrong.text)


def test_a_price_typed_in_beside_a_line_is_kept_and_used(client, sample):
    page = client.get("/plan", params={"b": "30万"}).text
    sent = fields(page, "/plan", 'value="price"')
    kind = sent["kind"][0]
    assert client.post("/plan", data={**sent, "price": "很贵"}).status_code == 422
    assert not (sample / "prices.csv").exists()
    answer = client.post("/plan", data={**sent, "price": "1.2万", "source": "=甲公司", "year": "2024"})
    assert answer.status_code == 303
    assert "b=30" in answer.headers["location"]
    assert config(sample)["prices"] == "prices.csv"
    assert (
        (sample / "prices.csv").read_text("utf-8-sig").splitlines()[1].endswith(",12000元,2024,甲公司,购置")
    )
    plan = client.get("/api/plan").json()
    assert "项目询价（2024年，甲公司）" in {
        i["price_basis"] for y in plan["years"] for i in y["items"] if i["kind"] == kind
    }
    assert (
        client.post("/plan", data={**sent, "price": "1"}).status_code == 409
    )  # the page is older than the list


def test_the_passage_is_edited_kept_and_taken_as_a_document(client, sample):
    page = client.get("/section").text
    sent = fields(page, "/section", "存成草稿")
    words = sent["part.工作措施"][0] + "\n三是由分管局长每季度调度一次。"
    saved = client.post("/section", data={**sent, "do": "save", "part.工作措施": words})
    assert saved.status_code == 303
    assert "三是由分管局长每季度调度一次。" in drafts.read(sample / "年报草稿.md").parts["工作措施"]
    assert "三是由分管局长每季度调度一次。" in client.get("/section").text
    assert (
        document_text(client.get("/files/section.docx").content).count("三是由分管局长每季度调度一次。") == 1
    )
    late = client.post("/section", data={**sent, "do": "save", "part.工作措施": "别的"})
    assert late.status_code == 409
    assert "别的" in late.text  # what was typed is still there to copy
    text = (sample / "equipcheck.yaml").read_text("utf-8")
    (sample / "equipcheck.yaml").write_text(text.replace("2023-12-31", "2023-12-30"), "utf-8")
    page = client.get("/section").text
    assert "核查结果变了" in page
    sent = fields(page, "/section", "存成草稿")
    assert client.post("/section", data={**sent, "do": "fresh"}).status_code == 303
    assert not (sample / "年报草稿.md").exists()
    assert (sample / "年报草稿.md.bak").is_file()


def document_text(raw):
    import io

    import docx

    return "\n".join(one.text for one in docx.Document(io.BytesIO(raw)).paragraphs)


def test_an_untouched_draft_gives_the_same_document(client, sample):
    before = client.get("/files/section.docx").content
    sent = fields(client.get("/section").text, "/section", "存成草稿")
    assert client.post("/section", data={**sent, "do": "save"}).status_code == 303
    assert client.get("/files/section.docx").content == before


def test_a_draft_is_checked_sentence_by_sentence_beside_its_text(client):
    text = "一、存在的问题\n1. 声级计尚未配备。\n2. 今年天气很好。\n二、下一步措施\n1. 购置管道探测仪。\n".encode()
    answer = client.post("/section", data={"do": "check_file"}, files={"file": ("年报.txt", text)})
    assert answer.status_code == 200
    rows = re.findall(r"<tr class=\"([^\"]*)\">(.*?)</tr>", answer.text, re.DOTALL)
    (claimed,) = [(kind, row) for kind, row in rows if "声级计尚未配备" in row]
    assert "bad" in claimed[0]
    assert "不符" in claimed[1]
    (silent,) = [row for _, row in rows if "今年天气很好" in row]
    assert "没有关于本单位装备的说法" in silent
    sent = fields(client.get("/section").text, "/section", "存成草稿")
    ours = client.post("/section", data={**sent, "do": "check_text"})
    assert "没有不符、遗漏或没有措施的问题" in ours.text  # what is written here passes its own check
    for files in ({"file": ("a.exe", b"x")}, {"file": ("坏.docx", b"PK")}, {}):
        assert client.post("/section", data={"do": "check_file"}, files=files).status_code == 422


def test_a_snapshot_is_recorded_once_and_replaced_only_when_told(client, sample):
    assert client.post("/history", data={"do": "record"}).headers["location"] == "/history?done=recorded"
    assert client.post("/history", data={"do": "record"}).headers["location"] == "/history?done=same"
    assert "历年变化" in client.get("/history").text
    text = (sample / "equipcheck.yaml").read_text("utf-8")
    (sample / "equipcheck.yaml").write_text(text.replace("staff: 17", "staff: 41"), "utf-8")
    kept = (sample / "history" / "2023.yaml").read_bytes()
    asked = client.post("/history", data={"do": "record"})
    assert asked.status_code == 422
    assert 'name="force"' in asked.text
    assert (sample / "history" / "2023.yaml").read_bytes() == kept
    assert (
        client.post("/history", data={"do": "record", "force": "1"}).headers["location"].endswith("replaced")
    )


def test_an_annex_is_read_answered_compared_and_signed(client, sample):
    answer = client.post(
        "/standard", data={"do": "take", "id": "local-2023"}, files={"file": ("附件.csv", ANNEX)}
    )
    assert answer.status_code == 303
    path = sample / "standards" / "local-2023.yaml"
    place = {"file": "standards/local-2023.yaml"}
    page = client.get("/standard", params=place).text
    assert "说不清的东西" in page
    assert "若干" in page
    sign = {"do": "sign", **place, "first": "甲", "second": "乙"}
    early = client.post("/standard", data={**sign, "file_seen": mark(path.read_bytes())})
    assert early.status_code == 422  # questions are open
    sent = fields(page, "/standard", 'name="key" value="quantity.county"')
    unread = client.post("/standard", data={**sent, "answer": "看着办"})
    assert unread.status_code == 422
    assert re.search(r'class="field-wrong"[^>]*>“看着办”', unread.text)
    assert client.post("/standard", data={**sent, "answer": "每3人1台"}).status_code == 303
    assert (
        client.post("/standard", data={**sent, "answer": "2"}).status_code == 409
    )  # the page is older than the file
    sent = fields(client.get("/standard", params=place).text, "/standard", 'name="key" value="kinds"')
    assert client.post("/standard", data={**sent, "answer": "不知道什么"}).status_code == 422
    assert client.post("/standard", data={**sent, "answer": "酸度计"}).status_code == 303
    page = client.get("/standard", params=place).text
    assert "与附件逐格核对" in page
    sent = fields(page, "/standard", 'value="sign"')
    assert client.post("/standard", data={**sent, "first": "甲", "second": "甲"}).status_code == 422
    assert client.post("/standard", data={**sent, "first": "甲", "second": "乙"}).status_code == 303
    text = path.read_text("utf-8")
    assert "verified:" in text
    assert "status: official" in text
    sent = fields(client.get("/standard", params=place).text, "/standard", 'value="choose"')
    assert client.post("/standard", data=sent).status_code == 303
    assert config(sample)["standard"] == "standards/local-2023.yaml"
    assert client.get("/api/report").json()["standard"]["id"] == "local-2023"


@pytest.mark.parametrize(
    ("name", "data"), [("a.exe", b"x"), ("../a.yaml", b"x"), ("坏.docx", b"PK"), ("空.csv", b"a,b\n1,2\n")]
)
def test_what_is_no_annex_leaves_nothing_behind(client, sample, name, data):
    before = sorted(path.name for path in sample.rglob("*"))
    answer = client.post("/standard", data={"do": "take", "id": "x-1"}, files={"file": (name, data)})
    assert answer.status_code == 422
    assert 'class="field-wrong"' in answer.text
    assert sorted(path.name for path in sample.rglob("*")) == before


def test_what_is_not_there_and_what_breaks_is_said_calmly(sample, monkeypatch, capsys):
    from equipcheck.desk.workspace import Workspace

    client = client_of(sample, calm=True)
    missing = client.get("/nothing", headers={"accept": "text/html"})
    assert missing.status_code == 404
    assert "没有这一页" in missing.text
    assert client.get("/static/other.js").status_code == 404
    assert client.get("/favicon.ico").status_code == 200

    def broken(self, **_):
        raise RuntimeError("secret /etc/passwd")

    monkeypatch.setattr(Workspace, "run", broken)
    for path in ("/api/match", "/history"):
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert "程序出了错" in answer.text
        assert "content-security-policy" in answer.headers
    assert client.get("/api/match").json()["problems"][0]["code"] == "desk-broken"
    assert "secret /etc/passwd" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/api/ledgers", "/api/section/check", "/ledgers", "/section"])
def test_a_form_that_is_none_is_refused(client, path):
    headers = {"content-type": "multipart/form-data; boundary=x", "accept": "application/json"}
    assert client.post(path, content=b"--y\r\nnonsense", headers=headers).status_code == 422
