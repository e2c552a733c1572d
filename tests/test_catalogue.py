"""The catalogue: the shipped kinds, what a project may add, and clashes."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.catalogue.spelling import fold, key
from equipcheck.ground.frames import KINDS
from equipcheck.problems import InputError


def write(folder: Path, text: str, name: str = "own.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def codes(error: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_the_shipped_catalogue_has_every_kind_with_its_facts():
    catalogue = load_catalogue()
    assert len(catalogue.kinds) == 116
    storage = catalogue.kinds["vehicle_sample_storage"]
    assert storage.name == "车载样品保存设备"
    assert "车载冰箱" in storage.aliases
    assert storage.unit == "套"
    assert storage.price is not None
    assert storage.price.low < storage.price.typical < storage.price.high
    assert [kind.id for kind in catalogue.kinds.values() if kind.fact == "vehicles"] == [
        "enforcement_vehicle",
        "offroad_vehicle",
    ]
    assert all(catalogue.kinds[kind].quota for kind in ("enforcement_vehicle", "emergency_vehicle"))
    assert catalogue.kinds["safety_helmet"].off_ledger
    assert not catalogue.kinds["scba"].off_ledger


def test_a_cycle_that_rests_on_memory_says_so_and_no_fee_is_invented():
    for kind in load_catalogue().kinds.values():
        if kind.metrology.mode != "none":
            assert kind.metrology.months == 12
            assert "按12个月估算" in (kind.metrology.basis or "")
        assert kind.metrology.fee is None
        if kind.price is not None:
            assert "工作估价" in kind.price.basis


def test_frame_says_what_assessing_needs():
    frame = load_catalogue().frame()
    KINDS.check(frame)
    rows = {row["kind"]: row for row in frame.to_dicts()}
    assert rows["sound_level_meter"] == {
        "kind": "sound_level_meter",
        "metrology": True,
        "months": 12,
        "off_ledger": False,
    }
    assert rows["body_camera"]["metrology"] is False
    assert rows["gas_mask"]["off_ledger"] is True


def test_a_project_adds_kinds_aliases_and_groups(tmp_path: Path):
    own = write(
        tmp_path,
        "kinds:\n"
        "  - {id: snow_sampler, name: 积雪采样器, aliases: [雪样采集器], unit: 台}\n"
        "  - {id: old_sampler, name: 旧式积雪采样器, replaced_by: snow_sampler}\n"
        "aliases: {uav: [云雀一号]}\n"
        "groups: [{name: 冰雪监测设备, kinds: [snow_sampler, uav]}]\n",
    )
    catalogue = load_catalogue([own])
    assert catalogue.name("snow_sampler") == "积雪采样器"
    assert catalogue.resolve("old_sampler") == "snow_sampler"
    assert catalogue.resolve("uav") == "uav"
    assert "云雀一号" in catalogue.kinds["uav"].aliases
    assert catalogue.groups[-1].kinds == ("snow_sampler", "uav")
    with pytest.raises(KeyError):
        catalogue.resolve("nothing")


def test_a_bare_list_of_kinds_is_a_catalogue_file(tmp_path: Path):
    own = write(tmp_path, "- {id: snow_sampler, name: 积雪采样器}\n")
    assert "snow_sampler" in load_catalogue([own]).kinds


def test_a_clash_names_both_places(tmp_path: Path):
    own = write(tmp_path, "- {id: my_meter, name: 噪声计量表, aliases: [聲級計]}\n")
    with pytest.raises(InputError) as error:
        load_catalogue([own])
    (problem,) = error.value.problems
    assert problem.code == "name-clash"
    assert (problem.place.path, problem.place.line) == (str(own), 1)
    assert "sound_level_meter" in problem.message
    assert "catalogue/physical.yaml" in problem.message


def test_an_id_of_the_shipped_catalogue_is_not_given_twice(tmp_path: Path):
    own = write(tmp_path, "- {id: uav, name: 某种飞行器}\n")
    with pytest.raises(InputError) as error:
        load_catalogue([own])
    assert codes(error) == ["duplicate-kind"]
    assert "catalogue/evidence.yaml" in str(error.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path):
    own = write(
        tmp_path,
        "kinds:\n"
        "  - {id: a1, name: 甲种仪器, replaced_by: gone_kind}\n"
        "  - {id: b1, name: 声级计}\n"
        "aliases: {uaw: [某机]}\n",
    )
    with pytest.raises(InputError) as error:
        load_catalogue([own])
    assert sorted(codes(error)) == ["name-clash", "unknown-kind", "unknown-kind"]
    assert "是否为“uav”" in str(error.value)


def test_replaced_by_must_come_to_an_end(tmp_path: Path):
    own = write(
        tmp_path, "- {id: a1, name: 甲种仪器, replaced_by: b1}\n- {id: b1, name: 乙种仪器, replaced_by: a1}\n"
    )
    with pytest.raises(InputError) as error:
        load_catalogue([own])
    assert codes(error) == ["kind-circle", "kind-circle"]


def test_one_spelling_for_names():
    assert fold("便携式 烟气分析仪（进口）") == "便携式烟气分析仪(进口)"
    assert fold("ＰＩＤ 檢測儀") == "pid检测仪"
    assert fold(" 大疆 Phantom  4 RTK ") == "大疆phantom 4 rtk"
    assert key("X、γ 剂量率仪") == key("X-γ剂量率仪") == "xγ剂量率仪"
