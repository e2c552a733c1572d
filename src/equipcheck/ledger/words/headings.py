"""Column headings: which words name which field. Vocabulary only; where they stand is layout's affair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from equipcheck.ledger.values.text import squash
from equipcheck.ledger.values.text import word_list as _words

# Field → headings, best first: of two columns for one field the better heading wins, the other is kept as is.
# From what public bodies print, and the usual exports of asset systems.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": _words(
        """
        资产名称 固定资产名称 财产名称 设备名称 仪器设备名称 设备仪器名称 仪器名称 装备名称 器材名称
        物资名称 货物名称 标的名称 产品名称 商品名称 物品名称 货品名称 用品名称 车辆名称 家具名称 器具名称
        计量器具名称 低值易耗品名称 采购设备名称 实物名称 资产卡片名称 资产名称及型号 资产名称及规格
        资产名称型号 资产名称及规格型号 设备名称及型号 设备名称型号 设备名称及规格型号 名称及规格型号
        名称及型号 名称型号 名称规格 名称及规格 名称规格型号 标项名称 品名 品名规格 品名及规格 名称
        通用名称 项目名称 资产 设备 仪器 装备 物品 车辆类型 assetname name
        """
    ),
    "model": _words(
        """
        规格型号 型号规格 型号及规格 规格及型号 型号 规格 资产型号 设备型号 仪器型号 资产规格 设备规格
        资产规格型号 设备规格型号 仪器规格型号 规格型号及参数 品牌型号 品牌及型号 品牌规格型号 品牌规格
        品牌/型号 品牌、型号 厂牌型号 车型 规格/型号 型号/规格 规格、型号 型号、规格 规格与型号 型号与规格
        产品型号 model
        """
    ),
    "quantity": _words(
        """
        数量 资产数量 设备数量 仪器数量 物品数量 现有数量 期末数量 结存数量 库存数量 台数 件数 套数 台件数
        台套数 辆数 数目 拥有数量 配备数量 购置数量 数量合计 资产数 qty quantity
        """
    ),
    "book_quantity": _words(
        """
        账面数量 账面数 帐面数量 帐面数 账存数量 账存数 帐存数 帐存数量 登记卡数量 登记数量 在账数量
        账上数量 财务账数量 卡片数量 账面库存 账面结存数量
        """
    ),
    "counted_quantity": _words(
        """
        实盘数量 实盘数 盘点数量 盘点数 盘点实存数量 实存数量 实存数 实有数量 实有数 实际数量 清查数量
        清查数 实物数量 盘存数量 盘存数 实点数量 实点数 现场盘点数量 实地盘点数量 清查实有数 核实数量
        实际盘点数量
        """
    ),
    "unit": _words(
        """
        计量单位 数量单位 单位 资产计量单位 unit
        """
    ),
    "asset_no": _words(
        """
        资产编号 固定资产编号 资产编码 固定资产编码 资产卡片编号 资产卡片号 卡片编号 财产编号 资产号
        资产标签号 资产条码 唯一标识码 资产唯一标识码 资产卡片编号或唯一标识码 设备编号 设备编码 仪器编号
        仪器设备编号 器具编号 计量器具编号 统一编号 管理编号 本单位编号 单位内部编号 内部编号 条形码 条码
        物品编号 物资编码 固资编号 固定资产号 卡片号 编号 编码 assetno
        """
    ),
    "serial": _words(
        """
        出厂编号 机身编号 机身编号(sn号) 序列号 sn号 sn sn码 s/n s/n号 机身号 机身序列号 出厂号 出厂序列号
        设备序列号 仪器序列号 产品序列号 产品编号 机器编号 机号 机器序列号 出厂编码 器号 设备出厂编号
        仪器出厂编号 serialno serialnumber
        """
    ),
    "category": _words(
        """
        资产分类名称 资产分类 资产类别 资产类别名称 分类名称 类别名称 分类 类别 资产分类代码 资产分类编码
        分类代码 分类编码 分类号 资产分类号 资产分类编号 类别编号 类别编码 资产大类 国标分类 国标分类名称
        国标分类代码 国标大类 设备类别 设备分类 仪器类别 资产类型 品目 品目名称 资产国标大类 六大类
        """
    ),
    "status": _words(
        """
        使用状况 使用状态 资产使用状况 资产使用状态 资产状态 资产状况 设备状态 设备状况 仪器状态 仪器状况
        使用现状 当前状态 目前状态 目前状况 使用情况 资产现状 设备现状 技术状况 技术状态 完好情况 完好状况
        完好状态 运行状态 运行状况 现状 状态 状况 实物状态 盘点状态 盘点结果 清查结果 status
        """
    ),
    "acquired": _words(
        """
        取得日期 资产取得日期 购置日期 购入日期 购买日期 购建日期 购进日期 采购日期 取得时间 购置时间
        购入时间 购买时间 购建时间 购进时间 采购时间 购置年月 取得年月 购入年月 购建年份 购置年份 取得年份
        购买年份 购置年度 投入使用日期 开始使用日期 启用日期 投入使用时间 开始使用时间 启用时间 投用日期
        使用日期 入账日期 入帐日期 财务入账日期 入账时间 入帐时间 记账日期 入库日期 入库时间 验收日期
        验收时间 到货日期 到货时间 增加日期 领用日期 领用时间 配发日期 配发时间 登记日期
        """
    ),
    "checked_on": _words(
        """
        检定日期 检定/校准日期 检定校准日期 检定(校准)日期 检定或校准日期 校准日期 校准/检定日期
        最近检定日期 最近一次检定日期 最近检定/校准日期 最近校准日期 最近一次校准日期
        最近一次检定/校准日期 上次检定日期 上次校准日期 上次检定/校准日期 本次检定日期 本次校准日期
        检定时间 校准时间 检定/校准时间 最近检定时间 上次检定时间 检校日期 检校时间 计量检定日期 计量日期
        计量检定时间 计量时间 溯源日期 送检日期 末次检定日期 证书日期 发证日期 检定证书日期
        """
    ),
    "valid_until": _words(
        """
        检定有效期至 校准有效期至 检定/校准有效期至 检定校准有效期至 证书有效期至 有效期至 有效期限至
        有效期到 检定有效期 校准有效期 检定/校准有效期 检定校准有效期 检定有效期限 检定有效日期 证书有效期
        计量有效期 计量检定有效期 有效期 有效日期 有效期限 有效截止日期 有效期截止日期 有效期截止
        检定到期日期 检定到期日 检定到期时间 校准到期日期 校准到期日 到期日期 到期日 到期时间 下次检定日期
        下次校准日期 下次检定/校准日期 下次检定校准日期 下次检定时间 下次校准时间 下次检定/校准时间
        下次送检日期 下次送检时间 下次检校日期 应检日期 下次计量日期 计量到期日期 证书到期日期
        证书有效期限
        """
    ),
    "cycle": _words(
        """
        检定周期 校准周期 检定/校准周期 检定校准周期 检校周期 计量周期 溯源周期 送检周期 检定周期(月)
        检定有效期(月) 周期
        """
    ),
    "certificate": _words(
        """
        检定证书 校准证书 检定/校准证书 检定情况 校准情况 检定校准情况 检定/校准情况 计量检定情况 计量情况
        证书情况 检定结果 校准结果 检定结论 检定/校准结果 检定证书情况 证书内容 检定信息 计量检定 检定
        检定状态 检定证书编号及有效期 检定证书及有效期 证书编号及有效期 结论
        """
    ),
    "unit_price": _words(
        """
        单价 资产单价 设备单价 购置单价 单位价值 单位价格 单台价格 采购单价 单件价值 价格 购置价格
        """
    ),
    "total_price": _words(
        """
        原值 账面原值 帐面原值 资产原值 固定资产原值 设备原值 原价 账面价值 价值 资产价值 金额 总金额 总价
        总值 总价值 购置金额 采购金额 入账金额 入账价值 合计金额 金额合计 购置价值 取得价值 总原值
        资产总值 资产金额 设备金额
        """
    ),
    "department": _words(
        """
        使用部门 管理部门 使用/管理部门 使用管理部门 部门 部门名称 使用部门名称 科室 使用科室 所在部门
        所属部门 归属部门 责任部门 领用部门 保管部门 使用单位 管理单位 使用/管理单位 使用管理单位 领用单位
        保管单位 所属单位 单位名称 资产所属单位 责任科室 所在科室 管理科室 领用科室 使用处室 处室 中队
        大队 所属中队 使用部门/人 组织机构 所属机构
        """
    ),
    "location": _words(
        """
        存放地点 存放位置 存放地址 存放处 存放场所 存放部位 安装地点 安装位置 放置地点 放置位置 使用地点
        保管地点 所在位置 所在地点 坐落位置 地点 位置 具体位置 存放房间
        """
    ),
    "remark": _words(
        """
        备注 备注说明 说明 情况说明 附注 备注信息 其他说明 盘点备注 资产备注 使用说明 现状说明 状况说明
        remark remarks
        """
    ),
}

# Headings that ledgers print and this tool has no use for: they help to recognise a heading row, and their
# columns are kept as they are.
OTHERS = frozenset(
    _words(
        """
        序号 序 no no. 行号 行次 项次 顺序号 编次 包号 次序 品牌 厂牌 商标 生产厂家 生产厂商 制造厂家
        制造商 厂家 厂商 生产单位 生产企业 制造单位 产地 产地及厂家 国别 供应商 供货商 供货单位 供应商名称
        供货单位名称 供应单位 中标供应商名称 销售商 使用人 保管人 领用人 责任人 使用人员 管理人 管理员
        保管员 资产管理员 使用责任人 使用人姓名 负责人 联系人 使用方向 用途 资产用途 取得方式 购置方式
        增加方式 采购方式 采购组织形式 资产来源 来源 经费来源 资金来源 价值类型 财政拨款 财政性资金 凭证号
        会计凭证号 记账凭证号 发票号 发票号码 合同编号 合同号 净值 账面净值 资产净值 累计折旧 折旧状态
        折旧方法 折旧年限 预计使用年限 使用年限 已使用年限 已使用月数 尚可使用年限 月折旧额 残值 残值率
        净残值 净残值率 减值准备 设备现值 现值 已提折旧 已提月数 已计提月数 出厂日期 生产日期 制造日期
        保修期 保修截止日期 质保期 保修期至 质保到期日 车牌号 车牌号码 号牌号码 车架号 发动机号 盘盈 盘亏
        盘盈数量 盘亏数量 盘盈金额 盘亏金额 盘点人 盘点日期 盘点时间 复核人 差异 差异数 差异数量 差异原因
        编制情况 处置形式 处置原因 技术指标 技术参数 主要技术指标 技术要求 配置 主要配置 图片 照片 二维码
        履历卡号 操作人 方法 测量范围 准确度等级 精度等级 检定机构 检定单位 校准机构 检定/校准机构
        检定/校准单位 证书编号 证书号 检定证书编号 检定证书号 校准证书编号 检定规程 管理类别 是否强检 强检
        是否在用 是否编制 资产属性 项目 科目 会计科目 审核状态 卡片状态 日期 采购预算 预算 领用人签字 签字
        签名 是否盘到 是否账实相符 使用单位代码 单位编码 单位代码 部门编码 部门代码 面积 建筑面积 权属
        标签
        """
    )
)

_RANK = {
    heading: (field, rank) for field, headings in HEADINGS.items() for rank, heading in enumerate(headings)
}
STRONG = HEADINGS["name"].index("项目名称")  # headings of lower rank name an asset beyond doubt
WEAKER = 100  # added to the rank of a heading that is known by a part of it
_ENDINGS = tuple(
    (field, re.compile(f"(?:{words})$"))
    for field, words in (
        ("name", "名称"),
        ("model", "规格型号|型号规格|型号"),
        ("serial", "出厂编号|序列号"),
        ("asset_no", "资产编号|资产编码"),
        ("valid_until", "有效期至|有效期|到期日期?"),
        ("checked_on", "检定日期|校准日期|检定时间"),
        ("acquired", "购置日期|取得日期|购置时间|取得时间|购入日期"),
        ("status", "使用状况|使用状态"),
        ("location", "存放地点|存放位置"),
        ("unit_price", "单价"),
    )
)
_FOREIGN = re.compile(
    "单位|部门|供应|供货|厂|商|类|科目|项目|公司|机构|人员|企业|品牌|规程|文件|合同|标准|系统|下次|上级|"
    "保修|质保|保险|年检|年审|驾驶|许可|软件|报废|处置|损坏|盘盈|盘亏|差异|附件|配件|图片|库房|仓库|银行|课题|凭证"
)
_PARTS = re.compile(r"[/、及和与或]")
_IN_YUAN = re.compile(r"[,，:：]?(?:单位)?[:：]?(?:人民币)?万?元$")
_MARKS = re.compile(r"^[*＊★☆●※]+|[*＊★:：。.、]+$")
_BRACKETS = re.compile(r"[(\[【〔<《]([^()\[\]【】〔〕<>《》]*)[)\]】〕>》]")
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}\)?[.、)]|[①-⑳])")
_TEN_THOUSAND = re.compile(r"万")
_GENERIC = re.compile(r"(?:基本|资产|设备|相关)?(?:信息|情况|内容|资料)$")
NAME_LIKE = r"[名品资資设設仪儀装裝物车車]|(?i:name)"  # in every heading of a name
MAX_LENGTH = 24  # characters of a heading; longer ones are sentences


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: a field (None: known, but of no use here) and how good a name for it this is."""

    field: str | None
    rank: int = 0


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A heading without spaces, marks, numbering and case."""
    text = _MARKS.sub("", squash(text)).lower()
    return _MARKS.sub("", _NUMBERED.sub("", text))


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """What a heading's text means, None where it is none that is known."""
    if not text or len(text) > 4 * MAX_LENGTH:
        return None
    word = plain(text)
    bare = _BRACKETS.sub("", word)
    for candidate in (word, bare, _IN_YUAN.sub("", bare)):
        if candidate in _RANK:
            return Heading(*_RANK[candidate])
        if candidate in OTHERS:
            return Heading(None)
    if not bare or len(bare) > MAX_LENGTH:
        return None
    first = _PARTS.split(bare)[0]
    if first != bare and first in _RANK:
        field, rank = _RANK[first]
        return Heading(field, rank + WEAKER)
    return _by_ending(bare)


