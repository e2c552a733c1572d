"""A clause with masked names, cut into tokens: names, turns, numbers, words of time and of whose, and what is left.

What no pattern fits is a token of its own (`unread`): a reader that meets one between a name, its turn and its
number has not understood the clause.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from equipcheck.section.drafts.statements import numbers
from equipcheck.section.drafts.statements.numbers import Number
from equipcheck.section.drafts.statements.turns import ALL, NAME, TITLE, TURN_PATTERNS, VOID, Turn
from equipcheck.section.drafts.statements.words import any_of, either, words

Sort = Literal[
    "several", "denies",
    "name", "void", "title", "turn", "number", "fact", "rule", "change", "join", "each", "apart", "part",
    "ours", "theirs", "unsure", "act_on", "made_to", "inspected", "past", "now", "coming", "soon", "done",
    "condition", "beside", "filler", "unread", "of", "year", "listed", "aside", "some", "hedge", "area", "report",
    "kinds", "supposed", "parts", "heads",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a clause; `order` is the place of a name among the clause's names."""

    sort: Sort
    text: str
    at: int
    turn: Turn | None = None
    number: Number | None = None
    fact: str | None = None
    rate: str | None = None
    order: int = -1


_BODY = r"(?:(?![的了未没不有配缺购和及与对为将把由向])[\u4e00-\u9fff])"
_COUNT = "[约近仅]?[\\d一二两三四五六七八九十]"
_OURS = (
    rf"(?!某|邻|兄弟|其他|别的|外[省市县区地]|他[省市县区]){_BODY}{{0,8}}?"
    "(?:(?:生态环境|环境|环保)(?:保护)?(?:综合行政)?(?:执法|监察)?(?:分局|支队|大队|局(?!面)))+"
)
_HOME = (
    "(?<![省部邻他外])(?:本|我)?[县市区旗州盟]?(?:生态环境|环境保护|环保)(?:分局|局(?!面))"
    "(?:(?:生态)?(?:环境)?(?:综合行政)?(?:执法|监察)(?:大队|支队|中队))?"
)
_ORGANISED = (
    rf"{_BODY}{{1,8}}?(?:有限公司|股份公司|公司|加油站|检测站|监测站|监测中心|研究院|研究所|派出所"
    "|厂|镇政府|乡政府)"
)
_YEAR = (
    r"(?P<year>20\d\d)年(?!版|以来|起|至今|标准|度?法治)(?!.{0,4}相比)"
    r"(?:度|底|末|[上下]半年|\d+月(?:底|末|\d+日)?|内|间|全年|年底)?"
)
_DATE = (
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初|末|中旬|上旬|下旬)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?"
    r"(?:以来|起|前后)?(?:上午|下午|晚)?"
)
_MONEY = (
    r"(?:(?:共|累计|先后|总计|总)?(?:投入|投资|安排|落实|自筹|列支|花费|花|斥资|耗资|挤出|使用|专项|财政|上级|中央|省级|预算|经费|资金|总价|单价"
    r"|价值|合同价|合同金额|金额|共计|达)*(?:了|为|约|近)?)"
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?:余|多)?(?:百|千)?(?:余|多)?万?(?:余|多)?元(?:左右|以上)?的?"
    r"(?:财政|专项|装备|购置|预算)*(?:资金|经费|投资)?"
)
_FOR_STAFF = (
    r"(?:为|给)(?:全局|我局|本局|各|每名|每位|全体|全部|所有|\d+名|一线|在编|在岗|基层|现场|专职|外勤)*"
    r"(?:执法|帮扶|监察|检查|外勤|巡查|现场)*(?:人员|队员|干部|队伍)(?=(?:已|均|都|全部|统一|足额|集中)*[配购添装发])"
)
_PURPOSE = (
    f"针对[^,;:。{NAME}{ALL}{VOID}{TITLE}企]{{1,16}}?(?:问题|需要|需求|实际|情况|现象|短板|难题|特点|困难)"
    f"|[受因由于]{{1,2}}[^,;:。{NAME}{ALL}{VOID}{TITLE}企]{{1,10}}?(?:所限|限制|制约|影响|约束|等?原因)"
    "|派驻(?:园区|乡镇|街道|开发区|高新区|工业园区?|化工园区?|基层|现场|一线|[、和])+的"
)
_SOMEONE = (
    r"某些?(?:(?![未没不有配缺])[\u4e00-\u9fff]){0,6}?"
    "(?:公司|企业|厂|局|站|所|院|队|县|市|区|镇|乡|村|单位|机构|部门|中心|集团|园)|某"
)
_SPAN = (
    r"(?<![\d第])(?:长达|近|已|超过|超|逾)?(?:\d{1,2}|[一两二三四五六七八九十半数]{1,3})(?:余|多)?(?:年|个月|天|周)"
    r"(?:多|余|以上|之久|左右)?(?![前底度初内版末级份后])"
)
_STAFF = r"\d+(?:余|多)?(?:名|位|人(?!次|一|/))(?:一线|在编|在岗|持证|新录用|新进|新招录)*(?:执法人员|执法队员|队员|人员|干部|干警|同志)?(?!同志)"
_KINDS = r"\d+(?:余|多)?[项种类款](?:以上)?"
_PARTS = r"[一二三四五六七八九十]{1,2}(?:中队|大队|分队|科|组)|各(?:基层|一线|执法|直属|派出|监察|镇|乡镇|街道|[(]街道[)]){0,3}(?:中队|大队|小组|检查组|执法组|组|分队|环保所|科室)"
_AMONG = r"各[\u4e00-\u9fff]{0,4}?(?:中队|大队|支队|小组|检查组|执法组|组|分局|分队|县区|县|区(?!别)|所|科室)|县区|区县"
_PART = (
    f"其中有?|当中|中有?(?={_COUNT})|有(?={_COUNT}+[台套部架辆件只个])"
    "(?=.{1,12}(?:过期|到期|超期|损坏|故障|报废|停用|在有效期|可用|正常))"
)
_DENIES = "(?:并|已|也|都)?(?:不存在|不再有|不再存在)|(?:并|还|尚)?(?:未出现|未发现|没有出现|没有发现|未见|没有存在)"
_SUMMED_UP = (
    r"等(?:(?![未没不缺配购有已均都])[\u4e00-\u9fff]){0,8}?(?:装备|设备|仪器|器材|工具|车辆)(?:仪器|设备)?"
    r"|等(?:共|合计)?[\d一二三四五六七八九十]*[种类项款]?(?:装备|设备|仪器|器材|仪器设备|执法装备)?"
)


