"""Where a thing stands and whose it is: set aside before a name is read, evidence of nothing.

Ledgers are full of it: 「执法记录仪（监测站）」, 「声级计-203室」, 「打印机（张三用）」. A piece in brackets or behind
a dash that ends like a place or an office, or looks like a person, is no part of the name, unless it names a thing
itself: 「（采集站）」, 「（电池组）」.
"""

from __future__ import annotations

from equipcheck.catalogue.spelling import bare
from equipcheck.ground.patterns import pattern
from equipcheck.match.lexicon.words import Lexicon
from equipcheck.match.reading.words import all_known, hits_in

_HAN = r"\u3400-\u9fff"
_BRACKET = pattern(r"\(([^()]*)\)")
_TAIL = pattern(r"(?:[-/:,;、]|\.(?!\d))+(?P<piece>[^-/:,;、.()]+?)(?P<number>(?:[-/ ]\d{1,4}号?)*)$")
_FRONT = pattern(rf"^(?P<piece>[{_HAN}0-9]+)[-:](?=[^-:]*[{_HAN}a-z]{{2}})")
_LIST = pattern(r"[、,;/ ]+")
_NUMBER = pattern(
    r"\d{1,3}号?车|(?:第|no\.?|#)?(?:[a-z]?\d{1,4}|[一二三四五六七八九十]+)(?:号|#)?|[a-z]\d?(?:座|栋|区)"
)
_CARDINAL = pattern(r"[东南西北中左右前后上下内外]{1,2}[侧面边角头部间]?$|附近$|旁边?$|[内里上]$")
_BRACKETS_BEHIND = pattern(r"(?:\([^()]*\))+$")
_CLASS = pattern(rf"[{_HAN}]{{0,6}}(?:设备|装备|器材|用品|物资|仪器仪表|资产)[-:/]+")  # 「专用设备-声级计」
_SPACED = pattern(rf"(?<=\S)\s+(?P<piece>[{_HAN}0-9]+)(?P<rest>(?:\s*[(（\[【\-—–－].*)?)$")
_HAN_ONLY = pattern(rf"[{_HAN}0-9]+")
_FLOOR = pattern(r"(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?:楼|层|号楼)(?:[东西南北]侧?)?$|[0-9]{3,4}室$")
_ADMINISTRATIVE = tuple("省市县区旗州盟镇乡局所队某")
LONGEST_PLACE = 12
_THING = frozenset({"part", "service", "project"})


