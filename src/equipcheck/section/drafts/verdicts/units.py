"""The ledger's numbers for what a statement speaks of, and how they are told."""

from __future__ import annotations

from collections.abc import Sequence

from equipcheck.checking.results import AssetUse, Finding
from equipcheck.ground.frames import NOT_HELD
from equipcheck.project.arrangements import HOW
from equipcheck.section.drafts.statements.statement import Statement
from equipcheck.section.drafts.statements.turns import BROKEN, EXPIRED, GONE, LENT, SCRAPPED


def unit(one: Finding) -> str:
    """The row's unit."""
    return one.unit or "台"


def narrow(said: Statement, one: Finding) -> bool:
    """Whether the statement names fewer kinds than the row asks for."""
    return bool(said.target.kinds) and bool(set(one.kinds) - set(said.target.kinds))


def _of_kinds(said: Statement, one: Finding) -> list[AssetUse]:
    """The row's assets; where fewer kinds are named, those of these."""
    few = narrow(said, one)
    return [asset for asset in one.assets if not few or asset.kind in said.target.kinds]


def held(said: Statement, one: Finding) -> int:
    """Units on the books."""
    if not narrow(said, one):
        return one.held
    return sum(
        asset.counted + asset.surplus + (asset.out if asset.excluded not in NOT_HELD else 0)
        for asset in _of_kinds(said, one)
    )


def usable(said: Statement, one: Finding) -> int:
    """Units that may be used."""
    if not narrow(said, one):
        return one.usable
    return sum(asset.counted + asset.surplus for asset in _of_kinds(said, one))


def reasons(words: str) -> tuple[str, ...]:
    """The reasons of exclusion that a draft's words tell of."""
    found = {reason for pattern, of in _REASONS for reason in of if pattern.search(words)}
    return tuple(sorted(found)) or _ANY


_REASONS = (
    (LENT, ("lent_out",)),
    (GONE, ("gone",)),
    (SCRAPPED, ("pending_disposal",)),
    (EXPIRED, ("verification_expired", "verification_unknown")),
    (BROKEN, ("broken", "pending_disposal")),
)
_ANY = ("verification_expired", "verification_unknown", "broken", "pending_disposal", "lent_out")


def out(said: Statement, one: Finding, words: str) -> int:
    """Units on the books that are out for the reasons that the words tell of."""
    why = reasons(words)
    return sum(asset.out for asset in _of_kinds(said, one) if asset.excluded in why)


def outs(said: Statement, one: Finding, words: str) -> list[int]:
    """The numbers that a count of such units may mean: of each reason by itself, and of all together."""
    by_reason: dict[str, int] = {}
    for asset in _of_kinds(said, one):
        if asset.excluded in reasons(words):
            by_reason[asset.excluded] = by_reason.get(asset.excluded, 0) + asset.out
    return [*by_reason.values(), sum(by_reason.values())]


def all_dated(said: Statement, one: Finding) -> bool:
    """Whether a validity date stands for every unit that is not out, so that 「过期」 can be denied."""
    assets = [one for one in _of_kinds(said, one) if one.counted + one.surplus]
    return bool(assets) and all(asset.valid_until is not None for asset in assets)


def facts(one: Finding) -> str:
    """「应配3台，在账2台，可用1台，缺2台」"""
    measure = unit(one)
    need = "应配数量待定" if one.required is None else f"应配{one.required}{measure}"
    text = f"{need}，在账{one.held}{measure}，可用{one.usable}{measure}"
    text += f"，缺{one.gap}{measure}" if one.gap else ""
    return text if one.obligation == "required" else f"{text}（选配）"


def services(one: Finding) -> str:
    """「第三方服务保障1台」"""
    return "、".join(f"{HOW[each.how]}保障{each.quantity}{unit(one)}" for each in one.services)


def candidates(one: Finding) -> str:
    """Ledger rows that may be this row's, still to be reviewed."""
    if not one.candidates:
        return ""
    names = "、".join(dict.fromkeys(row.name for row in one.candidates[:3]))
    return f"；台账里的“{names}”是否即此项，尚待复核"


def gaps_to_tell(rows: Sequence[Finding]) -> list[Finding]:
    """Required rows with a gap that is not waived, attested ones first; what stands in no ledger among them."""
    found = [
        one
        for one in rows
        if one.obligation == "required" and one.gap and not (one.waiver is not None and one.waiver.in_force)
    ]
    return sorted(found, key=lambda one: one.source.kind != "attested")


def open_gaps(rows: Sequence[Finding]) -> list[Finding]:
    """Those of `gaps_to_tell` of which the ledger can speak."""
    return [one for one in gaps_to_tell(rows) if one.status not in ("unrecorded", "undecided")]
