"""What outputs share: rates, and where rows and units ended."""

from __future__ import annotations

from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.schemas.parts import COUNT, MAYBE_SHARE, printed, told

RATES = {
    "by_kind": told(MAYBE_SHARE, "达标率：达标的行 ÷ 适用的必配行；没有适用的行为 null"),
    "by_kind_if_verified": told(MAYBE_SHARE, "有效期不明的都补检合格时的达标率"),
    "by_quantity": told(MAYBE_SHARE, "数量配备率；上限标准为 null"),
    "applicable": told(COUNT, "适用的必配行数"),
    "met": told(COUNT, "达标的行数"),
    "unrecorded": told(COUNT, "台账未登记、不计入的行数"),
    "undecided": told(COUNT, "待定、不计入的行数"),
}
COVERAGE = printed(RATES | {"attested": told(printed(RATES), "只算有据的行")})
TOTALS = told(printed({"read": COUNT} | dict.fromkeys(PLACE_NAMES, COUNT)), "每一行、每一件恰好归入一处")
