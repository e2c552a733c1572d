"""Names of equipment in running text: requirement names, kinds and their aliases, umbrella words.

The longest name at a place wins. A name of one or two characters counts only as a word by itself
(「常服」 is not in 「日常服务」), letters only as whole words, and a name followed by what is no equipment
(「声级计电池」「无人机驾驶员」) is void.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equipcheck.catalogue.kinds import Catalogue
from equipcheck.checking.results import Finding
from equipcheck.section.drafts.recognised import Recognised
from equipcheck.section.drafts.sentences import fold
from equipcheck.section.drafts.statements.numbers import DIGITS, UNIT

_WORD = re.compile("[a-z0-9]")
_COUNTED = re.compile(f"{DIGITS}{UNIT}")  # 「PID2台」
_DEVICE = re.compile("[仪器计机车船艇箱服具镜灯帽笔]$|设备$|装备$|装置$|系统$|终端$|[a-z]$")
_DEVICE_BEHIND = re.compile("(?:气体)?(?:分析|检测|监测|测定|测量|采样|测试)?(?:仪|设备|装置)")
_OPEN = re.compile(r"[\s、,:;。(\"'“”‘’《》和及与或等无缺有的台套部架辆艘个件顶双条副只把支具备置购—]|^$")
_CLOSE = re.compile(
    r"[\s、,:;。)\"'“”‘’《》(和及与或等均都已未尚不短缺无没现应共仅也还的各就只才全总倒暂因由一被坏需待拟从并\d一二三四五六七八九十两—]|^$"
)
_ACCESSORY = re.compile(
    "(?:的)?(?:专用|配套|相关|所需|使用)?(?:电池|配件|备件|附件|零部件|部件|探头|传感器|镜头|耗材|试剂|软件|程序|操作|使用(?!不便|正常)|驾驶|飞手|操控"
    r"|司机|存储|内存|充电|三脚架|支架|滤膜|标气|标准气体|标液|管理|制度|规定|证书|培训|数据|视频|影像|画面|音像|资料|编制(?!\d)|经费|费用|油料"
    "|燃油|保险|台账|维护|保养|运维|管理员|专业人员|技术人员|人员|能力|技能|生产|制造|销售|企业|厂家|平台|巡查|巡检|巡飞|航拍|飞行|飞检|演练|比武|竞赛"
    "|执法模式|执法记录|应用(?!不)|(?:检定|校准|巡查|飞行|巡检|租赁|航拍|运维|维保|监测|检测|外包|技术|第三方|社会化)*服务(?!于|中心|一线|执法|基层|年限|期|站|区)|照片|图像|取证(?!设备|装备|工作)|监控室|机场)"
)
_ABOUT_EQUIPMENT = re.compile(
    "室|库房?(?!存)|柜|科(?!技)|(?:配备|配置|建设)?(?:标准(?![化要])|目录|清单|种类要求|需求|方案|规划|计划)"
)
_WHOLE = re.compile(
    "(?:(?:生态环境|环境|环保|综合|行政|现场|移动|基层|必要的?|相关|有关|各类|各项|部分|所需|所有|专业|标准化|必需的?|必备|先进的?|高端|特殊|专用|主要|关键|常用)*"
    "(?:执法|取证|监测|检测|快检|技术|监察|监管|科技)?)(?:装备|仪器设备|设备仪器|仪器装备)(?!制造|产业|企业|集团|工业|业)"
    "|(?:所有|全部|各类|各种|必配|应配)(?:设备|仪器)|(?<![一-鿿])(?:设备|仪器|硬件(?:设施|装备|条件)?)(?=(?:和技术|和力量|方面)?(?:配备|配置|欠缺|不足|短缺|缺乏|老化|落后|尚|未|不|问题|仍|还))"
    "|(?:(?<![一-鿿])|(?<=[的少乏缺置备购买充齐有局队对将把为等和及与场新]))(?:执法|监测|检测|取证)(?:仪器|设备)|(?<![一-鿿])数量(?=配备率)|按(?:项数?|种类|品种|件数|数量)(?:计算|统计|计)?的?(?=(?:装备)?(?:配备|达标)率)"
)
_SOME = re.compile(
    "(?:依据的|要求配备的|所列|其余)[\\d一二三四五六七八九十]+种$|(?<![各几哪这此该同每两三四五六七八九十\\d])类$"
)  # not all: those that a sentence counted out
# Equipment of one sort, or of others: no word for ours as a whole (a category of the standard stands as a name).
_PARTIAL = re.compile(
    "(?:应急|防护|信息化|通信|通讯|交通|办公|救援|消防|安全|个人|重大|高端制造|海洋|能源|环保|特种|后勤|警用|实验室|监控|在线|自动|治污|治理|污染防治|污染治理|生产|自动监控|自动监测|自动化|在线监测|处理)"
    "(?:执法|监测|检测)?(?:装备|设备|仪器|设施)"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a name means: the requirements it concerns, and the kinds it may stand for."""

    name: str
    requirements: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    whole: bool = False  # the equipment as a whole
    items: int | None = None  # so many kinds of all that are asked for: 「6项尚未配备」

    @property
    def kind(self) -> str | None:
        """The kind, where the name stands for one."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def several(self) -> bool:
        """Whether it is an umbrella word."""
        return len(self.kinds) > 1 or len(self.requirements) > 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A target at a place of a folded text; a void one names something that only belongs to equipment."""

    start: int
    end: int
    target: Target
    void: bool


