"""A synthetic project with prices, contracts, waivers and settings, for the tests of the whole command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SAMPLE

PRICES = """种类,单价,年份,来源,用途
声级计,450,2023,合成：计量院报价,送检
酸度计,300,2023,合成：计量院报价,送检
烟气污染物快速测定仪,1800,2023,合成：计量院报价,送检
粉尘快速测定仪,2600,2023,合成：厂家报价,维修
照相机,5800,2023,合成：三家询价,购置
恶臭监测仪,12000,2023,合成：服务商报价,服务
"""

FURTHER = """prices: prices.csv
waivers: [{requirement: mobile-source, reason: 合成：由市局统一配备, until: 2024-06-30}]
plan:
  named: [sound-level]
  transfers: [{requirement: mobile-kit, quantity: 1, from: 合成市局}]
"""

DECISIONS = "matches:\n  - {name: 便携式检测仪, kind: none, note: 合成：无法辨认}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with what planning can use beside it."""
    import shutil

    target = tmp_path / "project"
    shutil.copytree(SAMPLE, target)
    (target / "prices.csv").write_text(PRICES, "utf-8")
    # The one row in review is decided here, so that golden files do not follow every change of the suggestions.
    decisions = target / "decisions.yaml"
    decisions.write_text(DECISIONS, "utf-8")
    config = target / "equipcheck.yaml"
    text = config.read_text("utf-8").replace("waivers: []\n", FURTHER)
    config.write_text(text.replace("vehicles: 3 ", "vehicles: 3\n  vehicle_quota: 4 "), "utf-8")
    return target
