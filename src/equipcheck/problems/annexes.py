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
        "annex-file-too-large",
        "文件太大",
        "标准的附件只有几兆；更大的多半夹带了图片或别的材料。",
        "把标准表单独另存为一个文件。",
        "文件有 {size} MB，上限 {most} MB。请把标准表单独另存为一个文件再导入",
    ),
    Entry(
        "annex-reader-died",
        "附件读不完",
        "文件展开后太大或内部结构异常；读取在单独的进程里进行，内存和时间都有上限，没有影响别的结果。",
        "用 Word、WPS 或 Excel 打开，把标准表单独另存为一个新文件再导入。",
        "附件读不完（{reason}）：文件太大或内部结构异常。请打开后把标准表单独另存为一个新文件再导入",
    ),
    Entry(
        "annex-other-form",
        "不是能读的附件格式",
        "这种格式里没有可靠的表格结构。",
        "用 Word、WPS 或浏览器打开，另存为 docx、xlsx 或 html 再导入。",
        "这是{what}，读不出表格。请打开后另存为 {form} 再导入",
    ),
    Entry(
        "annex-table-lost",
        "有数字的表没有读出一行",
        "表里有数字，但没有认出哪一列是装备名称、哪一列是数量。",
        "用 --columns 名称=B,县级=D 指明各列，或把表头改成常用的写法。",
        "{table}没有读出一行（{why}，首行是“{first}”）。请用 --columns 名称=B,县级=D 指明各列后再导入",
    ),
    Entry(
        "annex-columns",
        "--columns 写错了",
        "--columns 写明各列：名称和至少一列数量。",
        "写成 --columns 名称=B,单位=C,县级=D；列用字母、序号或表头的原文。",
        "--columns 的“{part}”{why}。写成 名称=B,单位=C,县级=D 的样子",
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
        "表头要有装备名称一列和至少一列数量（省级、市级、县级、一级、数量等）。",
        "用 --columns 名称=B,县级=D 指明各列，或在附件副本里把表头改成常用的写法。",
        "读到 {tables} 张表，没有一张认出表头（要有“装备名称”一列和至少一列数量，如“县级”）：{first}。"
        "请用 --columns 名称=B,县级=D 指明各列",
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