def _yardstick(bodies: str) -> str:
    """「低于国家标准要求」「与省厅标准化建设要求有差距」: others whose standard we are held to, and no more."""
    demand = f"(?:{bodies})[^{NAME}{ALL},;。]{{0,14}}?(?:标准要求|标准|要求|规定|规范)"
    short = f"(?:与|离|距离?|较){demand}(?=[^,;。]{{0,8}}(?:差距|距离|不符|不相|相比))"
    return f"{short}|(?:低于|不及|达不到|未达到?|不符合){demand}"


_NAMES = re.compile(f"[{NAME}{ALL}]")


@functools.cache
def _pattern() -> re.Pattern[str]:
    """One pattern for every token, in the order in which they win at a place."""
    fields = either(("whose", "fields"))
    parts = [
        f"(?P<name>[{NAME}{ALL}])",
        f"(?P<void>{VOID})",
        f"(?P<someone>{_SOMEONE})",
        f"(?P<background>{either(('whose', 'background'))})",
        f"(?P<inspected>{either(('whose', 'inspected'))})",
        f"(?P<yardstick>{_yardstick(either(('whose', 'unsure')))})",
        _YEAR,
        f"(?P<date>{_DATE})",
        f"(?P<money>{_MONEY}|核定(?:编制)?(?:数量?)?为?{numbers.DIGITS}{numbers.UNIT})",
        f"(?P<everyone>{numbers.PER_FACT_ALL})(?=[{NAME}]|{numbers.DIGITS}{numbers.UNIT}?{NAME})",
        f"(?P<staffed>{_FOR_STAFF})",
        f"(?P<purpose>{_PURPOSE})",
        f"(?P<delta>(?:较|比|与)(?:去年|上年度?|往年|年初)(?:同期|底|末)?(?:相比)?(?:净?增加?|减少|多|少)了?{numbers.DIGITS}{numbers.UNIT}|(?:净增|减少)了?{numbers.DIGITS}{numbers.UNIT})",
        f"(?P<span>{_SPAN})",
        f"(?P<head_count>{_STAFF})",
        f"(?P<rule>{numbers.RULE})",
        f"(?P<fact>{numbers.PER_FACT})",
        f"(?P<several>{numbers.PER_SEVERAL})",
        f"(?P<parts>{_PARTS})",
        f"(?P<among>{_AMONG})",
        rf"(?P<elsewhere>{fields}[\u4e00-\u9fff]{{0,6}}?(?:部门|机构|局|支队|大队|中队|队|委|人员|执法)(?!法))",
        f"(?P<supposed>^(?:如|若)(?=[^{NAME}{ALL}:,、下前同期实今此何干]))",
        f"(?P<example>^[如若](?=[{NAME}{ALL}\\d]))",
        "(?P<compared>[与同比较](?:去年|上年|上年度|往年)(?:同期)?(?:相比|持平|相同|一致|比)?)",
        "(?P<since>(?:去年|上年|前年|20\\d\\d年|[一二三四五六七八九十]+月)(?:底|末|初)?(?:以来|起|至今))",
        f"(?P<change>{numbers.CHANGE})",
        f"(?P<part>{_PART})",
        "|".join(f"(?P<t{index}>{pattern})" for index, (_, pattern) in enumerate(TURN_PATTERNS)),
        f"(?P<number>{numbers.NUMBER})",
        f"(?P<kinds>{_KINDS})",
        numbers.BARE,
        numbers.BARE_CHINESE,
        f"(?P<title>{TITLE})",
        f"(?P<denies>{_DENIES})",
        "(?P<apart>分别|依次)",
        "(?P<each>各(?:自|配|有|为)?(?![类种项级地县区])|均为|每[种类项](?:均|各)?|同为)",
        f"(?P<listed>{_SUMMED_UP})",
        f"(?P<home>{_HOME})",
        f"(?P<word>{any_of(_sorts())})",
        '(?P<quoted>[“"‘][^“”"‘’\ue000-\ue004]{1,12}[”"’])',
        f"(?P<ours>{_OURS})",
        f"(?P<organised>{_ORGANISED})",
        "(?P<filler>[\\s\"'“”‘’·()\\[\\]])",
    ]
    return re.compile("|".join(parts))