def _by_ending(word: str) -> Heading | None:
    """A heading of more words than the vocabulary has: 「执法装备名称」, 「仪器检定有效期至」."""
    if _FOREIGN.search(word):
        return None
    return next((Heading(field, 2 * WEAKER) for field, end in _ENDINGS if end.search(word)), None)


def heading_under(upper: str, lower: str) -> Heading | None:
    """What a heading below another means: both together, else the lower, else the upper one."""
    if not plain(lower):
        return heading_of(upper)
    both = heading_of(_GENERIC.sub("", plain(upper)) + plain(lower))
    return both or _of_count(upper, lower) or heading_of(lower)


def _of_count(upper: str, lower: str) -> Heading | None:
    """「账面数」 or 「盘点情况」 over 「数量」: which of the two; under 「盘盈」 nothing counts."""
    low = heading_of(lower)
    if low is None or low.field not in {"quantity", "unit_price", "total_price", "status", "acquired"}:
        return None
    above = plain(upper)
    if re.search(r"期末|年末|结存|现有|实有", above) and low.field in {"quantity", "total_price"}:
        return Heading(low.field, -1)
    if re.search(r"期初|年初|上年", above):
        return Heading(None)
    if low.field == "quantity" and re.search(r"账面|帐面|账存|帐存|登记", above):
        return Heading("book_quantity", 9)
    if low.field == "quantity" and re.search(r"实盘|实存|实有|盘点|清查|盘存", above):
        return Heading("counted_quantity", 9)
    if re.search(r"盘盈|盘亏|差异|处置|调入|调出|增加|减少|折旧", above):
        return Heading(None)
    return None


def money_scale(text: str) -> int:
    """How many 元 one unit of a money column is: 10000 where the heading says 万元."""
    found = _BRACKETS.search(squash(text))
    inside = found[1] if found else squash(text).partition(",")[2]
    return 10_000 if _TEN_THOUSAND.search(inside) else 1