class Whereabouts:
    """Tells pieces that say where or whose from pieces that say what; remembers what it was asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[str, bool] = {}
        offices = "|".join(sorted(lexicon.offices, key=len, reverse=True))
        self._office_ends = {one[-1] for one in (*lexicon.offices, *lexicon.uses)} | set("楼层东西南北侧室")
        self._front_office = pattern(f"[{_HAN}]{{0,4}}[省市县区旗州]?(?:{offices})(?=[^-/:(])")
        self._surnames = frozenset(lexicon.surnames)

    def set_aside(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A spelled name without its whereabouts, and these. A name of nothing else is left as it is."""
        text, behind = self._behind_whole(text)
        if behind or not any(mark in text for mark in "(-/:,、;."):
            rest, glued = self._glued(text)
            return rest, (*behind, *glued)
        aside: list[str] = []
        rest = _BRACKET.sub(lambda found: self._drop(found[1], found[0], aside), text)
        while (found := _TAIL.search(rest)) and found.start() and self._says_where(found["piece"]):
            aside.append(found["piece"])
            rest = rest[: found.start()].rstrip("-/:,;、. ")
        if ("-" in rest or ":" in rest) and (found := _FRONT.match(rest)) and self._is_place(found["piece"]):
            aside.append(found["piece"])
            rest = rest[found.end() :].lstrip("- ")
        if not rest.strip("()- "):
            return text, ()
        rest, glued = self._glued(rest)
        return (rest, (*aside, *glued)) if aside or glued else (text, ())

    def behind_space(self, name: str) -> tuple[str, tuple[str, ...]]:
        """A name as written without a place that stands behind a space: 「声级计 噪声科」.

        In one spelling no space is left between Chinese characters, so it is looked for before.
        """
        aside: list[str] = []
        if " " not in name and "\u3000" not in name and name.isprintable():
            return name, ()
        while found := _SPACED.search(name):
            piece = self.lexicon.spell(found["piece"])
            if piece.isascii() or not self._is_place(piece):
                break
            aside.append(piece)
            name = name[: found.start()] + found["rest"]
        return name, tuple(aside)

    def _behind_whole(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A name of the catalogue, marks and all, before an office: 「气相色谱-质谱联用仪监测站」."""
        place = self._ending_on_office(text)
        for end in range(len(place) - 2, max(2, len(place) - LONGEST_PLACE), -1):
            if bare(place[:end]) in self.lexicon.exact and self._is_office(place[end:]):
                return place[:end], (place[end:],)
        return text, ()

    def _ending_on_office(self, text: str) -> str:
        """A text up to the office or floor on which it ends; "" where it ends on none."""
        if text[-1:] not in self._office_ends:
            return ""
        for use in self.lexicon.uses:
            text = text.removesuffix(use)
        return text if text.endswith(self.lexicon.offices) or _FLOOR.search(text) else ""

    def _glued(self, text: str) -> tuple[str, tuple[str, ...]]:
        """A name without an office or a floor that stands behind it, or before it, with no mark between.

        Only such places as no thing is named after, and only beside a complete name of a kind: 「声级计监测站」,
        「打印机二楼」, 「监测站声级计」.
        """
        brackets = found[0] if text[-1:] == ")" and (found := _BRACKETS_BEHIND.search(text)) else ""
        if place := self._ending_on_office(text.removesuffix(brackets)):
            ends = [
                hit.end for hit in hits_in(place, self.lexicon) if hit.word.kinds and hit.end < len(place)
            ]
            piece = place[max(ends, default=0) :]
            if (
                ends
                and 1 < len(piece) <= LONGEST_PLACE
                and _HAN_ONLY.fullmatch(piece)
                and self._is_office(piece)
            ):
                return text[: max(ends)] + brackets, (piece,)
        found = None if self._office_ends.isdisjoint(text[1:14]) else self._front_office.match(text)
        if found is None and ("-" in text or "/" in text or ":" in text):
            found = _CLASS.match(text)
        if found is not None:
            rest = text[found.end() :]
            if bare(rest) in self.lexicon.exact and not self._names_a_kind(found[0]):
                return rest, (found[0],)
        return text, ()

    def _says_whose(self, text: str) -> bool:
        """Whether words before an office say which one: 「某县」; no thing, not even 「包」, may be among them."""
        if any(hit.word.head for hit in hits_in(text, self.lexicon)):
            return False
        return text.endswith(_ADMINISTRATIVE) or all_known(text, self.lexicon)

    def _names_a_kind(self, piece: str) -> bool:
        piece = piece.rstrip("-:/")
        return any(hit.end == len(piece) and hit.word.kinds for hit in hits_in(piece, self.lexicon))

    def _is_office(self, piece: str) -> bool:
        if not _HAN_ONLY.fullmatch(piece):
            return False
        office = max((one for one in self.lexicon.offices if piece.endswith(one)), key=len, default="")
        whose = piece.removesuffix(office) if office else _FLOOR.sub("", piece)
        if whose and not self._says_whose(whose):
            return False  # 「流速仪转子执法大队」
        return not self._names_a_thing(piece) and not any(
            hit.word.head and hit.end - hit.start > 1 and hit.end < len(piece)
            for hit in hits_in(piece, self.lexicon)
        )

    def _drop(self, piece: str, whole: str, aside: list[str]) -> str:
        if not self._says_where(piece):
            return whole
        aside.append(piece)
        return ""

    def _says_where(self, piece: str) -> bool:
        if piece.isascii():
            return False  # a bare number, a code: it may be a model
        known = self._known.get(piece)
        if known is None:
            parts = [part for part in _LIST.split(piece) if part]
            known = self._known[piece] = bool(parts) and all(
                self._is_place(part) or self._is_person(part) for part in parts
            )
        return known

    def _is_place(self, piece: str) -> bool:
        words = self.lexicon
        for use in words.uses:
            piece = piece.removesuffix(use)
        if len(piece) < 2 or ((word := words.words.get(piece)) is not None and word.fills):
            return False  # 「深层」 says what is sampled
        if _NUMBER.fullmatch(piece):
            return True
        near = _CARDINAL.sub("", piece)
        return any(
            one.endswith(words.places) and not self._names_a_thing(one)
            for one in (piece, near)
            if len(one) > 1
        )

    def _names_a_thing(self, piece: str) -> bool:
        return any(
            hit.end == len(piece)
            and hit.end - hit.start > 1
            and (
                hit.word.kinds
                or hit.word.ask
                or hit.word.roles & _THING
                or self._only_in_rules(hit.word.roles, ruled=hit.word.ruled)
            )
            for hit in hits_in(piece, self.lexicon)
        )

    @staticmethod
    def _only_in_rules(roles: frozenset[str], *, ruled: bool) -> bool:
        return ruled and "other" not in roles

    def _is_called(self, text: str) -> bool:
        """Whether a text is a surname, of one character or two, with at most two characters behind it."""
        if not all("\u3400" <= one <= "\u9fff" for one in text):
            return False
        return any(text[:end] in self._surnames and len(text) <= end + 2 for end in (1, 2))

    def _is_person(self, piece: str) -> bool:
        for use in (*self.lexicon.uses, *self.lexicon.titles):
            piece = piece.removesuffix(use)
        called = piece[1:] if piece[:1] in ("小", "老") else piece
        if not any(self._is_called(one) for one in {piece, called}):
            return False
        short = len(piece.lstrip("小老")) < 2  # 「小包」, 「包」: a thing rather than a family name
        return not any(
            hit.end - hit.start > 1 or (short and hit.word.head) for hit in hits_in(piece, self.lexicon)
        )
