"""The look of an official document (GB/T 9704-2012) as WordprocessingML: page, fonts, styles.

Clause numbers are of the standard. 1 mm is 56.7 twips (twentieths of a point).
"""

from __future__ import annotations

from dataclasses import dataclass

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def twips(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


PAGE = (twips(210), twips(297))  # 5.2.1: A4
TOP, BOTTOM, LEFT, RIGHT = twips(37), twips(35), twips(28), twips(26)  # 5.2.1: text block 156 × 225 mm
LINE = twips(225) // 22  # 5.2.3: 22 lines a page
# 5.2.3: 28 characters a line. The grid adds to each character of 16 pt, in 4096ths of a point.
CHAR_SPACE = round((156 / 25.4 * 72 / 28 - 16) * 4096)
NARROWER = 98  # percent: 28 characters of 16 pt fit the line also where a program knows no character grid
FOOTER = twips(35 - 7 - 6)  # 7.5: the page number stands 7 mm under the text block

SONG, FANG, KAI, HEI, XIAO = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
LATIN = "Times New Roman"

# What stands in for a font that is not installed: (name, other names, family). Fonts are never embedded.
FONTS = (
    (XIAO, "小标宋,FZXiaoBiaoSong-B05S,宋体,SimSun", "roman"),
    (FANG, "仿宋,FangSong,华文仿宋,STFangsong", "modern"),
    (KAI, "楷体,KaiTi,华文楷体,STKaiti", "modern"),
    (HEI, "SimHei,黑体-简,STHeiti", "modern"),
    (SONG, "SimSun,Songti SC,STSong", "auto"),
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: font, size in half points, alignment, indent in characters."""

    id: str
    name: str
    font: str = FANG
    size: int = 32
    align: str = "both"
    indent: int = 2
    line: int = LINE
    exact: bool = True
    based_on: str | None = "Normal"
    outline: int | None = None


BODY = Style("Normal", "Normal", indent=0, based_on=None)
STYLES = (
    BODY,
    Style("BodyText", "Body Text"),
    # 7.3.1: the title in size 2
    Style("Title", "Title", XIAO, 44, "center", 0, 640, False),
    # 7.3.3: 一、 in Hei, （一） in Kai, 1. and （1） in Fangsong
    Style("Heading1", "heading 1", HEI, outline=0),
    Style("Heading2", "heading 2", KAI, outline=1),
    Style("Heading3", "heading 3", outline=2),
    Style("Heading4", "heading 4", outline=3),
    Style("Header", "header", SONG, 18, "center", 0, 240, False),
    Style("Footer", "footer", SONG, 28, "left", 0, 240, False),  # 7.5: size 4
)
ANNEX_STYLES = (
    Style("EcAnnexMark", "附件标识", HEI, align="left", indent=0),  # 7.3.7: 「附件」 in size 3 Hei
    Style("EcAnnexTitle", "附件标题", XIAO, 36, "center", 0, LINE, False),
    Style("EcTableHead", "表头文字", HEI, 21, "center", 0, 320),
    Style("EcTableText", "表格文字", FANG, 21, "center", 0, 320),
    Style("EcTableLeft", "表格文字左", FANG, 21, "left", 0, 320),
    Style("EcTableNote", "表格附注", FANG, 21, "left", 0, 360),
)


def fonts(name: str) -> str:
    """rFonts with the East-Asian font set, so that nothing falls back to a Japanese default."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}" w:cs="{LATIN}"/>'


def style_xml(style: Style, *, namespace: bool = False) -> str:
    """A w:style element."""
    line = f'w:line="{style.line}" w:lineRule="{"exact" if style.exact else "atLeast"}"'
    spacing = f'<w:spacing w:before="0" w:after="0" {line}/>'
    indent = (
        f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{style.indent * style.size * 10}"/>'
    )
    keep = "<w:keepNext/>" if style.outline is not None else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    based = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = '<w:next w:val="BodyText"/>' if style.outline is not None or style.id == "Title" else ""
    default = ' w:default="1"' if style.id == "Normal" else ""
    declared = f' xmlns:w="{NS}"' if namespace else ""
    return (
        f'<w:style{declared} w:type="paragraph"{default} w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{based}{following}'
        f'<w:qFormat/><w:pPr>{keep}<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>{spacing}{indent}'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr><w:rPr>{fonts(style.font)}<w:b w:val="0"/><w:i w:val="0"/>'
        f'<w:color w:val="000000"/><w:w w:val="{NARROWER if style.size == 32 else 100}"/>'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def section_xml() -> str:
    """The page: size, margins, grid of 22 lines by 28 characters, page numbers outside on both sides."""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar w:top="{TOP}" w:right="{RIGHT}" w:bottom="{BOTTOM}" '
        f'w:left="{LEFT}" w:header="851" w:footer="{FOOTER}" w:gutter="0"/><w:cols w:space="425"/>'
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="{CHAR_SPACE}"/></w:sectPr>'
    )


def footer_xml(side: str) -> str:
    """「— 1 —」: one character in from the outer edge (7.5)."""
    indent = 'w:rightChars="100" w:right="280"' if side == "right" else 'w:leftChars="100" w:left="280"'
    run = f'<w:rPr>{fonts(SONG).replace(LATIN, SONG)}<w:sz w:val="28"/></w:rPr>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:ftr xmlns:w="{NS}"><w:p><w:pPr>'
        f'<w:pStyle w:val="Footer"/><w:ind {indent}/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{run}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{run}<w:t>1</w:t></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r>{run}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )
