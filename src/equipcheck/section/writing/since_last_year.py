"""与上年相比: what closed, what opened and why, from last year's snapshot."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.history.changes import Change, Mark
from equipcheck.history.snapshot import Snapshot
from equipcheck.section.writing.blocks import Para, clean


def since(
    before: Snapshot, now: Snapshot, changed: Sequence[Change], trusts: Sequence[str]
) -> tuple[Para, ...]:
    """The paragraph of 与上年相比, of findings of these trusts."""
    ours = [one for one in changed if one.kind in trusts]
    was, is_ = _open(before, trusts), _open(now, trusts)
    last = "" if before.year == now.year - 1 else "（最近一次登记）"
    head = f"与{before.year}年{last}相比，"
    if not was and not is_:
        return (Para(f"{head}上述种类没有新增缺口。"),)
    if was == is_:
        lead = f"{head}有缺口的装备仍为{is_}种"
    else:
        lead = f"{head}有缺口的装备由{was}种{'减少' if is_ < was else '增加'}到{is_}种"
    parts = [lead]
    closed = _of(ours, "closed")
    if closed:
        parts.append(f"已补齐{_with_reasons(closed)}")
    for mark, word in (("new", "新增缺口"), ("again", "再次出现缺口")):
        rows = _of(ours, mark)  # type: ignore[arg-type]
        if rows:
            parts.append(f"{word}{_with_reasons(rows)}")
    still = _of(ours, "open")
    moved = [one for one in still if one.gap_now != one.gap_before]
    if moved:
        parts.append("、".join(f"{clean(one.name)}缺口由{one.gap_before}变为{one.gap_now}" for one in moved))
    same = [clean(one.name) for one in still if one.gap_now == one.gap_before]
    if same:
        parts.append(f"{'、'.join(same)}仍未补齐")
    text = "；".join(parts) + "。"
    if before.standard.id != now.standard.id:
        text += f"两年所用标准版本不同（{before.year}年为《{clean(before.standard.title)}》），增减含标准变化的影响。"
    return (Para(text),)


def _open(snapshot: Snapshot, trusts: Sequence[str]) -> int:
    return sum(row.open and row.kind in trusts for row in snapshot.findings)


def _of(changed: Sequence[Change], mark: Mark) -> list[Change]:
    return [one for one in changed if one.mark == mark]


def _with_reasons(rows: Sequence[Change]) -> str:
    """「声级计（检定或校准过期增加2部）」"""
    parts = []
    for one in rows:
        why = "，".join(clean(reason.text) for reason in one.because)
        parts.append(f"{clean(one.name)}（{why}）" if why else clean(one.name))
    return "、".join(parts)
