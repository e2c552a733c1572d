"""How good the matching is, on lists that name the right kind: see docs/matching.md for what each list is."""

from __future__ import annotations

import functools

import pytest

from equipcheck.catalogue.kinds import load_catalogue
from equipcheck.match.engine import judge_all
from equipcheck.match.judge import Row
from equipcheck.match.lexicon import load_lexicon
from equipcheck.match.lexicon.files import read_lexicon
from equipcheck.match.verdicts import Verdict
from tests.match.lists import BLIND, DEVELOPED, FOLDER, Case, Score, load, measure

LEXICON = load_lexicon(load_catalogue())
LISTS = (*((name,) for name in DEVELOPED), BLIND)


@functools.cache
def judged(names: tuple[str, ...]) -> list[tuple[Case, Verdict]]:
    cases = [case for name in names for case in load(FOLDER / name)]
    return list(zip(cases, judge_all([case.row for case in cases], LEXICON), strict=True))


def score(names: tuple[str, ...]) -> Score:
    cases, verdicts = zip(*judged(names), strict=True)
    return measure(cases, verdicts)


@pytest.mark.parametrize("names", LISTS)
def test_what_is_decided_without_asking_is_right(names: tuple[str, ...]):
    found = score(names)
    wrong = [
        (case.row.name, verdict.kind)
        for case, verdict in judged(names)
        if verdict.decision == "auto" and verdict.kind not in case.kinds
    ]
    assert len(wrong) <= 0.005 * found.decided, wrong


@pytest.mark.parametrize("names", LISTS)
def test_nearly_all_equipment_is_decided_and_the_right_kind_is_among_the_first_three(names: tuple[str, ...]):
    found = score(names)
    assert found.found >= 0.95 * found.equipment
    missed = [
        case.row.name
        for case, verdict in judged(names)
        if case.expect == "positive" and not case.kinds & {kind for kind, _ in verdict.suggestions[:3]}
    ]
    assert len(missed) <= 0.01 * found.equipment, missed


@pytest.mark.parametrize("names", LISTS)
def test_other_assets_are_seldom_asked_about(names: tuple[str, ...]):
    asked = [
        case.row.name
        for case, verdict in judged(names)
        if case.expect == "negative" and verdict.decision == "review"
    ]
    assert len(asked) <= 0.04 * score(names).others, asked


