"""What outputs share: rates, and where rows and units ended."""

from __future__ import annotations

from equipcheck.checking.results import Rates
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.schemas.parts import COUNT, printed, told
from equipcheck.schemas.results import fields_of

RATES = fields_of(
    Rates,
    by_kind="达标率：达标的行 ÷ 适用的必配行；没有适用的行为 null",
    by_kind_if_verified="有效期不明的都补检合格时的达标率",
    by_quantity="数量配备率；上限标准为 null",
    applicable="适用的必配行数",
    met="达标的行数",
    unrecorded="台账未登记、不计入的行数",
    undecided="待定、不计入的行数",
)
COVERAGE = printed(RATES | {"attested": told(printed(RATES), "只算有据的行")})
TOTALS = told(printed({"read": COUNT} | dict.fromkeys(PLACE_NAMES, COUNT)), "每一行、每一件恰好归入一处")
