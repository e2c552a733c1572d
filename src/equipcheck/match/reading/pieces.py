"""Pieces of a name that say nothing of what the thing is: a place, a person, a number, a date, a state."""

from __future__ import annotations

from equipcheck.catalogue.spelling import is_han
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import Hit, all_known, hits_in

_LIST = pattern(r"[、,;/: ]+")
_CARDINAL_NUMBERS = "[0-9]{1,4}|[一二三四五六七八九十]{1,3}"
_NUMBER = pattern(
    r"\d{1,3}号?车|(?:第|共|之)?(?:[a-z]?\d{1,4}|[一二两三四五六七八九十]+)(?:号机?|台|套|辆|架|部|件)?"
    r"|(?:机房)?[a-z]\d{0,2}(?:机?柜|列|排|架)"
    r"|[a-z]\d?(?:座|栋|区)(?:\d{1,4}室?)?|(?:序|编|卡片|资产编|资产)号:?[a-z]{0,3}\d+|[甲乙丙丁戊己庚]"
)
_DATE = pattern(r"(?:19|20)\d\d(?:年度?(?:\d{1,2}月(?:\d{1,2}日)?)?|[.\-/]\d{1,2}(?:[.\-/]\d{1,2})?|\d{4})?")
_CARDINAL = pattern(r"[东南西北中左右前后上下内外]{1,2}[侧面边角头部间]?$|附近$|旁边?$|[内里上]$")
_FLOOR = pattern(
    rf"(?:(?:(?:[a-z]|{_CARDINAL_NUMBERS})号?[座栋楼](?:[0-9]{{1,4}}(?:室|房间?)?)?)?|(?:[a-z]?[0-9]{{3,4}}(?:室|房间?)))"
    rf"(?:负?(?:\d-)?(?:{_CARDINAL_NUMBERS})(?:楼|层|f))?(?:[东南西北]{{1,2}}[侧边])?(?:大厅|走廊|会议室|办公室)?"
)
_ORDINAL = pattern(rf"^(?:第?(?:{_CARDINAL_NUMBERS})|[东南西北主副前后])|(?:第?(?:{_CARDINAL_NUMBERS}))$")
_ADMINISTRATIVE = tuple("省市县区旗州盟镇乡局所队某")
_THING = frozenset({"part", "service", "project"})
_FORMS = ("型", "款", "版")
LONGEST_FORM = 5
_ANOTHER = frozenset({"distinguishing", "field", "fixed"})
_TELLING = _ANOTHER | {"service", "project"}
_PROJECT = frozenset({"project"})
_SPOKEN = pattern(
    r"^(?:(?:使用|保管|责任|领用|管理|经办|负责)(?:人|部门|单位|科室)|(?:存放|放置|使用|安装)(?:地点|位置|地|处|于|在)?|位于|现在"
    r"|(?:购置?|采购|购买|启用|入账|出厂|购入)(?:日期|时间|年份|于|自))[:：]?"
)
_RACK = pattern(r"u\d{1,2}")


LONGEST = 16
"""Of more characters is no piece that stands behind a name with no mark between."""


