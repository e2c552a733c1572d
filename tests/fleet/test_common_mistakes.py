"""What a fleet shares and has wrong is said once, and where it is; nothing that was given is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.cli import run
from tests.fleet.made import HEAD, bureau, fleet, ledger, rollup, write_csv


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]):
    """What a call that is refused says; nothing stands on stdout."""

    def call(*arguments: object) -> str:
        capsys.readouterr()
        assert run([str(one) for one in arguments]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        return err

    return call


def notes_of(result, code: str) -> list[str]:
    return [one["note"] for one in result["notes"] if one["code"] == code]


@pytest.fixture
def three(tmp_path: Path) -> Path:
    return fleet(tmp_path / "f", [bureau("a"), bureau("b"), bureau("c", 上级机构代码="p")])


def add(root: Path, text: str) -> Path:
    path = root / "fleet.yaml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return root


def test_a_standard_that_is_none_is_said_once(refused, three: Path):
    said = refused("rollup", three, "--standard", "enforcment-2020")
    assert said.count("enforcment-2020") == 1
    assert "enforcement-2020" in said
    (three / "own.yaml").write_text("id: [\n", "utf-8")
    path = three / "fleet.yaml"
    path.write_text(
        path.read_text("utf-8").replace("standard: enforcement-2020", "standard: own.yaml"), "utf-8"
    )
    assert "own.yaml" in refused("rollup", three)


def test_a_standard_of_one_bureau_that_is_none_is_that_bureaus(tmp_path: Path):
    root = fleet(tmp_path, [bureau("a", 标准=""), bureau("b", 标准="enforcment-2020")])
    result = rollup(root)
    assert [one["bureau"] for one in result["failed"]] == ["b"]


def test_a_service_for_a_row_that_no_standard_has(refused, three: Path):
    assert "uavv" in refused(
        "rollup", add(three, "services:\n  - {requirement: uavv, quantity: 1, how: pool}\n")
    )


@pytest.mark.parametrize("key", ["bureaus", "under"])
def test_a_service_for_a_bureau_that_nobody_knows(refused, three: Path, key: str):
    service = f"services:\n  - {{requirement: uav, quantity: 1, how: pool, {key}: [ZZ]}}\n"
    said = refused("rollup", add(three, service))
    assert "ZZ" in said
    assert key in said
    assert "fleet.yaml" in said


def test_a_service_for_a_parent_that_stands_in_no_row_of_its_own(three: Path):
    result = rollup(add(three, "services:\n  - {requirement: uav, quantity: 1, how: pool, under: [p]}\n"))
    assert not result["failed"]


def test_services_without_effect_are_said(three: Path):
    text = "services:\n  - {requirement: uav, quantity: 1, how: pool, until: 2022-01-01}\n"
    (said,) = notes_of(rollup(add(three, text)), "service-expired")
    assert "2022-01-01" in said


def test_decisions_of_nobody_are_said(three: Path):
    (three / "dec").mkdir()
    (three / "dec" / "a.yaml").write_text("matches: []\n", "utf-8")
    add(three, "decisions: dec\n")
    assert not notes_of(rollup(three), "fleet-decisions-unused")
    (three / "dec" / "zz.yaml").write_text("matches: []\n", "utf-8")
    (said,) = notes_of(rollup(three), "fleet-decisions-unused")
    assert "dec/zz.yaml" in said
    assert "a.yaml" not in said


def with_checks(root: Path) -> None:
    path = root / "fleet.yaml"
    both = "ledgers: [ledgers/*.csv, {path: 检定.csv, as: verification}]"
    path.write_text(path.read_text("utf-8").replace("ledgers: ledgers/*.csv", both), "utf-8")


@pytest.mark.parametrize("row", [("zz", "A1", "2024-06-30"), ("a", "A99", "2024-06-30")])
def test_a_check_that_fits_no_asset_is_said(three: Path, row: tuple[str, ...]):
    write_csv(three / "ledgers" / "a.csv", HEAD, [("A1", "声级计", 1, "在用", "2020-05-01", "")])
    with_checks(three)
    head = ("单位代码", "资产编号", "检定有效期至")
    write_csv(three / "检定.csv", head, [("a", "A1", "2024-06-30")])
    assert not notes_of(rollup(three), "check-astray")
    write_csv(three / "检定.csv", head, [("a", "A1", "2024-06-30"), row])
    (said,) = notes_of(rollup(three), "check-astray")
    assert row[1] in said
    assert "1 行" in said
    assert "检定.csv" in said


def test_the_table_given_beside_a_fleet_replaces_its_own_and_that_is_said(three: Path, tmp_path: Path):
    other = write_csv(tmp_path / "new.csv", ("机构代码", "级别", "人员数", "车辆数"), [("a", "县级", 99, 9)])
    result = rollup(three, "--bureaus", other)
    assert [one["code"] for one in result["by_bureau"]] == ["a"]
    assert result["by_bureau"][0]["staff"] == 99
    assert any("new.csv" in one for one in notes_of(result, "fleet-overridden"))


def test_a_table_that_is_not_there_or_none_or_of_no_use(refused, three: Path, tmp_path: Path):
    assert "nope.csv" in refused("rollup", three, "--bureaus", tmp_path / "nope.csv")
    assert "机构代码" in refused("rollup", three, "--bureaus", three / "ledgers" / "a.csv")
    project = tmp_path / "projects" / "one"
    write_csv(project / "台账.csv", HEAD, ledger("x"))
    (project / "equipcheck.yaml").write_text(
        "bureau: {code: x, level: county, staff: 9, vehicles: 1}\nledgers: 台账.csv\n", "utf-8"
    )
    assert "--bureaus" in refused("rollup", project.parent, "--bureaus", three / "bureaus.csv")


@pytest.mark.parametrize(
    ("code", "hint"), [("７", "007"), ("7", "007"), ("0A1", "a1"), ("0070", "007"), ("008", ""), ("1", "")]
)
def test_a_lost_code_is_asked_about_only_where_it_is_the_same_number_or_lacks_a_figure(
    tmp_path: Path, code: str, hint: str
):
    root = fleet(tmp_path, [bureau("007"), bureau("a1"), bureau("9")])
    rows = [(one, *row) for one in ("007", "a1", "9", code, "") for row in ledger(one, 2)]
    write_csv(root / "ledgers" / "全市.csv", ("单位代码", *HEAD), rows)
    why = {one["bureau"]: one["why"] for one in rollup(root)["failed"]}
    assert (f"是否为“{hint}”" in why[code]) if hint else ("是否为" not in why[code])
    assert "全市.csv#8" in why[code]
    assert "全市.csv#10" in why[""]


def test_checks_of_a_bureau_that_failed_are_not_said_to_fit_nothing(three: Path):
    with_checks(three)
    (three / "ledgers" / "c.csv").unlink()
    write_csv(three / "检定.csv", ("单位代码", "资产编号", "检定有效期至"), [("c", "A1", "2024-06-30")])
    result = rollup(three)
    assert [one["bureau"] for one in result["failed"]] == ["c"]
    assert not notes_of(result, "check-astray")


def test_a_code_with_another_digit_is_another_bureau(tmp_path: Path):
    root = fleet(tmp_path, [bureau("510104")])
    rows = [(code, *row) for code in ("510104", "510109") for row in ledger(code, 2)]
    write_csv(root / "ledgers" / "全市.csv", ("单位代码", *HEAD), rows)
    (root / "ledgers" / "510104.csv").unlink()
    (failed,) = rollup(root)["failed"]
    assert failed["bureau"] == "510109"
    assert "是否为" not in failed["why"]


def test_a_ledger_that_is_the_register_too_is_no_copy(three: Path):
    with_checks(three)
    for one in (three / "ledgers").iterdir():
        one.unlink()
    rows = [
        (code, f"A{at}", "声级计", 1, "在用", "2020-05-01", "2024-06-30") for at, code in enumerate("abc")
    ]
    write_csv(three / "ledgers" / "全市.csv", ("单位代码", *HEAD), rows)
    (three / "检定.csv").write_bytes((three / "ledgers" / "全市.csv").read_bytes())
    result = rollup(three)
    assert result["failed"] == []
    assert not notes_of(result, "fleet-copies")


def project(folder: Path, more: str = "") -> None:
    write_csv(folder / "台账.csv", HEAD, ledger(folder.name))
    bureau_ = f"bureau: {{code: {folder.name}, level: county, staff: 9, vehicles: 1}}\n"
    (folder / "equipcheck.yaml").write_text(f"{bureau_}ledgers: 台账.csv\n{more}", "utf-8")


def test_a_projects_service_for_a_row_that_its_standard_has_not_is_that_bureaus(tmp_path: Path):
    project(tmp_path / "x", "services:\n  - {requirement: uavv, quantity: 1, how: pool}\n")
    project(tmp_path / "y")
    result = rollup(tmp_path, "--as-of", "2023-12-31")
    assert [one["bureau"] for one in result["failed"]] == ["x"]
    assert [one["code"] for one in result["by_bureau"]] == ["y"]


def test_standards_that_are_none_each_in_its_way_are_each_bureaus_own(tmp_path: Path):
    root = fleet(tmp_path, [bureau("a", 标准="enforcment-2020"), bureau("b", 标准="enforcement-2202")])
    assert [one["bureau"] for one in rollup(root)["failed"]] == ["a", "b"]


def test_a_shared_service_without_effect_names_no_bureau(three: Path):
    text = "services:\n  - {requirement: uav, quantity: 1, how: pool, until: 2022-01-01}\n"
    (said,) = [one for one in rollup(add(three, text))["notes"] if one["code"] == "service-expired"]
    assert said.get("ref") is None


def test_a_fleet_of_one_bureau_with_a_standard_that_is_none_is_refused(refused, tmp_path: Path):
    root = fleet(tmp_path, [bureau("a")])
    path = root / "fleet.yaml"
    path.write_text(path.read_text("utf-8").replace("enforcement-2020", "enforcment-2020"), "utf-8")
    assert "enforcment-2020" in refused("rollup", root)


def test_a_projects_waiver_that_is_over_is_said_of_it(tmp_path: Path):
    project(tmp_path / "x", "waivers:\n  - {requirement: uav, reason: 无, until: 2022-01-01}\n")
    notes = {one["code"]: one["ref"] for one in rollup(tmp_path, "--as-of", "2023-12-31")["notes"]}
    assert notes.get("waiver-expired") == "x"
