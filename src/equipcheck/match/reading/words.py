"""A name's words: taking it apart, finding known words in it, telling what changes nothing."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import field
from typing import NamedTuple

from equipcheck.catalogue.spelling import bare, has_han, is_han
from equipcheck.ground.mutable import Mutable
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon, Word

BRAND = frozenset({"brand"})
HIDING = frozenset({"distinguishing", "field", "office"})
"""Roles of words inside of which no other word is read: no 「电场」 in 「风电场」."""

_NUMERAL = r"(?:[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十]+)"
_UNITS = (
    "件套|件装|件组|台|套|部|个|只|架|辆|艘|件|顶|双|条|把|块|支|批次|批|组|具|付|副|箱|盒|"
    "米|人|寸|英寸|匹|升|级|路|孔|口|盘位|核|代|码|倍|分钟|小时|人份|只装|支装|片装|公斤|千克|毫米|厘米|瓦|流明|万像素|像素"
)
_ROMAN = pattern("i{2,3}(?![a-z0-9])")  # 「OBDⅡ」
_PER = pattern(rf"(?<=[\u3400-\u9fff])/(?:{_UNITS})\s*$")  # 「声级计/台」
SEPARATORS = pattern(r"[、,/+&;]|和|以及|及|与")
_MEASURES = frozenset(_UNITS.split("|"))
_SERIAL = pattern(
    r"^(?:若干|多[台套部个]|数[台套部个]|(?:[一二两三四五六七八九十]{1,2}|\d{1,3})(?:台(?!式)|(?:个(?!人)|[套部只架辆艘件顶双条把块支批])))"
    r"(?=[\u3400-\u9fff]{2})|^\(?\d{1,3}[).、]\s*(?=[\u3400-\u9fff])|^[a-gi-mp-z]\d{1,2}(?:\.\d{1,2})*、|^[一二三四五六七八九十]+、"
)
_SERIAL_STARTS = frozenset("若多数(0123456789一二两三四五六七八九十abcdefgijklmpqrstuvwxyz")
_COUNT = pattern(rf"(?![2-6]g)[大小正第]?{_NUMERAL}(?:{_UNITS}|[plgtwk]|kg|kw)(?![^\W_])")
_NUMERALS = frozenset("0123456789一二两三四五六七八九十")
_COUNT_BEHIND = pattern(_COUNT.pattern + r"\s*$")
_NOISE = pattern(
    r"(?<![\u3400-\u9fff])[红橙黄绿青蓝紫黑白灰银金棕](?![\u3400-\u9fff])|"
    rf"[a-d]级|{_NUMERAL}(?:{_UNITS}|合一|旋翼)|[0-9a-z\s\-_.,/、:+()=%℃°φ&*x']+|[浅深藏天]?[红橙黄绿青蓝紫黑白灰银金棕]色|"
    r"(?<![\u3400-\u9fff])[浅深藏天][红橙黄绿青蓝紫黑白灰银金棕](?![\u3400-\u9fff])|[型款版号代等式的牌册和与及]"
)
_METHOD = pattern(r"(?<=[\u3400-\u9fff])[ -]?[a-z0-9+-]{2,8}法$")
"""By what a thing works: 「硫含量检测仪 XRF法」."""

_GENERATION = pattern("[二三四五六七八九十0-9]代$|[0-9a-z][\u3400-\u9fff]{1,4}[版款]$")
"""What a line of products ends on: 「空调冷静星三代」, 「录音笔SR702星火版」."""

_YEAR = pattern(
    r"(?:(?<=[\u3400-\u9fff ])|(?<=[a-z)])(?=\d{4}年))(?:19\d\d|20[0-4]\d)"
    r"(?:年度?(?:(?:新?购|购[置入买]|采购|换发|配发|配备)|[^0-9()]{0,6}[科室队局所站股办库])?"
    r"|[^0-9()]{0,6}[科室队局所站股办库])$"
)
_WHICH = pattern(
    r"(?<=[^\W_])(?:[甲乙丙丁戊己庚](?:\d{0,3}号?)?|第?\d{1,3}号|(?<=[仪机器计备统车船艇箱服包镜])[一二三四五六七八九十]|-+\d{1,4}号?)\s*$"
)
"""Which one of several: 「声级计乙」, 「无人机2号」."""
_LAST = frozenset(
    "倍钟时份装斤克瓦明素甲乙丙丁戊己庚号0123456789一二两三四五六七八九十年度购置入买发备目科室队局所站股办库"
    "台套部个只架辆艘件顶双条把块支批组具付副箱盒米人寸匹升级路孔口位核代plgtwk "
)
"""What a name must end on to have any of these behind it."""
_BOUGHT = pattern(r"(?<=[^\W_])(?:采购|购置|购买)(?:项目)?$")
_COLOUR = pattern(r"[浅深]?[红橙黄绿青蓝紫黑白灰银金棕]色?")


def is_unit(text: str) -> bool:
    """Whether a text is a measure word: the 「套」 of 「声级计(套)」."""
    return text in _MEASURES


class Hit(NamedTuple):
    """A word at a place of the text."""

    start: int
    end: int
    text: str
    word: Word


class Reading(Mutable):
    """What a name says. `outcome`: kind | ask | none | unknown."""

    outcome: str
    kind: str | None = None
    method: str = "none"
    score: float = 0.0
    evidence: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)  # likeliest first
    generic: bool = False  # ends on a word for an instrument, without saying which
    whole: bool = False  # the whole name stands in the catalogue
    words: tuple[str, ...] = ()  # that decided
    bracket: bool = False  # only a bracket says so
    several: bool = False  # things stand side by side in the name: no model says which
    hidden: int = 0  # characters of the main part in no known word of several: one of them may be wrong
    other: bool = False  # none, because it ends on a word for another asset (a model may know better)

    def copy(self) -> Reading:
        """A reading of its own."""
        return self.but(evidence=self.evidence[:], kinds=self.kinds[:])


class Text(NamedTuple):
    """A name taken apart: the main part, and what stands in brackets and belongs to the name."""

    main: str
    extras: tuple[str, ...]
    purposes: tuple[str, ...] = ()  # 「执法用」: what it is for


def take_apart(text: str, lexicon: Lexicon) -> Text:
    """Split a spelled name into its main part and its brackets; additions and purposes are left out."""
    main, parts = _brackets(_SERIAL.sub("", text) if text[:1] in _SERIAL_STARTS else text)
    main = without_numbers(_METHOD.sub("", main) if main.endswith("法") else main, lexicon)
    own = [part for part in parts if part and not _is_aside(part, lexicon)]
    return Text(main, tuple(own), tuple(part for part in parts if part and part not in own))


def without_numbers(main: str, lexicon: Lexicon) -> str:
    """A name without what stands behind it of how many, which one, when and how bought: 「无人机1架2号」."""
    while main[-1:] in _LAST and not _ends_known(main, lexicon):
        if _ends_known(bare_end := main.rstrip("0123456789号"), lexicon) and bare_end != main:
            return bare_end  # 「救生马甲1」
        rest = _WHICH.sub("", main) or main
        rest = _COUNT_BEHIND.sub("", rest) or rest
        if "/" in rest:
            rest = _PER.sub("", rest)
        if "19" in rest or "20" in rest:  # 「声级计2019年监测站」: when and where, not what
            rest = _YEAR.sub("", rest)
        rest = rest.strip() or rest
        if "购" in rest:  # the ledger holds what was bought
            rest = _BOUGHT.sub("", rest)
        if rest == main:
            break
        main = rest
    if _NUMERALS.isdisjoint(main) or bare(main) in lexicon.exact:
        return main
    return _COUNT.sub("", main) or main


def _ends_known(main: str, lexicon: Lexicon) -> bool:
    """Whether the name stands in the catalogue, or ends on a word that only looks like a number: 「马甲」."""
    if bare(main) in lexicon.exact:
        return True
    return main.endswith(("甲", "乙", "丙", "丁")) and any(
        hit.end == len(main) and hit.word.head for hit in hits_in(main, lexicon)
    )


def _brackets(text: str) -> tuple[str, list[str]]:
    if "(" not in text and ")" not in text:
        return text, []
    main: list[str] = []
    inside: list[str] = []
    parts: list[str] = []
    depth = 0
    for character in text:
        if character == ")" and depth <= 1:
            if depth:
                parts.append("".join(inside))
                inside.clear()
            depth = 0
            continue
        depth += (character == "(") - (character == ")")
        if character == "(" and depth == 1:
            continue
        (inside if depth else main).append(character)
    if inside:
        parts.append("".join(inside))
    return "".join(main), parts


def _is_aside(part: str, lexicon: Lexicon) -> bool:
    """「(含预装软件)」, 「(搭载侧扫声呐)」, 「(执法车用)」: about the thing, not its name."""
    known = words_at(part, 0, lexicon)
    longest = max((hit.end for hit in known), default=0)
    if longest < 2 and part.startswith(("不含", "无", "用", "随")):
        return True
    if any(hit.end == longest and hit.word.roles & {"addition", "context"} for hit in known):
        return True
    return part.endswith(lexicon.asides) and not _ends_on_thing(part, lexicon)


def _ends_on_thing(part: str, lexicon: Lexicon) -> bool:
    """Whether a piece ends on a longer word for a thing than what makes it an aside: 「采样器(气体型号)」."""
    aside = max(len(one) for one in lexicon.asides if part.endswith(one))
    return any(
        hit.end == len(part) and hit.word.head and hit.end - hit.start > aside
        for hit in hits_in(part, lexicon)
    )


def hits_in(text: str, lexicon: Lexicon) -> list[Hit]:
    """Every known word in a text, overlapping ones too, but none inside a brand's name or the like (`HIDING`).

    Words of Latin letters count only as whole words.
    """
    found: list[Hit] = []
    hiding: list[Hit] = []
    find, lengths = lexicon.words.get, lexicon.lengths.get
    single, size = lexicon.lengths[""], len(text)
    for start in range(size):
        for length in lengths(text[start : start + 2], single):
            end = start + length
            if end > size:
                break
            here = text[start:end]
            word = find(here)
            if word is None:
                continue
            if word.latin_left and start and _joins(text[start - 1], text[start]):
                continue
            if (
                word.latin_right
                and end < size
                and _joins(text[end - 1], text[end])
                and not _ROMAN.match(text, end)
            ):
                continue
            if word.latin_right and word.kinds and found and _in_a_model_number(text, end, found):
                continue
            hit = Hit(start, end, here, word)
            found.append(hit)
            if word.roles and _hides(word.roles):
                hiding.append(hit)
    if hiding:
        return [
            hit
            for hit in found
            if not any(b.start <= hit.start and hit.end <= b.end and b is not hit for b in hiding)
        ]
    return found


def _in_a_model_number(text: str, end: int, before: Sequence[Hit]) -> bool:
    """Whether letters behind a complete name begin a model number: the 「pc」 of 「粉尘仪 PC-3A」 is no computer."""
    following = text[end + 1 : end + 2]
    numbered = text[end : end + 1] == "-" and (following.isdigit() or following == "x")
    return numbered and any(hit.word.kinds for hit in before)


@functools.cache  # there are few sets of roles, and many words
def _hides(roles: frozenset[str]) -> bool:
    return roles == BRAND or not roles.isdisjoint(HIDING)


def words_at(text: str, start: int, lexicon: Lexicon) -> list[Hit]:
    """The known words that begin at a place."""
    found = []
    for length in lexicon.lengths.get(text[start : start + 2], lexicon.lengths[""]):
        here = text[start : start + length]
        word = lexicon.words.get(here)
        if word is not None and start + length <= len(text):
            found.append(Hit(start, start + length, here, word))
    return found


def _joins(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one Latin word or number."""
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


