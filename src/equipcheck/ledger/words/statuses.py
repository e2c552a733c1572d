"""Status words: what a ledger writes → one of frames.STATUSES."""

from __future__ import annotations

import re

from equipcheck.ledger.values.text import is_empty, squash
from equipcheck.ledger.values.text import word_list as _words

_WORDS: dict[str, tuple[str, ...]] = {
    "in_use": _words(
        """
        在用 自用 正常使用 使用中 正在使用 在使用 使用 正常 完好 良好 启用 已启用 投入使用 已使用 在用中
        可用 可使用 能用 好 正常在用 完好在用 使用正常 使用良好 状态良好 状态正常 运行正常 正常运行 运行中
        已领用 领用 备用 在账 在库在用 自用在用 在用(自用) 新购 全新 完好使用 基本完好 合格 正常可用 在役
        服役 后勤 其中:后勤 未报废 未损坏 无故障 未出租 未出借 未闲置 不闲置 非闲置 有使用价值
        """
    ),
    "idle": _words(
        """
        闲置 已闲置 闲置中 闲置未用 闲置待用 闲置(在库) 未使用 未启用 未用 封存 已封存 库存 在库 待分配
        待领用 库存闲置 长期闲置 不需用
        """
    ),
    "lent_out": _words(
        """
        出租 出借 借出 外借 已出租 已出借 已借出 已外借 租出 出租出借 出租/出借 出租中 出借中 借出中
        外借中 对外出租 对外出借
        """
    ),
    "broken": _words(
        """
        损坏 故障 待修 维修中 停用 已损坏 已坏 坏 坏了 损毁 毁损 已毁损 破损 有故障 故障中 待维修 在修
        修理中 维修 送修 送修中 已送修 返修 返修中 报修 已报修 停用中 已停用 不能使用 不能用 无法使用
        不可用 不能正常使用 无法正常使用 不正常 停机 损坏待修 故障待修 停用待修 停运 禁用 暂停使用 已损毁
        待检修 检修中
        """
    ),
    "pending_disposal": _words(
        """
        待处置 待报废 报废 拟报废 拟处置 申请报废 已申请报废 报废申请中 报废审批中 报废中 报废待处置
        报废待批 报废未处置 已报废待处置 已报废未处置 待核销 待处理 待报损 处置中 待拍卖 待移交处置
        到期待报废 超期待报废 待淘汰 淘汰 达到报废年限 建议报废
        """
    ),
    "gone": _words(
        """
        已报废 已处置 盘亏 已调出 丢失 已盘亏 已丢失 遗失 已遗失 被盗 失窃 灭失 已灭失 调出 无偿调出
        已调拨 已划转 划出 已划出 已核销 核销 已注销 注销 已销账 已下账 已拍卖 已出售 出售 已变卖 已捐赠
        捐出 对外捐赠 已报损 已报废处置 报废已处置 已淘汰 已移交外单位 盘亏丢失 已退回 已销毁
        """
    ),
}
STATUS_WORDS = {squash(word): status for status, words in _WORDS.items() for word in words}

_CODE = re.compile(r"^\(?\d{1,3}\)?[-_.、:：]?|[-_]?[(\[]?\d{1,3}[)\]]?$")  # 「01-在用」「在用(01)」
_PUNCTUATION = re.compile(r"[。.;；!！,，]+$")


def parse_status(text: str) -> str:
    """A status cell → one of frames.STATUSES; empty is in use, a word not known is `unknown`."""
    if is_empty(text):
        return "in_use"
    word = _PUNCTUATION.sub("", squash(text))
    return STATUS_WORDS.get(word) or STATUS_WORDS.get(_CODE.sub("", word), "unknown")