WHOLE = Target("执法装备", (), (), whole=True)


class Lexicon:
    """Every name that a draft may use, with what it means for this bureau's standard."""

    def __init__(self, findings: Sequence[Finding], catalogue: Catalogue) -> None:
        self._names: dict[str, Target] = {}
        self._findings = tuple(findings)
        self._recognised = Recognised(catalogue)
        self._of_kind: dict[str, Target] = {}
        by_kind: dict[str, list[Finding]] = defaultdict(list)
        for one in findings:
            for kind in one.kinds:
                by_kind[kind].append(one)
        for one in findings:
            for name in _spellings(one.name):
                self._add(name, Target(name, (one.requirement,), tuple(one.kinds)))
        for kind_id, entry in catalogue.kinds.items():
            current = catalogue.resolve(kind_id)
            narrow = sorted(
                by_kind.get(current, ()), key=lambda one: (len(one.kinds), one.obligation != "required")
            )
            rows = tuple(one.requirement for one in narrow[:1])
            for name in (entry.name, *entry.aliases):
                self._of_kind.setdefault(current, Target(name, rows, (current,)))
                for spelling in _spellings(name):
                    self._add(spelling, Target(spelling, rows, (current,)))
        self._add_umbrellas(findings, catalogue)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names, key=lambda one: (-len(one), one)):
            self._by_first[name[0]].append(name)

    def _add_umbrellas(self, findings: Sequence[Finding], catalogue: Catalogue) -> None:
        for group in catalogue.groups:
            kinds = tuple(dict.fromkeys(catalogue.resolve(kind) for kind in group.kinds))
            rows = _rows_of_group(frozenset(kinds), self._findings)
            for name in (group.name, *group.aliases):
                for spelling in (name, _sort_of(name)):
                    self._add(spelling, Target(spelling, rows, kinds))
        for word, rows_of in _categories(findings).items():
            kinds = tuple(kind for one in rows_of for kind in one.kinds)
            for spelling in (word, _sort_of(word)):
                self._add(spelling, Target(spelling, tuple(one.requirement for one in rows_of), kinds))

    def _add(self, name: str, target: Target) -> None:
        folded = fold(name.strip())
        if folded and not folded.isdigit():  # 「12369」 is the hotline, too
            self._names.setdefault(folded, target)

    def spellings(self, target: Target) -> list[str]:
        """Every name of what a target names."""
        rows, kinds = set(target.requirements), set(target.kinds)
        return [
            name
            for name, one in self._names.items()
            if kinds & set(one.kinds) or (rows and rows == set(one.requirements))
        ]

    def find(self, folded: str) -> list[Mention]:
        """The mentions of a folded text, left to right, and the words for equipment as a whole between them."""
        folded = folded.replace("纪录仪", "记录仪")
        found: list[Mention] = []
        at = 0
        while at < len(folded):
            name = next((one for one in self._by_first.get(folded[at], ()) if _stands(folded, at, one)), None)
            partial, whole = _PARTIAL.match(folded, at), _WHOLE.match(folded, at)
            if name is not None and (whole is None or whole.end() <= at + len(name)):
                end = at + len(name)
                more = None if _DEVICE.search(name) else _DEVICE_BEHIND.match(folded, end)
                end = more.end() if more else end  # 「便携式傅里叶红外」 in 「便携式傅里叶红外分析仪」
                found.append(
                    Mention(at, end, self._names[name], void=_ACCESSORY.match(folded, end) is not None)
                )
                at = end
            elif partial is not None:
                found.append(Mention(at, partial.end(), WHOLE, void=True))
                at = partial.end()
            elif whole is not None:
                void = any(after.match(folded, whole.end()) for after in (_ACCESSORY, _ABOUT_EQUIPMENT))
                void = void or _SOME.search(folded[:at]) is not None
                found.append(Mention(at, whole.end(), WHOLE, void))
                at = whole.end()
            else:
                at += 1
        return self._with_recognised(folded, found)

    def _with_recognised(self, folded: str, found: list[Mention]) -> list[Mention]:
        """The mentions, and between them the names that are told by what they are made of."""
        ends = [0, *(one.end for one in found)]
        starts = [*(one.start for one in found), len(folded)]
        more = [
            Mention(
                start, end, self._named(folded[start:end], kind), _ACCESSORY.match(folded, end) is not None
            )
            for left, right in zip(ends, starts, strict=True)
            for start, end, kind in self._recognised.find(folded, left, right)
        ]
        return sorted([*found, *more], key=lambda one: one.start)

    def _named(self, name: str, kind: str) -> Target:
        known = self._of_kind[kind]
        return Target(name, known.requirements, known.kinds)


