"""The shipped template: an ordinary document with placeholders, written part by part."""

from __future__ import annotations

from equipcheck.ground.archives import office_file
from equipcheck.section.word import layout

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml"

BODY = (
    ("Title", "{{单位}}"),
    ("Title", "{{年度}}年{{对象}}配备情况"),
    ("BodyText", ""),
    ("Heading1", "一、存在的问题"),
    ("BodyText", "{{存在的问题}}"),
    ("Heading1", "二、原因分析"),
    ("BodyText", "{{原因}}"),
    ("Heading1", "三、下一步工作措施"),
    ("BodyText", "{{工作措施}}"),
    ("Heading1", "四、与上年相比"),
    ("BodyText", "{{与上年相比}}"),
    ("BodyText", "{{附件}}"),
)


def shipped() -> bytes:
    """The template as a docx; the same bytes every time."""
    return office_file(
        {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships(
                ("rId1", f"{_R}/officeDocument", "word/document.xml"),
                (
                    "rId2",
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
            ),
            "docProps/core.xml": _core(),
            "word/document.xml": _document(),
            "word/_rels/document.xml.rels": _relationships(
                ("rId1", f"{_R}/styles", "styles.xml"),
                ("rId2", f"{_R}/settings", "settings.xml"),
                ("rId3", f"{_R}/fontTable", "fontTable.xml"),
                ("rId4", f"{_R}/footer", "footer1.xml"),
                ("rId5", f"{_R}/footer", "footer2.xml"),
            ),
            "word/styles.xml": _styles(),
            "word/settings.xml": _settings(),
            "word/fontTable.xml": _font_table(),
            "word/footer1.xml": layout.footer_xml("right").encode(),
            "word/footer2.xml": layout.footer_xml("left").encode(),
        }
    )


def _content_types() -> bytes:
    parts = {
        "/word/document.xml": f"{_WML}.document.main+xml",
        "/word/styles.xml": f"{_WML}.styles+xml",
        "/word/settings.xml": f"{_WML}.settings+xml",
        "/word/fontTable.xml": f"{_WML}.fontTable+xml",
        "/word/footer1.xml": f"{_WML}.footer+xml",
        "/word/footer2.xml": f"{_WML}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_XML}<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relationships(*entries: tuple[str, str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in entries
    )
    return f'{_XML}<Relationships xmlns="{_REL}">{inside}</Relationships>'.encode()


def _core() -> bytes:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>装备部分模板</dc:title></cp:coreProperties>'
    ).encode()


def _document() -> bytes:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in BODY
    )
    return (
        f'{_XML}<w:document xmlns:w="{layout.NS}" xmlns:r="{_R}"><w:body>{paragraphs}'
        f"{layout.section_xml()}</w:body></w:document>"
    ).encode()


def _styles() -> bytes:
    styles = "".join(layout.style_xml(one) for one in (*layout.STYLES, *layout.ANNEX_STYLES))
    others = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/>'
        f"<w:rPr>{layout.fonts(layout.FANG)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f"<w:rPr>{layout.fonts(layout.FANG)}</w:rPr>"
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    return (
        f'{_XML}<w:styles xmlns:w="{layout.NS}"><w:docDefaults><w:rPrDefault><w:rPr>{layout.fonts(layout.FANG)}'
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{others}{styles}</w:styles>"
    ).encode()


def _settings() -> bytes:
    return (
        f'{_XML}<w:settings xmlns:w="{layout.NS}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ).encode()


def _font_table() -> bytes:
    chinese = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, others, family in layout.FONTS
    )
    latin = (
        f'<w:font w:name="{layout.LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f'{_XML}<w:fonts xmlns:w="{layout.NS}">{latin}{chinese}</w:fonts>'.encode()