def test_most_names_that_cannot_be_told_are_asked_about_and_few_passed_over():
    """Of the blind lists: names that the people who labelled them could not tell either.

    Whoever labelled the later lists would ask about every bench instrument and every name of the
    catalogue that is wider than its kind (see docs/matching.md), so fewer of their names are asked about.
    """
    for lists, least in ((BLIND[:2], 0.75), (BLIND, 0.65)):
        open_ = [verdict.decision for case, verdict in judged(lists) if case.expect == "ask"]
        assert open_.count("review") >= least * len(open_)
        assert open_.count("none") <= 0.15 * len(open_)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("无人船", "usv"),
        ("执法船艇", "enforcement_boat"),
        ("执法记录仪采集工作站", "body_camera_station"),
        ("执法记录仪", "body_camera"),
        ("管道机器人", "pipe_robot"),
        ("暗管探测仪", "hidden_pipe_detector"),
        ("TC40暗管探测无人船(搭载水下侧扫声纳)", "usv"),
        ("一体机电脑", "desktop_computer"),
        ("打印复印一体机", "multifunction_printer"),
        ("激光测距望远镜", "rangefinder"),
        ("林格曼测烟望远镜", "smoke_blackness_meter"),
        ("双筒望远镜", "binoculars"),
        ("FLIR GF320红外热像仪", "gas_imaging_camera"),
        ("FLIR E8红外热像仪", "thermal_imager"),
        ("声级计校准器", "sound_calibrator"),
        ("照相机及镜头", "still_camera"),
    ],
)
def test_names_that_trap(name: str, kind: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert (verdict.kind, verdict.decision) == (kind, "auto")


@pytest.mark.parametrize("names", LISTS)
def test_a_question_always_comes_with_something_to_choose_from(names: tuple[str, ...]):
    asked = [(case.row.name, verdict) for case, verdict in judged(names) if verdict.decision == "review"]
    assert [name for name, verdict in asked if not verdict.suggestions] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("德图350", "flue_gas_tester"),
        ("哈希DR3900", "portable_spectrophotometer"),
        ("丰田9X", "enforcement_vehicle"),
        ("GoPro HERO10", "video_camera"),
    ],
)
def test_a_bare_brand_and_number_is_asked_about_with_what_the_brand_is_known_for(name: str, kind: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert verdict.decision == "review"
    assert verdict.suggestions[0][0] == kind


def test_a_name_of_which_nothing_is_known_still_has_suggestions():
    for several in (1, 100):
        assert all(one.suggestions for one in judge_all([Row("QQZZ")] * several, LEXICON))


@pytest.mark.parametrize(
    "name", ["声级计采购项目", "声级计2019年购", "声级计2019监测站", "2023年度采购项目-声级计"]
)
def test_when_and_how_a_thing_was_bought_does_not_change_what_it_is(name: str):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert (verdict.kind, verdict.decision) == ("sound_level_meter", "auto")
    (service,) = judge_all([Row("声级计检定服务采购项目")], LEXICON)
    assert service.decision == "none"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("一体机", {"desktop_computer", "multifunction_printer"}),
        ("照相机、摄像机", {"still_camera", "video_camera"}),
    ],
)
def test_names_of_several_things_are_asked_about(name: str, kinds: set[str]):
    (verdict,) = judge_all([Row(name)], LEXICON)
    assert verdict.decision == "review"
    assert kinds <= {kind for kind, _ in verdict.suggestions}


def test_evidence_names_the_words_that_spoke_and_those_that_ruled_out():
    ph, brand, fixed, part = judge_all(
        [Row("便携式酸碱度检测仪"), Row("声级计", "AWA6021A"), Row("氨氮在线监测仪"), Row("声级计防风罩")],
        LEXICON,
    )
    assert ph.evidence == ["“酸碱度”＋“检测仪”说明是酸度计"]
    assert brand.evidence == ["名称即目录中的“声级计”", "型号“awa6021”通常是声校准器"]
    assert brand.decision == "review"
    assert any("在线" in why for why in fixed.evidence)
    assert part.evidence == ["“防风罩”是附件、配件或耗材"]


def test_the_lexicon_is_written_in_the_spelling_that_it_is_looked_up_in():
    wrong = [word for word in LEXICON.words if LEXICON.spell(word).replace(" ", "") != word.replace(" ", "")]
    assert wrong == []


def test_no_two_lists_of_the_lexicon_say_different_things_of_a_word():
    wrong = []
    for text, word in LEXICON.words.items():
        if word.kinds and (
            word.ask or len(word.kinds) > 1 or word.roles & {"other", "part", "service", "project"}
        ):
            wrong.append((text, "a kind, and something else"))
        for kind in word.beside:
            if text in (*LEXICON.doubt.get(kind, ()), *LEXICON.excluded.get(kind, ())):
                wrong.append((text, "beside a kind, and against it"))
            if word.roles == {"attribute"}:
                wrong.append((text, "beside a kind, and an attribute of all"))
    assert wrong == []


def test_no_head_repeats_a_name_of_the_catalogue():
    rules = read_lexicon(load_catalogue()).rules
    twice = [
        (kind, head)
        for kind, one in rules.items()
        for head in one.heads.split()
        if LEXICON.exact.get(head, ("",))[0] == kind
    ]
    assert twice == []


def test_a_model_family_says_one_kind_and_enough():
    assert [family for family in LEXICON.models if len(family) < 2] == []
    assert [family for family, kinds in LEXICON.models.items() if len(kinds) > 1] == []
