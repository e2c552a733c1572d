"""`standards pack` and what `standards add` checks before it believes an archive."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from make_annexes import word_groups

from equipcheck.cli import run
from equipcheck.standard import library, packing

ID = "demo-2025"
MEMBERS = ["清单.json", f"{ID}.yaml", "核对表.md", "附件.docx"]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    monkeypatch.setattr(library, "folder", lambda: folder)
    return folder


@pytest.fixture
def signed(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Path:
    """An annex, a standard that two people signed, and the pack of both."""
    monkeypatch.chdir(tmp_path)
    word_groups(Path("annex.docx"))
    assert run(["standards", "import", "annex.docx", "-o", "draft.yaml", "--id", ID]) == 0
    text = Path("draft.yaml").read_text("utf-8")
    text = text.replace("kinds: []", "kinds: [water_rapid_tester]").replace("{text: 若干}", "3")
    Path("draft.yaml").write_text(text.replace("{text: 1～2套}", "1"), "utf-8")
    call = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "--by", "甲", "--by", "乙"]
    assert run([*call, "--on", "2025-03-01"]) == 0
    assert run(["standards", "pack", "draft.yaml", "--annex", "annex.docx", "-o", "a.zip"]) == 0
    capsys.readouterr()
    return tmp_path


def files() -> dict[str, bytes]:
    with zipfile.ZipFile("a.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(parts: dict[str, bytes], path: str = "b.zip", *, agree: bool = True) -> str:
    """The files as an archive; `agree`: with a list that agrees with them."""
    parts = dict(parts)
    if agree:
        manifest = json.loads(parts["清单.json"])
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in parts.items()
            if name != "清单.json"
        }
        parts["清单.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refused(path: str, own: Path, capsys) -> str:
    """What is said of an archive that is not believed; nothing may have been written."""
    assert run(["standards", "add", path, "--replace"]) == 2
    assert not own.exists()
    return capsys.readouterr().err


def test_what_was_packed_is_added_as_it_was_signed(signed: Path, own: Path, capsys):
    parts = files()
    assert list(parts) == MEMBERS
    assert parts[f"{ID}.yaml"] == Path("draft.yaml").read_bytes()
    assert parts["附件.docx"] == Path("annex.docx").read_bytes()
    verify = ["standards", "verify", "draft.yaml", "--against", "annex.docx", "-f", "md"]
    assert run(verify) == 0
    assert parts["核对表.md"].decode() == capsys.readouterr().out.replace("annex.docx", "附件.docx")
    assert run(["standards", "add", "a.zip"]) == 0
    said = capsys.readouterr().err
    assert "甲、乙 于 2025-03-01 核对" in said
    assert "包里的附件已重新比对" in said
    assert (own / f"{ID}.yaml").read_bytes() == parts[f"{ID}.yaml"]
    assert [path.name for path in own.iterdir()] == [f"{ID}.yaml"]


def test_the_same_inputs_give_the_same_bytes(signed: Path):
    assert run(["standards", "pack", "draft.yaml", "--annex", "annex.docx", "-o", "again.zip"]) == 0
    assert Path("again.zip").read_bytes() == Path("a.zip").read_bytes()


def test_without_an_annex_the_content_alone_is_checked(signed: Path, own: Path, capsys):
    assert run(["standards", "pack", "draft.yaml", "-o", "c.zip"]) == 0
    assert "没有附件" in capsys.readouterr().err
    assert run(["standards", "add", "c.zip"]) == 0
    assert "包里没有附件" in capsys.readouterr().err
    assert (own / f"{ID}.yaml").is_file()


def test_another_annex_than_the_signed_one_is_not_packed(signed: Path, capsys):
    word_groups(Path("other.docx"))
    with zipfile.ZipFile("other.docx", "a") as archive:
        archive.writestr("docProps/note.txt", "x")
    assert run(["standards", "pack", "draft.yaml", "--annex", "other.docx", "-o", "d.zip"]) == 2
    said = capsys.readouterr().err
    assert "pack-annex-differs" in said or "核对签字记的是" in said
    assert not Path("d.zip").exists()


def test_a_change_after_the_signature_is_said_everywhere(signed: Path, own: Path, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    Path("draft.yaml").write_text(text.replace("province: 3\n", "province: 4\n", 1), "utf-8")
    assert text != Path("draft.yaml").read_text("utf-8")
    assert run(["standards", "lint", "draft.yaml"]) == 0
    assert "verified-changed" in capsys.readouterr().out
    assert run(["standards", "pack", "draft.yaml", "--annex", "annex.docx", "-o", "d.zip"]) == 2
    assert "之后改过" in capsys.readouterr().err
    parts = files() | {f"{ID}.yaml": Path("draft.yaml").read_bytes()}
    del parts["核对表.md"], parts["附件.docx"]
    assert "之后改过" in refused(written(parts), own, capsys)


def test_layout_and_comments_are_no_change(signed: Path, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    Path("draft.yaml").write_text("# 说明\n\n" + text, "utf-8")
    assert run(["standards", "lint", "draft.yaml"]) == 0
    assert "verified-changed" not in capsys.readouterr().out


@pytest.mark.parametrize("name", MEMBERS[1:])
def test_one_byte_more_in_any_file_is_seen(signed: Path, own: Path, name: str, capsys):
    parts = files()
    changed = written(parts | {name: parts[name] + b"\n"}, agree=False)
    assert f"“{name}”与清单里的 SHA-256 不一致" in refused(changed, own, capsys)


def test_a_list_made_to_agree_does_not_help(signed: Path, own: Path, capsys):
    parts = files()
    table = parts["核对表.md"].replace("不同".encode(), "一致".encode())
    assert "不是这份标准与这份附件的核对表" in refused(written(parts | {"核对表.md": table}), own, capsys)
    with zipfile.ZipFile("annex.docx", "a") as archive:
        archive.writestr("docProps/note.txt", "x")
    other = parts | {"附件.docx": Path("annex.docx").read_bytes()}
    assert "不一致" in refused(written(other, agree=False), own, capsys)
    said = refused(written(other), own, capsys)
    assert "核对表" in said or "核对签字记的是" in said


@pytest.mark.parametrize(
    "name",
    ["../evil.yaml", "/evil.yaml", "sub/evil.yaml", "evil.yaml", "evil.py", "附件.pdf", "..\\evil.yaml"],
)
def test_files_that_do_not_belong_there(signed: Path, own: Path, name: str, capsys):
    for agree in (True, False):
        said = refused(written(files() | {name: b"id: evil\n"}, agree=agree), own, capsys)
        assert "标准包不能相信" in said
    assert not list(signed.rglob("evil*"))


@pytest.mark.parametrize("name", MEMBERS)
def test_a_file_that_is_missing(signed: Path, own: Path, name: str, capsys):
    parts = files()
    del parts[name]
    assert "标准包不能相信" in refused(written(parts, agree=False), own, capsys)


def test_bombs_are_refused_by_what_they_tell_and_by_what_they_hold(
    signed: Path, own: Path, monkeypatch, capsys
):
    parts = files() | {"清单.json": files()["清单.json"] + b" " * (packing.MAX_MANIFEST + 1)}
    assert "上限" in refused(written(parts, agree=False), own, capsys)
    # a directory that tells less than the member holds
    data = files()["核对表.md"]
    bomb = written(files() | {"核对表.md": data + b" " * (8 << 20)}, agree=False)
    raw = Path(bomb).read_bytes()
    told = (len(data) + (8 << 20)).to_bytes(4, "little")
    assert told in raw
    Path(bomb).write_bytes(raw.replace(told, len(data).to_bytes(4, "little")))
    assert "实际大小与目录不符" in refused(bomb, own, capsys)
    monkeypatch.setattr(packing, "MAX_PACK", 10)
    assert "上限" in refused("a.zip", own, capsys)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"not a zip", b"PK\x05\x06" + b"\0" * 18, b"[]", b"\xff" * 100]
)
def test_what_is_no_archive(signed: Path, own: Path, content: bytes, capsys):
    Path("b.zip").write_bytes(content)
    assert refused("b.zip", own, capsys)
    assert refused(written(files() | {"清单.json": content}, agree=False), own, capsys)


def test_a_cut_archive(signed: Path, own: Path, capsys):
    whole = Path("a.zip").read_bytes()
    for size in (len(whole) // 2, len(whole) - 1):
        Path("b.zip").write_bytes(whole[:size])
        assert refused("b.zip", own, capsys)


def test_a_draft_is_not_packed(signed: Path, capsys):
    assert run(["standards", "import", "annex.docx", "-o", "open.yaml", "--id", "open-2025"]) == 0
    assert run(["standards", "pack", "open.yaml", "-o", "e.zip"]) == 2
    assert "待定的行" in capsys.readouterr().err
    assert not Path("e.zip").exists()


def test_an_official_row_that_the_annex_does_not_have(signed: Path, capsys):
    text = Path("draft.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("verified:")]
    old = next(line for line in text.splitlines() if line.startswith("verified:"))
    moved = "\n".join(lines).replace("place: 表1 第3行", "place: 表9 第3行") + "\n"
    assert moved.count("表9 第3行") == 1
    unprinted = old.split(", content:")[0] + "}"  # signed by a version that knew no fingerprint
    at = moved.index("columns:")
    Path("draft.yaml").write_text(moved[:at] + unprinted + "\n" + moved[at:], "utf-8")
    assert run(["standards", "pack", "draft.yaml", "--annex", "annex.docx", "-o", "f.zip"]) == 2
    assert "在附件里找不到" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_spoken_of_as_a_pack(tmp_path, monkeypatch, capsys, data: bytes):
    monkeypatch.chdir(tmp_path)
    Path("bad.zip").write_bytes(data)
    assert run(["standards", "add", "bad.zip"]) == 2
    said = capsys.readouterr().err
    assert "bad.zip" in said
    assert "xlsx" not in said
