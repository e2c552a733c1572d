"""Errors of importing a standard from its annex."""

from equipcheck.problems import Entry

ANNEXES: tuple[Entry, ...] = (
    Entry(
        "annex-unreadable",
        "附件打不开",
        "文件损坏、加了密码，或不是它的扩展名所说的格式。",
        "用 Word、WPS 或 Excel 打开后另存为 docx、xlsx 再导入。",
        "附件打不开（{reason}）：文件可能损坏或加了密码。请打开后另存为 docx 或 xlsx 再导入",
    ),
    Entry(
        "annex-old-word",
        "旧版 Word 文档",
        ".doc 等旧格式读不出表格的合并关系。",
        "用 Word 或 WPS 另存为 docx 再导入。",
        "这是旧版 Word 文档（.doc）。请用 Word 或 WPS 另存为 docx 再导入",
    ),
    Entry(
        "annex-unknown-form",
        "认不出的附件格式",
        "只读 docx、xlsx、xls、html、csv，装有 pdf 附加件时还有 pdf。",
        "另存为其中一种再导入。",
        "认不出这种文件。请另存为 docx、xlsx、xls、html 或 csv 再导入",
    ),
    Entry(
        "annex-too-large",
        "表格大得不合常理",
        "多半是远处有一个误填的单元格；展开会耗尽内存。",
        "删去表格范围以外的内容后另存。",
        "表格有 {rows} 行 × {columns} 列，大得不合常理。请删去远处误填的单元格后另存再导入",
    ),
    Entry(
        "annex-unpacks-too-large",
        "文件展开后过大",
        "防止恶意文件耗尽内存。",
        "确认来源；把标准表单独另存为一个文件。",
        "文件展开后有 {size} MB，大得不合常理。请把标准表单独另存为一个文件再导入",
    ),
    Entry(
        "annex-without-table",
        "附件里没有表格",
        "没有表格就没有可读的行。",
        "确认表格没有贴成图片；图片里的表要先转成文字表格。",
        "附件里没有读到表格。如表格是图片，请先转成文字表格",
    ),
    Entry(
        "annex-without-head",
        "没有认出表头",
        "表头要有装备名称一列和至少一列数量（省级、市级、县级、一级、数量等）；左右并列的几组不能混读。",
        "核对表头用语；必要时在附件副本里把表头改成常用的写法，左右并列的拆成上下排列。",
        "读到 {tables} 张表，没有一张认出表头（要有“装备名称”一列和至少一列数量，如“县级”；"
        "左右并列的请拆成上下排列）。请核对表头",
    ),
    Entry(
        "annex-not-a-draft",
        "不是标准草稿",
        "--merge 要在已有的草稿上合并。",
        "核对 -o 的路径，或用 --force 覆盖。",
        "这个文件不是标准草稿，无法合并。请核对路径，或用 --force 覆盖",
    ),
    Entry(
        "draft-exists",
        "草稿已经存在",
        "草稿里可能已有人作的答复，不能无声覆盖。",
        "用 --merge 重新导入并保留答复，或用 --force 覆盖。",
        "草稿已经存在。要保留其中的答复请加 --merge，要覆盖请加 --force",
    ),
    Entry(
        "pdf-extra-missing",
        "没有装读取 PDF 的附加件",
        "PDF 的读取程序较大，不随基本安装。",
        '运行 pip install "equipcheck[pdf]"，或把附件另存为 docx、xlsx。',
        '读取 PDF 要先安装附加件：pip install "equipcheck[pdf]"；也可以把附件另存为 docx 或 xlsx',
    ),
    Entry(
        "pdf-without-text",
        "PDF 里没有文字",
        "扫描件是图片，读不出表格。",
        "用文字识别软件转成 docx 或 xlsx，核对后再导入。",
        "PDF 里没有文字（多半是扫描件）。请先用文字识别软件转成 docx 或 xlsx，核对后再导入",
    ),
)