def _stands(folded: str, at: int, name: str) -> bool:
    if not folded.startswith(name, at):
        return False
    before, after = folded[at - 1 : at], folded[at + len(name) : at + len(name) + 1]
    if _WORD.match(name[0]) and _WORD.match(before):
        return False
    if _WORD.match(name[-1]) and _WORD.match(after) and not _COUNTED.match(folded, at + len(name)):
        return False
    return len(name) > 2 or bool(_OPEN.match(before) and _CLOSE.match(after))


def _spellings(name: str) -> list[str]:
    """A name as printed, without what stands in brackets, and that alone where it is a word of its own."""
    bare = re.sub("[（(][^）)]*[）)]", "", name)
    inside = [
        one for one in re.findall("[（(]([^）)]*)[）)]", name) if re.fullmatch("[A-Za-z][A-Za-z0-9-]+", one)
    ]
    return list(dict.fromkeys([name, bare, *inside]))


def _sort_of(name: str) -> str:
    """「取证装备」 as 「取证类装备」."""
    return re.sub("(?=(?:装备|设备|仪器|用品)$)", "类", name)


def _rows_of_group(kinds: frozenset[str], findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """The requirement that asks for exactly these kinds, else every one that asks for any of them."""
    exact = [one.requirement for one in findings if frozenset(one.kinds) == kinds]
    return tuple(exact[:1]) or tuple(one.requirement for one in findings if kinds & set(one.kinds))


def _categories(findings: Sequence[Finding]) -> Mapping[str, list[Finding]]:
    """「交通装备」 as an umbrella word for its rows."""
    rows: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.category and one.obligation == "required" and len(one.category) > 2:
            rows[one.category].append(one)
    return rows
