"""What is open to a year: gaps as it begins, what lapses in its course, and units whose validity is not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from equipcheck.checking.results import Finding, Priority
from equipcheck.plan.ladder import dealt_with, ladder, within_quota
from equipcheck.plan.laws import cite
from equipcheck.plan.lines import Open
from equipcheck.plan.means import Means
from equipcheck.plan.priority import rank, trait
from equipcheck.plan.progress import Progress, ending, split_sure
from equipcheck.plan.restore import Span, narrow_first, returning, uncertain
from equipcheck.plan.step import Source, Step


@dataclass(frozen=True, slots=True)
class Stand:
    """How a bureau stands when a budget year begins, had nothing been planned, and when it has ended."""

    year: int
    day: dt.date
    findings: tuple[Finding, ...]
    ceiling: bool = False
    ending: tuple[Finding, ...] | None = None  # None: nothing lapses in the year

    @property
    def ended(self) -> tuple[Finding, ...]:
        """The findings when the year has ended."""
        return self.findings if self.ending is None else self.ending


@dataclass(frozen=True, slots=True)
class Opening:
    """Steps that a year can take, in order of rank, and those that wait for a price, a quota or a ledger."""

    open: tuple[Open, ...]
    held_back: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A requirement with something to do in a year; `finding` has what is open at the year's end as its gap."""

    place: int
    finding: Finding
    steps: tuple[Step, ...]


def waived(one: Finding, year: int) -> bool:
    """Whether a waiver keeps a row out of a year: one that has ended before it begins does not."""
    return one.waiver is not None and one.waiver.in_force and one.waiver.until >= dt.date(year, 1, 1)


def plannable(one: Finding, *, with_optional: bool) -> bool:
    """Whether a row is planned at all: what is optional only when it was asked for."""
    return bool(one.kinds) and (one.obligation == "required" or with_optional)


def opening(
    stand: Stand,
    means: Means,
    progress: Progress,
    first: Mapping[str, Priority],
    dear: Mapping[str, Decimal],
    *,
    with_optional: bool,
) -> Opening:
    """What is open to a year. `first`: the report's priorities; `dear`: what the year's money did not reach."""
    rows = list(_rows(stand, means, progress, dear, with_optional=with_optional))
    known = _priorities(stand, means, first, rows)
    rows.sort(key=lambda row: _order(row, known[row.finding.requirement]))
    open_: list[Open] = []
    held_back: list[Open] = []
    for place, row in enumerate(rows):
        one = row.finding
        reported = first.get(one.requirement)
        for step in row.steps:
            line = Open(
                step,
                place,
                known[one.requirement],
                None if reported is None else reported.rank,
                one.required or 1,
                one.source.kind == "attested",
            )
            if step.blocked is not None:
                held_back.append(line)
                continue
            within, beyond = _within_quota(line, means, progress)
            held_back += [beyond] if beyond else []
            if within is not None:
                (open_ if _payable(within.step) else held_back).append(within)
    return Opening(tuple(open_), tuple(held_back))


def _payable(step: Step) -> bool:
    """A restore is never put off for want of a price; what must be bought waits for one."""
    return step.cost is not None or step.action == "restore"


def _rows(
    stand: Stand, means: Means, progress: Progress, dear: Mapping[str, Decimal], *, with_optional: bool
) -> Iterator[_Row]:
    """Every requirement with something to do, in the standard's order."""
    ends = {one.requirement: one for one in stand.ended}
    planned = [
        one
        for one in stand.findings
        if plannable(one, with_optional=with_optional) and not waived(one, stand.year)
    ]
    steps = _steps(planned, ends, stand, means, progress, dear)
    sure = split_sure(stand.ended, progress.sure(stand.year))
    for place, start in enumerate(planned):
        name = start.requirement
        end = ends[name]
        found = steps[name]
        if not stand.ceiling and end.required is not None:
            unsure = uncertain(end, means, sure[name], stand.day)
            found += [_once_more(step, progress) for step in unsure]
        if found:
            yield _Row(place, end._replace(gap=_still_open(start, end, progress, stand.year)), tuple(found))


def _still_open(start: Finding, end: Finding, progress: Progress, year: int) -> int:
    """What is missing when a year has ended, had nothing been done in it."""
    return max(0, max(start.gap, end.gap) - progress.active(start.requirement, year))


def _steps(
    planned: Sequence[Finding],
    ends: Mapping[str, Finding],
    stand: Stand,
    means: Means,
    progress: Progress,
    dear: Mapping[str, Decimal],
) -> dict[str, list[Step]]:
    """By requirement, the steps for what is open as the year begins, then for what opens in its course."""
    year = stand.year
    span = Span(stand.day, dt.date(year, 12, 31))
    now = {one.requirement: max(0, one.gap - progress.active(one.requirement, year - 1)) for one in planned}
    steps: dict[str, list[Step]] = {name: [] for name in now}
    restored: Mapping[Source, int] = progress.restored
    back = returning(stand.findings)
    for one in narrow_first(planned):
        name = one.requirement
        if now[name]:
            before = replace(progress.before(name, year - 1, restored), dear=dear.get(name))
            found = ladder(one, means, gap=now[name], before=before, back=back[name], span=span)
            steps[name] = [step for step in found if step.role == "gap"]
            restored = dealt_with(steps[name], restored)
    back = returning(stand.ended)
    for one in narrow_first(planned):
        name = one.requirement
        lapsing = _still_open(one, ends[name], progress, year) - now[name]
        lapsing += sum(brought.units for brought in ending(steps[name], year))
        if lapsing > 0:
            before = progress.before(name, year, restored, steps[name])
            before = replace(before, dear=dear.get(name))
            later = ladder(
                ends[name], means, gap=lapsing, before=before, since=stand.day, back=back[name], span=span
            )
            renewed = [step for step in later if step.role == "renew"]
            restored = dealt_with(renewed, restored)
            steps[name] += renewed
    return steps


def _once_more(step: Step, progress: Progress) -> Step:
    """Units that the plan has had verified before: this time their date is known."""
    known = [progress.secured[source] for source, _ in step.sources]
    if not all(known):
        return step
    ends = {one.until for held in known for one in held[-1:]}
    until = ends.pop() if len(ends) == 1 else None
    when = "当年" if until is None else f"预计 {until} "
    because = f"上次登记或送检的有效期{when}届满，届满前再次送检（{cite('no-unverified')}）"
    return replace(step, because=because, due=until)


def _order(row: _Row, priority: Priority) -> tuple[bool, bool, Decimal, int]:
    one = row.finding
    return one.source.kind != "attested", one.obligation != "required", -priority.score, row.place


def _priorities(
    stand: Stand, means: Means, first: Mapping[str, Priority], rows: Sequence[_Row]
) -> dict[str, Priority]:
    """The report's priorities; what opened later is scored as it stands."""
    fresh = [row for row in rows if row.finding.requirement not in first]
    settings = means.settings
    late = rank([trait(row.finding, row.steps, settings, stand.day) for row in fresh], settings.weights)
    return dict(first) | late


def _within_quota(one: Open, means: Means, progress: Progress) -> tuple[Open | None, Open | None]:
    """The part of a step that the vehicle quota still allows, and the part beyond it."""
    within, beyond = within_quota(one.step, means, progress.quota_left(means))
    if within is not None and within is not one.step and within.cost is not None:
        progress.vehicles += within.quantity
    return (
        replace(one, step=within) if within else None,
        replace(one, step=beyond) if beyond else None,
    )