@functools.cache
def _sorts() -> Mapping[str, Sort]:
    """What each word of the vocabulary is; the longest that fits at a place wins."""
    found: dict[str, Sort] = dict.fromkeys(("、", "和", "及", "与", "以及"), "join")
    found["的"] = "of"
    for sort, path in _LISTS:
        for word in words(*path):
            found.setdefault(word, sort)
    return found


_LISTS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    ("condition", ("condition",)),
    ("area", ("area",)),
    ("unsure", ("whose", "unsure")),
    ("theirs", ("whose", "theirs")),
    ("ours", ("whose", "ours")),
    ("past", ("time", "past")),
    ("now", ("time", "now")),
    ("coming", ("time", "coming")),
    ("soon", ("time", "plan")),
    ("soon", ("time", "soon")),
    ("done", ("time", "done")),
    ("beside", ("beside",)),
    ("act_on", ("whose", "act_on")),
    ("made_to", ("whose", "made_to")),
    ("report", ("reports",)),
    ("some", ("some",)),
    ("hedge", ("hedges",)),
    ("filler", ("filler",)),
)


_GROUPS: tuple[Sort, ...] = (
    "name", "void", "inspected", "rule", "ours", "title", "denies", "part", "apart", "each", "listed", "filler",
    "kinds",
)  # fmt: skip


def scan(text: str) -> list[Token]:
    """The tokens of a masked clause, left to right, nothing left out."""
    found: list[Token] = []
    at = names = 0
    for match in _pattern().finditer(text):
        if match.start() > at:
            found.append(Token("unread", text[at : match.start()], at))
        token = _token(match, names)
        names += len(_NAMES.findall(token.text))
        found.append(token)
        at = match.end()
    if at < len(text):
        found.append(Token("unread", text[at:], at))
    return found


def _token(match: re.Match[str], names: int) -> Token:
    counted = _counted(match)
    if counted is not None:
        return counted
    text, at = match[0], match.start()
    for index, (turn, _) in enumerate(TURN_PATTERNS):
        if match[f"t{index}"]:
            return Token("turn", text, at, turn=turn, rate=match["rate"])
    other = next((sort for group, sort in _READ_AS if match[group]), None)
    if other is not None:
        return Token(other, text, at)
    if match["word"]:
        return Token(_sorts()[text], text, at)
    if match["organised"]:
        return Token("theirs" if re.search("公司|加油站|厂|站|监测中心", text) else "unsure", text, at)
    sort = next(one for one in _GROUPS if match[one])
    return Token(sort, text, at, order=names if sort == "name" else -1)


_READ_AS: tuple[tuple[str, Sort], ...] = (
    ("among", "unsure"),
    ("parts", "parts"),
    ("someone", "theirs"),
    ("date", "aside"),
    ("money", "aside"),
    ("staffed", "aside"),
    ("purpose", "aside"),
    ("head_count", "heads"),
    ("delta", "aside"),
    ("span", "aside"),
    ("elsewhere", "theirs"),
    ("supposed", "condition"),
    ("example", "supposed"),
    ("quoted", "filler"),
    ("compared", "filler"),
    ("since", "filler"),
    ("home", "ours"),
    ("background", "filler"),
    ("yardstick", "filler"),
)


def _counted(match: re.Match[str]) -> Token | None:
    """A token that holds a number."""
    text, at = match[0], match.start()
    if match["everyone"]:
        return Token("fact", text, at, number=Number(1), fact="vehicles" if match["cars"] else "teams" if match["squads"] else "staff")
    if match["number"]:
        number = numbers.number_of(match)
        return Token("number", text, at, number=number) if number else Token("unread", text, at)
    for group, sort in (
        ("bare", "number"),
        ("few", "number"),
        ("changed", "change"),
        ("every", "several"),
        ("year", "year"),
        ("per", "fact"),
    ):
        if match[group]:
            fact = next((name for name in numbers.FACTS if match[name]), None)
            value = numbers.value_of(match[group])
            return Token(sort, text, at, number=None if value is None else Number(value), fact=fact)  # type: ignore[arg-type]
    return None
