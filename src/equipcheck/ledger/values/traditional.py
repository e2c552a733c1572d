"""Traditional characters of the words that ledgers use, as their simplified forms."""

from __future__ import annotations

_PAIRS = """
資资 產产 編编 號号 設设 備备 儀仪 裝装 規规 數数 單单 價价 總总 額额 購购 買买 時时 間间 狀状 態态
況况 註注 檢检 證证 書书 週周 廠厂 報报 廢废 處处 損损 壞坏 維维 門门 類类 別别 稱称 計计 帳账 帐账
賬账 盤盘 點点 實实 際际 領领 機机 務务 臺台 檯台 條条 個个 輛辆 張张 塊块 隻只 項项 萬万 兩两 貳贰
參叁 陸陆 閒闲 閑闲 調调 丟丢 遺遗 滅灭 劃划 轉转 銷销 賣卖 贈赠 運运 啟启 啓启 開开 無无 樣样 標标
準准 據据 驗验 測测 圖图 樓楼 層层 區区 縣县 隊队 員员 責责 負负 審审 復复 製制 監监 會会 財财 簽签
蓋盖 說说 頁页 訂订 現现 場场 國国 淨净 減减 殘残 舊旧 質质 級级 權权 屬属 採采 經经 費费 來来 憑凭
發发 貨货 應应 錄录 電电 話话 聯联 繫系 關关 與与 於于 為为 從从 對对 達达 過过 還还 進进 適适 選选
錯错 雙双 預预 順顺 車车 較较 輸输 辦办 連连 長长 隱隐 頻频 題题 內内 廳厅 組组 變变 虧亏 餘余 僅仅
續续 終终 絕绝 統统 約约 線线 練练 節节 範范 簡简 糾纠 紅红 龍龙 庫库 導导 屆届 岡冈 幣币 強强 後后
擬拟 擱搁 撥拨 攝摄 暫暂 構构 檔档 歷历 殼壳 毀毁 氣气 決决 沒没 涼凉 渦涡 溫温 滿满 營营 爐炉 牆墙
獨独 環环 畫画 異异 當当 確确 碼码 禮礼 稅税 種种 穩稳 窩窝 築筑 籤签 紙纸 細细 給给 結结
"""
SIMPLIFIED = {ord(pair[0]): pair[1] for pair in _PAIRS.split()}
_TRADITIONAL: dict[str, str] = {}
for pair in _PAIRS.split():
    _TRADITIONAL[pair[1]] = _TRADITIONAL.get(pair[1], "") + pair[0]


def both(pattern: str) -> str:
    """A regular expression whose words match in both scripts; such words stand in no character class."""
    return "".join(f"[{c}{_TRADITIONAL[c]}]" if c in _TRADITIONAL else c for c in pattern)
