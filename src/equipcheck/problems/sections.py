"""Errors of the yearly report's section and of the history."""

from equipcheck.problems import Entry

SECTIONS: tuple[Entry, ...] = (
    Entry(
        "draft-format",
        "不支持的稿件格式",
        "只有能可靠读出文字的格式才能核对。",
        "用 WPS 或 Word 另存为 .docx，或存为 .md、.txt。",
        "不能读取“{suffix}”格式的稿件，可读的是 .docx、.md、.txt。请另存为 .docx 后再核对",
    ),
    Entry(
        "draft-encoding",
        "稿件的文字编码读不出",
        "编码不明时汉字会读错。",
        "用编辑器另存为 UTF-8 编码。",
        "既不是 UTF-8 也不是 GB18030 编码的文本。请另存为 UTF-8 编码",
    ),
    Entry(
        "draft-broken",
        "文档打不开",
        "文件损坏，或其实不是 docx。",
        "用 WPS 或 Word 打开后另存为 .docx。",
        "不是完好的 docx 文档（{reason}）。请用 WPS 或 Word 打开后另存为 .docx",
    ),
    Entry(
        "draft-too-big",
        "文件过大",
        "防止损坏或恶意的文件耗尽内存。",
        "删去图片后另存，只留文字。",
        "文件过大（上限 {limit} MB）。请删去图片后另存，只留文字",
    ),
    Entry(
        "template-placeholder",
        "模板里有不认识的占位",
        "写错的占位会原样留在文稿里。",
        "改成可用的占位。",
        "不认识的占位“{name}”{near}。可用的占位：{known}",
    ),
    Entry(
        "template-part-inline",
        "段落占位与其他文字同在一段",
        "这类占位会换成若干段落，只能独占一段。",
        "让该占位独占一段。",
        "占位“{name}”会换成若干段落，请让它独占一段",
    ),
    Entry(
        "template-empty",
        "模板里没有内容占位",
        "没有占位就没有地方放内容。",
        "至少放一个内容占位。",
        "模板里没有内容占位，请至少放一个：{known}（写成 {{{{…}}}}）",
    ),
    Entry(
        "template-format",
        "模板与输出格式不一致",
        "Markdown 输出用 Markdown 模板，docx 输出用 docx 模板。",
        "换用同一格式的模板，或改输出格式。",
        "输出格式是 {form}，模板却是“{suffix}”。请换用 .{form} 模板，或改输出格式",
    ),
    Entry(
        "snapshot-differs",
        "这一年已有内容不同的快照",
        "直接覆盖会抹掉原来的记录。",
        "确要更正时加 --force。",
        "{year} 年已登记过快照，内容与这次不同。确要用这次的结果替换，请加 --force",
    ),
    Entry(
        "snapshot-edited-kept",
        "这一年的快照被手工改动过",
        "覆盖会抹掉手工改动的内容。",
        "核对后加 --force 重新登记。",
        "{year} 年的快照登记后被改动过（校验和不符）。核对后如要重新登记，请加 --force",
    ),
    Entry(
        "snapshot-edited",
        "快照登记后被改动过",
        "改动过的数字不再是当年核查的结果。",
        "用当年的台账重新登记（history record --force）。",
        "登记后被改动过（校验和不符），其中的数字不再是当年核查的结果。请用当年的台账重新登记",
    ),
    Entry(
        "snapshot-twice",
        "同一年有两份快照",
        "不知以哪一份为准。",
        "删去其中一份。",
        "{year} 年有两份快照。请删去其中一份",
    ),
    Entry(
        "no-history",
        "还没有年度快照",
        "没有往年的记录就看不出变化。",
        "每年核查后运行 equipcheck history record。",
        "还没有年度快照。每年核查后运行 equipcheck history record 登记一次",
    ),
)
