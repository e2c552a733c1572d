"""The words that annexes put over their columns."""

from __future__ import annotations

import re

SPEAKS_OF_BUREAUS = re.compile(
    r"级$|类(地区|机构|单位)?$|档$|城市$|地区$|开发区$|乡镇|街道|兵团|总队|支队|大队|中队"
)
"""A heading that names bureaus, though not in words for a known fact: 副省级城市, 一类地区, 乡镇级."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SERIAL = _words("序号 编号 序 项次 行次 no no. № 项目编号")
UNIT = _words("单位 计量单位 数量单位 单位名称")
REMARK = _words("备注 说明 附注 备考 注 备注说明 有关说明 其他说明")
DUTY = _words("配备类型 配备性质 配备方式 配置类型 配置性质 必配选配 必选配 装备性质 是否必配 必配/选配")
PARAMETERS = _words(
    """
    技术参数 主要技术参数 参数 技术要求 性能要求 主要性能 性能指标 主要性能指标 技术指标 主要技术指标 规格
    规格型号 型号规格 技术规格 基本要求 功能要求 主要功能
    """
)
PRICE = _words("价格上限 单价上限 价格上限标准 单价上限标准 价格标准 最高单价 限价")
LIFE = _words("使用年限 最低使用年限 最低使用年限标准 使用年限标准 使用期限 年限 更新年限")
QUANTITY = _words(
    """
    数量 配备数量 配置数量 配备标准 配置标准 数量标准 数量上限 数量上限标准 实物量标准 标准数量 配备数 配置数
    最高数量 数量限额 配备限额 最低配备数量 最低数量 标准 配备要求 配置要求 配发数量 配发标准 首次配发数量
    """
)
NAME = _words("名称 装备名称 设备名称 仪器名称 仪器设备名称 资产名称 装备设备名称 物品名称 器材名称 品名")
NOT_A_NAME = _words("单位名称 机构名称 部门名称")
KIND = ("装备种类", "种类", "品种", "品目", "资产品目", "装备项目", "配备项目")
"""A name where there is no other, else a category."""
NAME_TOO = (*KIND, "项目", "装备", "设备", "仪器设备", "仪器", "器材", "装备内容", "内容", "指标")
"""A name where there is no better one; the first that occurs."""
CATEGORY = _words("类别 装备类别 分类 类型 设备类别 装备分类 设备分类 大类 装备类型 资产类别 类 种别 名目")
REQUIRED = _words("必配 必配数量 必配装备 必配标准")
OPTIONAL = _words("选配 选配数量 选配装备 选配标准")

REGIONS = {"东部": "east", "中部": "central", "西部": "west"}
GRADES = {
    "一": 1,
    "二": 2,
    "三": 3,
    "1": 1,
    "2": 2,
    "3": 3,
    "Ⅰ": 1,
    "Ⅱ": 2,
    "Ⅲ": 3,
    "I": 1,
    "II": 2,
    "III": 3,
}
CLIMATES = {
    "热": "hot",
    "亚热": "subtropical",
    "南温": "south-temperate",
    "北温": "north-temperate",
    "寒": "cold",
    "高寒": "high-cold",
}
LEVELS = (
    (_words("省 省份 省本 自治区 省市区 省区市 直辖市"), "province"),
    (_words("市 地市 地级市 地 市地 市州 州市 设区市 设区的市 盟市"), "city"),
    (_words("县 区县 县区 区 县市 市县区 县市区 区市县 旗县 旗县区 旗"), "county"),
)
"""What stands before 级."""
NOISE = "|".join(
    (
        "生态环境|综合行政|行政|机关|部门|执法|机构|队伍|总队|支队|大队|单位|本级",
        "配备|配置|装备|标准|数量|要求|最低|应|配|的",
    )
)
"""Words beside a level that say nothing of which level it is."""
