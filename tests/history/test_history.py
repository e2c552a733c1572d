"""Snapshots: the same twice, sealed, told apart by cause."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from equipcheck.checking.results import Finding
from equipcheck.history import files
from equipcheck.history.changes import Change, changes, money
from equipcheck.history.snapshot import Purchase, Snapshot, take
from equipcheck.history.trend import trend
from equipcheck.problems import InputError
from tests.section.reports import SEED, asset, finding, purchase, report, restore


def bureau(staff: int) -> dict[str, object]:
    return {"name": "示例区生态环境局", "level": "county", "staff": staff, "vehicles": 3}


def sound(required: int, counted: int, *, staff: int = 17, **more: object) -> Finding:
    rule = f"每8人1部；执法人员{staff}人 → {required}部"
    return finding(
        "sound-level", "声级计", ["sound_level_meter"], required, counted, unit="部", rule=rule, **more
    )  # type: ignore[arg-type]


def year(number: int, *rows: Finding, staff: int = 17, **more: object) -> Snapshot:
    purchases = more.pop("purchases", None)
    return take(report(rows, year=number, bureau=bureau(staff), **more), purchases)  # type: ignore[arg-type]


def only(before: Snapshot, now: Snapshot, *earlier: Snapshot) -> Change:
    (one,) = changes(before, now, earlier)
    return one


def why(one: Change) -> list[tuple[str, str, int]]:
    return [(each.what, each.why, each.units) for each in one.because]


# -- files ---------------------------------------------------------------------------------------------------------


def test_a_snapshot_reads_back_as_it_was_written(tmp_path: Path) -> None:
    snapshot = take(report(SEED))
    done = files.record(snapshot, tmp_path)
    assert done.path == tmp_path / "history" / "2023.yaml"
    assert files.read_all(tmp_path) == ((snapshot,), ())


def test_recording_twice_is_harmless(tmp_path: Path) -> None:
    assert files.record(take(report(SEED)), tmp_path).state == "new"
    before = (tmp_path / "history" / "2023.yaml").read_bytes()
    assert files.record(take(report(SEED)), tmp_path).state == "same"
    assert (tmp_path / "history" / "2023.yaml").read_bytes() == before
    assert [one.name for one in (tmp_path / "history").iterdir()] == ["2023.yaml"]


def test_another_result_of_the_same_year_replaces_nothing_unasked(tmp_path: Path) -> None:
    files.record(take(report(SEED)), tmp_path)
    other = take(report(SEED[:3]))
    with pytest.raises(InputError) as error:
        files.record(other, tmp_path)
    assert [one.code for one in error.value.problems] == ["snapshot-differs"]
    assert files.record(other, tmp_path, force=True).state == "replaced"
    assert files.read_all(tmp_path)[0] == (other,)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace('"held": 3', '"held": 4'),
        lambda text: text.replace("year: 2023", "year: 2023  # 改"),
        lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("checksum")),
    ],
)
def test_an_edited_snapshot_is_noticed(tmp_path: Path, edit: object) -> None:
    path = files.record(take(report(SEED)), tmp_path).path
    path.write_text(edit(path.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    snapshots, notes = files.read_all(tmp_path)
    assert len(snapshots) == 1
    assert [(one.code, one.ref) for one in notes] == [("snapshot-edited", "history/2023.yaml")]
    with pytest.raises(InputError) as error:
        files.record(take(report(SEED)), tmp_path)
    assert [one.code for one in error.value.problems] == ["snapshot-edited-kept"]


def test_a_checkout_with_windows_line_ends_keeps_the_seal(tmp_path: Path) -> None:
    path = files.record(take(report(SEED)), tmp_path).path
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert files.read_all(tmp_path)[1] == ()
    assert files.record(take(report(SEED)), tmp_path).state == "same"


def test_a_broken_snapshot_is_told_with_its_place(tmp_path: Path) -> None:
    path = files.record(take(report(SEED)), tmp_path).path
    text = path.read_text("utf-8").replace('"obligation": "required"', '"obligation": "must"', 1)
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        files.read_all(tmp_path)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.path) == ("bad-value", "history/2023.yaml")
    assert problem.place.line > 1


def test_a_file_holds_one_line_a_finding() -> None:
    text = files.to_text(take(report(SEED)))
    assert sum(line.startswith('  - {"requirement"') for line in text.split("\n")) == len(SEED)


# -- marks ---------------------------------------------------------------------------------------------------------


def test_new_open_closed_again() -> None:
    met, short = sound(2, 2), sound(2, 1)
    assert only(year(2021, met), year(2022, short)).mark == "new"
    assert only(year(2021, short), year(2022, short)).mark == "open"
    assert only(year(2021, short), year(2022, met)).mark == "closed"
    assert only(year(2022, met), year(2023, short), year(2021, short)).mark == "again"
    assert changes(year(2021, met), year(2022, met)) == ()


def test_optional_unrecorded_and_undecided_rows_are_never_open() -> None:
    rows = [
        finding("a", "甲", ["uav"], 1, obligation="optional"),
        finding("b", "乙", ["uav"], 1, status="unrecorded"),
        finding("c", "丙", ["uav"], None),
    ]
    assert changes(year(2022, *rows), year(2023, *rows)) == ()


# -- reasons -------------------------------------------------------------------------------------------------------


def test_growth_of_the_team_is_a_change_of_the_requirement() -> None:
    change = only(year(2022, sound(2, 2, staff=14), staff=14), year(2023, sound(3, 2)))
    assert (change.required_by, change.counted_by) == (1, 0)
    assert why(change) == [("requirement", "facts", 1)]
    assert change.because[0].text == "执法人员由14人变为17人，应配由2部增至3部"


def test_a_new_edition_is_told_apart_from_growth() -> None:
    now = sound(4, 2)._replace(rule="每5人1部；执法人员17人 → 4部")
    before = year(2023, sound(3, 2))
    change = only(before, year(2024, now, standard="enforcement-2024"))
    assert why(change) == [("requirement", "edition", 1)]


def test_a_row_that_an_edition_adds_or_drops() -> None:
    fid = finding("fid", "氢火焰离子化检测仪", ["fid_detector"], 1)
    added = only(year(2023), year(2024, fid, standard="enforcement-2024"))
    assert (added.mark, why(added)) == ("new", [("requirement", "edition", 1)])
    dropped = only(year(2023, fid), year(2024, standard="enforcement-2024"))
    assert (dropped.mark, why(dropped)) == ("closed", [("requirement", "edition", -1)])


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (sound(2, 2), sound(2, 1, out={"verification_expired": 1}), ("expired", 1)),
        (sound(2, 2), sound(2, 1, out={"broken": 1}), ("broken", 1)),
        (sound(2, 2), sound(2, 1, out={"pending_disposal": 1}), ("scrapped", 1)),
        (sound(2, 2), sound(2, 1, out={"lent_out": 1}), ("lent", 1)),
        (sound(2, 2), sound(2, 0), ("scrapped", 2)),
        (sound(2, 0), sound(2, 2), ("added", 2)),
        (sound(2, 0, out={"verification_expired": 2}), sound(2, 2), ("restored", 2)),
        (sound(2, 1), sound(2, 1, serviced=1), ("service", 1)),
    ],
)
def test_why_holdings_moved(before: Finding, now: Finding, reason: tuple[str, int]) -> None:
    assert why(only(year(2022, before), year(2023, now))) == [("holdings", *reason)]


def test_what_was_bought_is_told_from_what_came_otherwise_with_its_money() -> None:
    uses = [asset("sound_level_meter", counted=1, row=7), asset("sound_level_meter", counted=1, row=8)]
    purchases = {7: Purchase(dt.date(2023, 5, 6), 350_000), 8: Purchase(dt.date(2019, 1, 1), 100_000)}
    before = year(2022, sound(2, 0, actions=(purchase(2, 4000), restore(1, 300))))
    now = year(2023, sound(2, 2, assets=uses), purchases=purchases)
    assert why(only(before, now)) == [("holdings", "bought", 1), ("holdings", "added", 1)]
    spent = money(before, now)
    assert (spent.planned, spent.done, spent.unpriced) == (Decimal(8300), Decimal(3500), 0)


def test_the_parts_of_a_change_add_up() -> None:
    before = year(2022, sound(2, 1, staff=14), staff=14)
    change = only(before, year(2023, sound(4, 2)))
    assert change.gap_now - change.gap_before == change.required_by - change.counted_by


def test_the_trend_of_three_years() -> None:
    result = trend([year(2021, sound(2, 1)), year(2022, sound(2, 2)), year(2023, sound(2, 1))])
    assert [(step.before, step.now, [one.mark for one in step.changes]) for step in result.steps] == [
        (2021, 2022, ["closed"]),
        (2022, 2023, ["again"]),
    ]
    (line,) = result.lines
    assert [row.gap if row else None for row in line.rows] == [1, 0, 1]
