"""One spelling for names: what two names must share to be the same name written twice.

Full-width forms, traditional characters, letter case, spaces, brackets' shapes and dashes are ways of
writing, not differences of meaning.
"""

from __future__ import annotations

import re
import unicodedata

from equipcheck.ground.patterns import pattern

_TRADITIONAL = (
    "機机儀仪檢检測测監监視视錄录執执車车輛辆設设備备聲声級级計计噪噪氣气體体塵尘煙烟電电腦脑記记筆笔數数碼码攝摄"
    "像像單单雙双遠远鏡镜紅红熱热線线無无動动採采樣样質质氫氢離离劑剂量量輻辐應应環环護护裝装徵征證证獨独專专業业"
    "務务網网絡络傳传眞真掃扫複复製制顯显碎碎紙纸燈灯對对講讲話话衛卫導导臺台壓压風风溫温濕湿類类標标準准開开關关"
    "與与種种類类廠厂進进營营維维修修費费軟软統统養养護护門门櫃柜張张椅椅書书庫库劃划發发報报警警參参緊紧輕轻"
    "鐵铁鋼钢鉛铅銅铜濁浊導导範范圍围頻频譜谱顆颗濃浓連连續续樓楼廚厨飲饮餐餐館馆攜携帶带選选擇择現现場场圖图"
    "牆墙窗窗簾帘鍵键盤盘滑滑鼠鼠電电池池龍龙積积極极簡简纖纤組组織织純纯終终結结絲丝維维綜综緩缓練练總总縮缩繪绘"
    "繫系繼继續续聯联職职聽听膠胶臨临艙舱船船艦舰藥药處处術术裡里規规覽览觀观觸触訊讯訓训託托設设許许診诊詞词試试該该詳详"
    "誤误調调諾诺譯译議议讀读變变讓让賓宾資资賽赛質质贈赠趨趋跡迹輸输輯辑轉转辦办邊边達达違违遙遥遞递遲迟遺遗郵邮鄉乡"
    "醫医釋释針针鈉钠銀银銷销鋁铝鋰锂錯错鎖锁鏈链鐘钟鑑鉴長长閃闪閉闭閥阀間间隊队階阶際际隨随險险隱隐雜杂難难雲云霧雾靈灵靜静"
    "響响頁页順顺須须預预頭头題题額额顏颜飛飞馬马驗验驅驱體体髮发鬆松魚鱼鳥鸟點点黨党齊齐齒齿"
)
_OTHER = (
    dict.fromkeys("【〔[{《「『<〈", "(")
    | dict.fromkeys("】〕]}》」』>〉", ")")
    | dict.fromkeys("—–―‐‑‒−－─﹣~～＿_", "-")
    | dict.fromkeys("·•‧∙・●*#®™©“”‘’\"'`", " ")
    | dict.fromkeys("，；;", ",")
    | {"×": "x", "：": ":", "。": ".", "|": "/", "\\": "/"}
)
_UNSEEN = dict.fromkeys(
    map(chr, (0xAD, 0x34F, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
              *range(0xFE00, 0xFE10))),
    "",
)  # fmt: skip
"""Characters without width, which copying from pages and documents leaves behind."""

_MAP = str.maketrans(
    {a: b for a, b in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True) if a != b} | _OTHER | _UNSEEN
)
_SPACE = pattern(r"\s+")
_NUMBER_SIGN = pattern(r"(?<=\d)[#＃]")
_KEY_DROPS = pattern(r"[\s(),/、.:\-+]+")


def is_han(text: str) -> bool:
    """Whether a text begins with a Chinese character. (A pattern of all of them takes a millisecond to compile.)"""
    return "\u3400" <= text <= "\u9fff"


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in a text."""
    return not text.isascii() and any(map(is_han, text))


def fold(text: str) -> str:
    """A name in one spelling; spaces stay only between words of Latin letters and digits."""
    if text and all("\u4e00" <= one <= "\u9fff" for one in text):
        return text.translate(_MAP)
    if "#" in text or "＃" in text:
        text = _NUMBER_SIGN.sub("号", text)
    plain = unicodedata.normalize("NFKC", text).translate(_MAP).lower()
    return _SPACE.sub(_between_words, plain)


def _between_words(found: re.Match[str]) -> str:
    """What is left of blanks: one between words of Latin letters and digits, none anywhere else."""
    text, start, end = found.string, found.start(), found.end()
    inside = start > 0 and end < len(text) and not (_needs_none(text[start - 1]) or _needs_none(text[end]))
    return text[start] if inside else ""


def _needs_none(character: str) -> bool:
    return character in "(),/:" or "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def key(text: str) -> str:
    """What identifies a name: `fold` without spaces, brackets and punctuation."""
    return bare(fold(text))


def bare(folded: str) -> str:
    """The `key` of what is folded already."""
    return folded if folded.isalnum() else _KEY_DROPS.sub("", folded)
