"""The standard that a draft names: is it the edition in force in the year reported on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from equipcheck.checking.results import Report
from equipcheck.section.drafts.sentences import Sentence
from equipcheck.section.drafts.statements.words import either
from equipcheck.section.drafts.verdicts.judged import Judged, Verdict
from equipcheck.standard.load import Edition, editions

_TITLE = re.compile(r"《(?P<title>[^《》]{4,80})》\s*(?:[(](?P<after>[^()]{2,40})[)])?")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[(【]?(?:19|20)\d\d[〕\])】]\s*第?\d+号")
_YEAR = re.compile(r"((?:19|20)\d\d)年?版")
_STATED_YEAR = re.compile(r"(20\d\d)年(?!版|以来|起|至今|标准)")
_GOES_BY = re.compile(
    "对照|对标|按|依据|根据|执行|落实|参照|符合|达到|对应|依照|遵照|采用|适用|遵循|以|满足|贯彻"
)
_OTHERS_SAY = re.compile("(?:专家|与会|学者|代表|委员|媒体|群众)[^。;]{0,8}(?:认为|指出|提出|表示|建议)")
_OF_EQUIPMENT = re.compile("装备|配备|必配|选配|指导标准")
_LOOSE = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?版[^,。;]{0,24}?标准|装备[^,。;《》]{0,16}?标准[^,。;《》]{0,6}?(?P<after>(?:19|20)\d\d)年?版"
)


@dataclass(frozen=True, slots=True)
class Known:
    """The edition used, the one in force on the day, and all that are known of the family."""

    used: Edition
    current: Edition
    all: tuple[Edition, ...]
    between: bool  # the year in which one edition gave way to the next, on a day that is not known


def known_editions(report: Report) -> Known:
    """The editions of the family of the standard used, as of the report's day."""
    one = report.standard
    shipped = [each for each in editions() if each.family == one["family"]]
    used = next((each for each in shipped if each.id == one["id"]), None)
    if used is None:
        used = Edition(one["id"], one["family"], one["title"], one["document"], None, year_only=False)
    started = [each for each in shipped if each.start is not None and each.start <= report.as_of]
    current = started[-1] if started and used in shipped else used
    between = bool(current.start and current.year_only and current.start.year == report.as_of.year)
    return Known(used, current, tuple(shipped) or (used,), between)


def judge_standards(sentence: Sentence, known: Known, year: int) -> list[Judged]:
    """The claims of a sentence about the standard; titles that are no equipment standard are left alone."""
    text = sentence.folded
    titled = [match for match in _TITLE.finditer(text) if _concerns(match["title"], known)]
    stated = [
        _stated(match)
        for match in titled
        if not _of_the_past(text[: match.start()], year) and _used(text, match.start())
    ]
    loose = [match for match in _LOOSE.finditer(text) if not any(_overlap(match, one) for one in titled)]
    if _OF_EQUIPMENT.search(text):
        stated += [(match["year"] or match["after"], None) for match in loose if _used(text, match.start())]
    if not stated:
        numbers = [match[0] for match in _NUMBER.finditer(text)]
        stated = [
            (None, _squash(one)) for one in numbers if any(_same_number(e.document, one) for e in known.all)
        ]
    judged = [_verdict(edition, number, known, year) for edition, number in stated]
    return [Judged(None, None, "standard", *each) for each in dict.fromkeys(judged)]


def _stated(match: re.Match[str]) -> tuple[str | None, str | None]:
    """The edition's year and the document number that stand in a title or in brackets after it."""
    after = match["after"] or ""
    number = _NUMBER.search(after)
    return _year_of(match["title"] + after), _squash(number[0]) if number else None


def _used(text: str, at: int) -> bool:
    """Whether the draft says that it goes by the standard: telling of its issue or its contents is no claim."""
    clause = re.split("[;。]", text[:at])[-1]
    return _GOES_BY.search(clause) is not None and _OTHERS_SAY.search(clause) is None


def _of_the_past(before: str, year: int) -> bool:
    """Whether a title stands under an earlier year: 「2022年为《…》」."""
    clause = re.split("[,;。(]", before)[-1]
    return any(int(found[1]) < year for found in _STATED_YEAR.finditer(clause)) or bool(
        re.search(either(("time", "past")), clause)
    )


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _verdict(stated: str | None, number: str | None, known: Known, year: int) -> tuple[Verdict, str]:
    by_number = next((each for each in known.all if _same_number(each.document, number)), None)
    meant = next((each for each in known.all if stated is not None and _year_of(each.title) == stated), None)
    if meant is None and stated is None:
        meant = by_number or (known.current if number is None else None)
    in_force = f"{year}年适用的是《{known.current.title}》"
    if meant is None:
        if stated is None:
            return "unknown", f"文号与已知版本都对不上；{in_force}"
        return "contradicts", f"没有见到{stated}年版；{in_force}"
    if number is not None and meant.document is not None and not _same_number(meant.document, number):
        return "contradicts", f"《{meant.title}》的文号是{meant.document}"
    if meant == known.current:
        document = "" if meant.document or not number else "（文号未查到，未核对）"
        unstated = "" if stated or number else "，文中未写版本"
        return "agrees", f"{in_force}{document}{unstated}"
    if meant == known.used and known.between:
        return "agrees", f"所用标准即此版；{known.current.title}于{year}年施行，具体日期不详"
    return "contradicts", f"《{meant.title}》不是{year}年适用的版本；{in_force}"


def _concerns(title: str, known: Known) -> bool:
    """Whether a title is one of the family's, under its full or a shortened name."""
    bare = _bare(title)
    titles = [_bare(each.title) for each in known.all]
    return any(one in bare or (len(bare) >= 8 and bare in one) for one in titles)


def _bare(title: str) -> str:
    return re.sub(r"[(（][^()（）]*[)）]|(?:19|20)\d\d年?版|[\s《》]", "", title)


def _year_of(text: str) -> str | None:
    found = _YEAR.search(text)
    return found[1] if found else None


def _squash(number: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff\d]", "", number)


def _same_number(document: str | None, number: str | None) -> bool:
    return document is not None and number is not None and _squash(number).endswith(_squash(document))
