"""Others in a clause that are no subject of it: as a cause, as those we go to, as those who gave or handed on."""

from __future__ import annotations

from dataclasses import replace

from equipcheck.section.drafts.statements.tokens import Token
from equipcheck.section.drafts.statements.turns import mark
from equipcheck.section.drafts.statements.words import ends_as_a_body

SOFT = ("unread", "filler", "of", "aside", "beside")
BODIES = ("theirs", "unsure")
CAUSES = ("因", "由于", "受", "鉴于", "因为")
GIVEN = mark("frames_given")
_TURNS_IT = mark("turns_it")
_TO_US = mark("to_us")
_BORROWS = mark("borrows")
_SHARED = mark("shared")


def settled(tokens: list[Token]) -> list[Token]:
    """The tokens of a clause, with others as `aside` where they are no subject."""
    return _received(_mere_objects(_disposed(_counted_bodies(tokens))))


def _counted_bodies(tokens: list[Token]) -> list[Token]:
    """「全市共有县级执法大队11个」: bodies of our sort, ours or not."""
    for at, one in enumerate(tokens[:-1]):
        counted = tokens[at + 1].sort == "number" and tokens[at + 1].text[-1] in "个支家"
        if one.sort == "ours" and counted and one.text[-2:] in ("大队", "支队", "分局"):
            tokens[at] = replace(one, sort="unsure")
    return tokens


def _disposed(tokens: list[Token]) -> list[Token]:
    """「今年下决心把A、B全部补齐」: the object ahead of its verb."""
    for at, one in enumerate(tokens[:-1]):
        resolve = one.text[:-1]
        ahead = one.sort == "unread" and one.text[-1] in "把将" and tokens[at + 1].sort in ("name", "number")
        if ahead and not (ends_as_a_body(resolve) or _TURNS_IT.search(resolve)):
            tokens[at] = replace(one, sort="aside")
    return tokens


def _mere_objects(tokens: list[Token]) -> list[Token]:
    """「因厂家排产推迟」「要看海事的排班」: others as a cause, or as those we go to, are no subject of what is told."""
    for at, one in enumerate(tokens):
        owns = any(each.sort == "name" for each in tokens[at + 1 : at + 3])
        if one.sort not in BODIES or not at or owns:
            continue
        ahead = tokens[max(0, at - 2) : at]
        caused = any(each.text in CAUSES for each in ahead)
        led = all(each.sort == "filler" for each in tokens[: at - 1])
        shared = _SHARED.search("".join(each.text for each in tokens[at + 1 :])) is not None
        beside = ahead[-1].text in ("与", "跟", "同", "和") and led and not shared
        if caused or beside or _BORROWS.search(ahead[-1].text):
            tokens[at] = replace(one, sort="aside")
    return tokens


def _received(tokens: list[Token]) -> list[Token]:
    """「市级配发的…2套已于7月移交我局使用」: what was handed to us is ours, whoever had it."""
    found = _TO_US.search("".join(one.text for one in tokens))
    name = next((at for at, one in enumerate(tokens) if one.sort == "name"), len(tokens))
    if found is None or name == len(tokens):
        return tokens
    of = max((at for at, one in enumerate(tokens[:name]) if one.text.endswith("的")), default=-1)
    handed = next(at for at, one in enumerate(tokens) if one.at + len(one.text) > found.start())
    behind = handed > name  # 「…移交我局使用」, and not 「调拨我队望远镜3台」
    for at, one in enumerate(tokens):
        within = found.start() < one.at < found.end() and one.sort != "ours"
        if at == handed:
            tokens[at] = replace(one, sort="turn", turn="held" if behind else "bought", number=None)
        elif (
            (within and not behind)
            or (at <= of < name)
            or one.sort in BODIES
            or (behind and at > handed and one.sort in _GIVEN_TO)
        ):
            tokens[at] = replace(one, sort="aside", turn=None, number=None)
    return tokens


_GIVEN_TO = ("unread", "filler", "beside", "made_to", "act_on", "turn", "join")


def givers(tokens: list[Token]) -> list[Token]:
    """「由县监测站移交我大队」: who gave it."""
    at = next(
        (i for i, one in enumerate(tokens[:-1]) if one.text == "由" and tokens[i + 1].sort in BODIES), None
    )
    if at is None or not GIVEN.search("".join(one.text for one in tokens[at:])):
        return tokens
    return [
        replace(one, sort="aside") if index >= at and one.sort in (*SOFT, *BODIES, "act_on", "ours") else one
        for index, one in enumerate(tokens)
    ]