def changes_nothing(piece: str, lexicon: Lexicon) -> bool:
    """Whether a piece in brackets says nothing of what the thing is: a colour, a make, a version."""
    return bool(_COLOUR.fullmatch(piece)) or clean_rest(piece, hits_in(piece, lexicon), 0, lexicon)


def clean_rest(rest: str, hits: Sequence[Hit], offset: int, lexicon: Lexicon) -> bool:
    """Whether what follows the head (from `offset` on) changes nothing: model, brand, tail words."""
    if not has_han(rest):
        return True
    if rest.startswith("-") and rest.endswith(lexicon.asides):  # 「笔记本电脑-新购」: a note
        return True
    if _GENERATION.search(rest) and not any(
        hit.start >= offset and hit.word.head and hit.end - hit.start > 1 for hit in hits
    ):
        return True
    known: set[int] = set()
    for hit in hits:
        if hit.start >= offset and hit.word.roles & {"tail", "brand", "attribute", "office"}:
            known.update(range(hit.start - offset, hit.end - offset))
    left = "".join(" " if at in known else character for at, character in enumerate(rest))
    return not has_han(_NOISE.sub(" ", left))


def in_no_word(text: str, hits: Sequence[Hit]) -> list[int]:
    """Where Chinese characters stand that belong to no known word of several characters."""
    known: set[int] = set()
    for hit in hits:
        if hit.end - hit.start > 1:
            known.update(range(hit.start, hit.end))
    return [at for at, one in enumerate(text) if at not in known and is_han(one)]


def all_known(text: str, lexicon: Lexicon) -> bool:
    """Whether every Chinese character of a text belongs to a known word."""
    known: set[int] = set()
    for hit in hits_in(text, lexicon):
        known.update(range(hit.start, hit.end))
    return all(at in known or not is_han(character) for at, character in enumerate(text))
