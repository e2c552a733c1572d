"""Footnote marks and the notes that explain them; signs that say required or optional."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from equipcheck.standard.annex.language.spelling import squeeze
from equipcheck.standard.annex.language.vocabulary import Duty, longest, words

SIGNS = "*＊※★☆▲△†‡●○◆◇■□#＃◎"
NOTE = re.compile(
    r"^[\s(（【]*(注|备\s*注|说\s*明|附\s*注|填表说明|编制说明|※|＊|\*)\s*([】]?[:：0-9一二三四五六七八九十、.．)）]|$)|^\s*[①-⑳⁰¹²³⁴-⁹※]"
)
_MARKS = re.compile(
    r"(?:\s*(?:〔(?:脚注|批注)[^〕]*〕|[①-⑳⁰¹²³⁴-⁹*＊※★☆▲△†‡]+|[●○◆◇■□#＃◎]|[（(\[【]?注\s*[0-9一二三四五六七八九十]+[）)\]】]?))+\s*$"
)
_IN_FRONT = re.compile(r"^\s*([*＊※★☆▲△†‡●○◆◇■□◎]+)\s*(?=[\u4e00-\u9fffA-Za-z0-9])")
_ONE_MARK = re.compile(
    r"〔(?:脚注|批注)[^〕]*〕|[①-⑳⁰¹²³⁴-⁹]|[*＊]+|[※★☆▲△†‡●○◆◇■□#＃◎]|注\s*[0-9一二三四五六七八九十]+"
)
NOTE_START = re.compile(
    r"(〔(?:脚注|批注)[^〕]*〕|[①-⑳⁰¹²³⁴-⁹]|[*＊]+|[※★☆▲△†‡]|注\s*[0-9一二三四五六七八九十]+)"
)

NOTE_HEAD = re.compile(
    r"^(?:注|备注|说明)?:?(?:[0-9一二三四五六七八九十]+[.、)]|\([0-9一二三四五六七八九十]+\))?"
)
"""What a note begins with, in half-width forms: 「注:1.」."""


def split_marks(text: str, *, cell: bool = False) -> tuple[str, list[str]]:
    """A text without the footnote marks around it, and the marks. In a quantity `cell` signs like √ stay."""
    marks: list[str] = []
    front = None if cell else _IN_FRONT.match(text)
    if front is not None:
        marks += list(dict.fromkeys(front[1].replace("＊", "*")))
        text = text[front.end() :]
    found = _MARKS.search(text)
    if found is None or not text[: found.start()].strip():
        return text.strip(), marks
    marks += [re.sub(r"\s", "", mark).replace("＊", "*") for mark in _ONE_MARK.findall(found[0])]
    return text[: found.start()].strip(), marks


def marked_notes(texts: list[str]) -> dict[str, str]:
    """Notes by their mark (①, *, 注1 …); one paragraph may hold several."""
    found: dict[str, str] = {}
    for text in texts:
        starts = [one for one in NOTE_START.finditer(text) if _begins(text, one.start(1))]
        ends = [one.start(1) for one in starts[1:]] + [len(text)]
        for one, end in zip(starts, ends, strict=False):
            mark = re.sub(r"\s", "", one[1]).replace("＊", "*")
            found.setdefault(mark, text[one.start(1) : end].strip().rstrip("；;"))
    return found


def _begins(text: str, at: int) -> bool:
    """Whether a mark stands where a note can begin: at the start, or after a stop."""
    before = text[:at].rstrip(" （(【[")
    return not before or before[-1] in "；;。.：:，," or bool(re.fullmatch(r"\s*(注|说明|备注)", before))


@dataclass(slots=True)
class Legend:
    """What a table's notes say of required and optional."""

    marks: dict[str, Duty] = field(default_factory=dict)
    others: Duty | None = None  # rows without any of the marks
    every: Duty | None = None  # all rows
    serials: dict[str, Duty] = field(default_factory=dict)  # 「序号3、5为选配」
    open_serials: dict[str, str] = field(
        default_factory=dict
    )  # 「第10项在省级机构为必配」: the rows it leaves open
    doubts: list[str] = field(default_factory=list)  # clauses that speak of it and are not understood
    borne: frozenset[str] = frozenset()  # marks that rows bear: what notes say of them is those rows'

    def add(self, text: str) -> None:
        """One note."""
        plain = squeeze(text)
        duty = longest([word for word in words().duties if len(word) > 1])
        ticks = "".join(one for one in words().marks if not one.isalpha())
        signs = f"[{re.escape(SIGNS + ticks)}]"
        quoted = f"[“\"'「『(]?({signs}+|加粗|黑体|斜体|下划线)[”\"'」』)]?"
        for clause in re.split(r"[；;。,，]|(?<=[备配])、|(?<=[。；;])", plain):
            found = re.search(
                f"{quoted}(?:号|标记|标识|标志|符号|星号)?(?:的|者)?(?:装备|设备|项目|仪器|品种|为|表示|代表|是|指|属于|属|均|:|=|-|—)*({duty})",
                clause,
            )
            found = found or re.search(f"{quoted}(?:表示|为|是|指|系指)[^必选可,，]{{0,14}}({duty})", clause)
            rest = re.search(f"(?:其余|其他|其它|未标|不带|未加|没有标|无标)[^必选可应自]*({duty})", clause)
            whole = re.fullmatch(
                f"(?:注|说明|备注)?[:：]?[0-9.、]*(?:本表|表中|以上|上述|上表|本类|本表所列|上述装备)[^必选可应自]*({duty})(?:装备|设备)?",
                clause,
            )
            numbered = re.fullmatch(
                f"(?:注|说明|备注)?[:：]?(?:[0-9]+[.、．])?(?:序号|第)?([0-9]+(?:[、和及至~～—-][0-9]+)*)(?:项|号)?"
                f"(?:装备|设备)?(?:均)?(?:为|属于|属|是)({duty})(?:装备|设备|项目)?",
                clause,
            )
            named = re.fullmatch(
                f"(?:注|说明|备注)?[:：]?(?:[0-9]+[.、．])?(?:序号|第)([0-9]+)项?[^0-9省市县区级为属是]{{1,15}}(?:为|属于|属|是)({duty})",
                clause,
            )
            numbered = numbered or named  # 「第4项无人机为选配」
            if numbered:
                self.serials |= dict.fromkeys(numbers_in(numbered[1]), words().duties[numbered[2]])
            elif rest and (known := words().duties.get(rest[1])):
                self.others = known
            elif found and found[1] not in ("加粗", "黑体", "斜体", "下划线"):
                for mark in found[1].replace("＊", "*"):
                    self.marks[mark] = words().duties[found[2]]
            elif (some := re.search(r"(?:第|序号)([0-9]+(?:[、和及至~～—-][0-9]+)*)", clause)) and re.search(
                duty, clause
            ):
                self.open_serials |= dict.fromkeys(numbers_in(some[1]), clause)
            elif whole and not any(sign in whole[0] for sign in SIGNS + ticks):
                self.every = words().duties[whole[1]]
            elif re.search("选配|可选|自选|选备|非必|任选|可不配", clause) and not re.fullmatch(
                f"(?:表[0-9一二三四五六七八九十]*)?[^,。]*(?:{duty})(?:装备)?(?:配备|配置)?(?:标准|表|清单)",
                clause,
            ):
                mark = NOTE_START.match(clause)
                if mark is None or mark[1] not in self.borne:
                    self.doubts.append(clause)


def numbers_in(text: str) -> list[str]:
    """「3、5」, 「1至3」 as single numbers."""
    found: list[str] = []
    for part in re.split("[、和及]", text):
        ends = [int(one) for one in re.split("[至~～—-]", part)]
        found += [str(one) for one in range(ends[0], min(ends[-1], ends[0] + 500) + 1)]
    return found


def legend(texts: list[str], borne: Iterable[str] = ()) -> Legend:
    """What the texts around a table say of required and optional; `borne`: the marks that rows bear."""
    found = Legend(borne=frozenset(borne))
    for text in texts:
        found.add(text)
    return found