class Pieces:
    """Tells pieces that say nothing of what the thing is; remembers what it was asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[str, bool] = {}
        self._duties = frozenset(lexicon.duties)
        self._surnames = frozenset(lexicon.surnames)

    def says_nothing(self, piece: str) -> bool:
        """Whether a piece in a bracket or behind a mark says where, whose, which one, when, in what state."""
        if piece.isascii():
            return self.is_number(piece)
        known = self._known.get(piece)
        if known is None:
            parts = [said for part in _LIST.split(piece) if (said := _SPOKEN.sub("", part))]
            known = all(self._says_where(part) or self.is_state(part) for part in parts)
            self._known[piece] = known
        return known

    def _says_where(self, piece: str) -> bool:
        """A place, a person, a number, or one behind the other: 「污防科小李用」, 「辐射站移交」, 「库房2层」."""
        if self.is_place(piece) or self.is_person(piece) or self.is_number(piece):
            return True
        aside = _longest_end(piece, self.lexicon.asides)
        stem = piece.removesuffix(aside)
        if aside and (self.is_number(stem) or (len(aside) > 1 and self.is_place(stem))):
            return True
        if len(piece) > 1 and self._only_duties(piece) and not self._says_what(piece):
            return True  # 「财务」, 「人事」
        return any(
            (self.is_place(piece[:end]) or piece[:end] in self.lexicon.titles)
            and (self.is_person(piece[end:]) or self.is_number(piece[end:]))
            for end in range(2, len(piece))
        )

    def _says_what(self, piece: str) -> bool:
        """Whether a piece may say which kind of thing is meant: 「大气」 behind 「采样器」."""
        return any(
            hit.word.fills
            or hit.word.speaks_for
            or hit.word.kinds
            or hit.word.ask
            or not hit.word.roles.isdisjoint(_TELLING)
            for hit in hits_in(piece, self.lexicon)
        )

    @staticmethod
    def is_number(piece: str) -> bool:
        """Which one, how many, when: 「3号」, 「第二台」, 「2019年5月」; a bare code may be a model and is none."""
        if piece.isascii():
            return _RACK.fullmatch(piece) is not None
        return bool(_NUMBER.fullmatch(piece) or _DATE.fullmatch(piece))

    def is_place(self, piece: str) -> bool:
        """Whether it ends like a place or an office, and not on a thing: 「（监测站）」, not 「（采集站）」."""
        words = self.lexicon
        if len(piece) < 2 or ((word := words.words.get(piece)) is not None and word.fills):
            return False  # 「深层」 says what is sampled
        forms = self._without_uses(piece)
        if any(one != piece and self._is_vehicle(one) for one in forms):
            return True  # 「走航车用」
        forms |= {_CARDINAL.sub("", form) for form in forms}
        return any(
            (one.endswith(words.places) or _FLOOR.fullmatch(one)) and not self.names_a_thing(one)
            for one in forms
            if len(one) > 1
        )

    def _is_vehicle(self, piece: str) -> bool:
        known = self.lexicon.exact.get(piece)
        return known is not None and known[0] in self.lexicon.vehicles

    def _without_uses(self, piece: str) -> set[str]:
        """A piece with and without what it is used for: 「噪声科专用」, 「噪声科」."""
        uses = self.lexicon.uses
        return {piece, *(piece.removesuffix(use) for use in uses)} if piece.endswith(uses) else {piece}

    def names_a_thing(self, piece: str) -> bool:
        """Whether it ends on a word for a thing."""
        return any(
            hit.end == len(piece)
            and hit.end - hit.start > 1
            and (
                hit.word.kinds
                or hit.word.ask
                or hit.word.roles & _THING
                or (hit.word.ruled and "other" not in hit.word.roles)
            )
            for hit in hits_in(piece, self.lexicon)
        )

    def _is_called(self, text: str) -> bool:
        """Whether a text is a surname, of one character or two, with at most two characters behind it."""
        if not all("\u3400" <= one <= "\u9fff" for one in text):
            return False
        return any(text[:end] in self._surnames and len(text) <= end + 2 for end in (1, 2))

    def is_person(self, piece: str) -> bool:
        """Whether it looks like a person: 「张三」, 「李四用」, 「陈站长」."""
        for use in (*self.lexicon.uses, *self.lexicon.titles):
            piece = piece.removesuffix(use)
        called = piece[1:] if piece[:1] in ("小", "老") else piece
        if not any(self._is_called(one) for one in {piece, called}):
            return False
        short = len(piece.lstrip("小老")) < 2  # 「小包」, 「包」: a thing rather than a family name
        return not any(
            hit.end - hit.start > 1 or (short and hit.word.head) for hit in hits_in(piece, self.lexicon)
        )

    def is_state(self, piece: str) -> bool:
        """Whether it says how the thing came and how it is: 「待报废」, 「省厅配发」."""
        aside = _longest_end(piece, self.lexicon.asides)
        stem = piece.removesuffix(aside)
        if aside.endswith("用") and self._says_what(stem):
            return False  # 「移动执法用」 behind 「平板电脑」
        if not aside or len(piece) < 2 or self._says_another(piece):
            return False
        if len(aside) > 1:
            return not self._heads(piece, len(stem))
        known = self._only_duties(stem) or all_known(stem, self.lexicon)  # 「御2行业进阶版」 is no state
        return known and not self._heads(piece, len(piece))

    def _says_another(self, piece: str) -> bool:
        """Whether it says that the thing is of another trade: 「教学用」."""
        return any(not hit.word.roles.isdisjoint(_ANOTHER) for hit in hits_in(piece, self.lexicon))

    def _heads(self, piece: str, before: int) -> list[Hit]:
        """Words for things of more than one character that begin before a place; what was a project is bought."""
        return [
            hit
            for hit in hits_in(piece, self.lexicon)
            if hit.word.head and hit.end - hit.start > 1 and hit.start < before and hit.word.roles != _PROJECT
        ]

    def glued(self, piece: str) -> bool:
        """Whether it may stand beside a complete name with no mark between.

        Only such pieces as no thing is named after: a floor, an office of the list (「执法大队」), a department by its
        duties (「污染防治科」), a town or an enterprise by its name, a person with a title or a use, a state.
        """
        words = self.lexicon
        if not 1 < len(piece) <= LONGEST:
            return False
        if self.is_number(piece):
            return True
        forms = self._without_uses(piece) - {""}
        if any(_FLOOR.fullmatch(form) and not form.isascii() for form in forms):
            return True
        if not all(is_han(one) or "0" <= one <= "9" for one in piece):
            return False
        if any(self._is_office(form) for form in forms):
            return True
        own = _longest_end(piece, (*words.uses, *words.titles))
        if own and len(own) < len(piece) < len(own) + 4 and self.is_person(piece):
            return True
        if self._is_form(piece):
            return True
        aside = _longest_end(piece, words.asides)
        return (
            len(aside) > 1
            and not self._heads(piece, len(piece))
            and self._only_duties(piece.removesuffix(aside))
        )

    def _is_form(self, piece: str) -> bool:
        """Whether it says which make of the thing: 「豪华型」, 「定制款」; not what names another thing."""
        if not piece.endswith(_FORMS) or len(piece) > LONGEST_FORM:
            return False
        hits = hits_in(piece, self.lexicon)
        return not any(
            hit.word.kinds
            or hit.word.ask
            or hit.word.fills
            or not hit.word.roles.isdisjoint(_TELLING)
            or (hit.start == 0 and hit.word.head)
            for hit in hits
        )

    def _is_office(self, piece: str) -> bool:
        words = self.lexicon
        if piece in words.territories and len(piece) > 1:
            return True
        if self.names_a_thing(piece):
            return False
        if office := _longest_end(piece, words.offices):
            whose = piece.removesuffix(office)
            if not self._heads(piece, len(whose)) and self._says_whose(whose):
                return True
        department = _longest_end(piece, words.departments)
        if department and piece != department and self._only_duties(piece.removesuffix(department)):
            return True
        town = _longest_end(piece, words.territories)
        name = piece.removesuffix(town)
        return bool(town) and len(name) > 1 and not any(hit.word.head for hit in hits_in(name, words))

    def _only_duties(self, stem: str) -> bool:
        """Whether a stem is nothing but words for what departments do, and an ordinal."""
        stem = _ORDINAL.sub("", stem)
        reached = {0}
        for end in range(1, len(stem) + 1):
            if any(
                start in reached and stem[start:end] in self._duties for start in range(max(0, end - 6), end)
            ):
                reached.add(end)
        return len(stem) in reached

    def _says_whose(self, text: str) -> bool:
        """Whether words before an office say which one: 「某县」; no thing, not even 「包」, may be among them."""
        if not text or self._only_duties(text):
            return True
        if any(hit.word.head for hit in hits_in(text, self.lexicon)):
            return False
        return text.endswith(_ADMINISTRATIVE) or all_known(text, self.lexicon)


def _longest_end(piece: str, ends: tuple[str, ...]) -> str:
    return max((one for one in ends if piece.endswith(one)), key=len) if piece.endswith(ends) else ""
