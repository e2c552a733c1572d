"""Errors of ledgers: what can be wrong in a file, and why a row is rejected. Notes: ledger_notes.py."""

from equipcheck.problems import Entry
from equipcheck.problems.ledger_notes import NOTES

FILES_AS_LEDGERS: tuple[Entry, ...] = (
    Entry(
        "empty-file",
        "文件是空的",
        "文件没有内容；网盘里尚未下载到本机的文件也是这样。",
        "确认文件已完整下载（网盘文件先选“始终保留在此设备上”）后重试。",
        "文件是空的（0 字节或全为空白）。如在网盘中，请先下载到本机",
    ),
    Entry(
        "not-a-ledger-file",
        "不是台账文件",
        "这种文件里没有可读的表格。",
        "改用台账的原始表格文件（xlsx、xls、ods、csv）。",
        "这是{what}，不是表格。请改用台账的原始表格文件（xlsx、xls、ods、csv）",
    ),
    Entry(
        "lock-file",
        "Excel 的临时锁文件",
        "以 ~$ 开头的是文件打开时的临时文件，里面没有台账。",
        "改用去掉 ~$ 的同名文件。",
        "这是文件打开时的临时锁文件，不是台账。请改用“{name}”",
    ),
    Entry(
        "encrypted-file",
        "文件有打开密码",
        "加密的内容无法读取，本工具也不索要密码。",
        "用 Excel 或 WPS 打开，取消打开密码后另存，再重试。",
        "文件设有打开密码，无法读取。请取消密码后另存再试",
    ),
    Entry(
        "broken-file",
        "文件已损坏或不完整",
        "下载中断或被其他程序改坏的文件读不全，读一半会漏资产。",
        "用 Excel 或 WPS 打开，另存为 xlsx 后再试；打不开的请重新导出。",
        "文件已损坏或不完整，读不出来（{reason}）。请用 Excel 或 WPS 打开后另存为 xlsx 再试",
    ),
    Entry(
        "too-big-file",
        "文件过大",
        "超出上限的文件会耗尽内存；恶意构造的压缩包、散布到极远处的单元格也会这样。",
        "按提示拆分文件，或删去表格以外的零散内容后另存。",
        "文件超出可读的上限：{reason}",
    ),
    Entry(
        "hostile-xml",
        "文件里有不该有的声明",
        "表格文件里不会有文档类型或实体声明；它们是攻击读取程序的手法。",
        "不要使用来历不明的文件；用 Excel 或 WPS 打开后另存再试。",
        "内部文件“{part}”里有文档类型或实体声明，不予读取。请用 Excel 或 WPS 打开后另存再试",
    ),
    Entry(
        "reader-crashed",
        "读取程序被这个文件弄垮",
        "文件的内部结构异常；读取在单独的进程里进行，没有影响别的结果。",
        "用 Excel 或 WPS 打开后另存为 xlsx 再试。",
        "文件的内部结构异常，读不出来（{reason}）。请用 Excel 或 WPS 打开后另存为 xlsx 再试",
    ),
    Entry(
        "text-encoding",
        "文本编码不明",
        "编码不明时汉字会读错。",
        "用记事本打开后“另存为”，编码选 UTF-8；或另存为 xlsx。",
        "认不出文本的编码，也不像任何表格文件。请另存为 UTF-8 编码的 csv，或另存为 xlsx",
    ),
    Entry(
        "no-heading",
        "没有认得的表头",
        "不知道哪一列是资产名称，就无法读出任何资产。",
        "用 equipcheck ledger show 查看；或在配置里用 columns、header_row 指明表头。",
        "没有一张表有认得的表头：需要{wanted}一列{seen}。可在配置里用 columns 和 header_row 指明",
    ),
    Entry(
        "bad-header-row",
        "指定的表头行不是表头",
        "按指定的行读不出资产名称列。",
        "核对 header_row（从 1 数的行号），或用 columns 指明各列。",
        "第 {row} 行不是表头：需要{wanted}一列{seen}。请核对 header_row，或用 columns 指明各列",
    ),
    Entry(
        "no-such-sheet",
        "没有这张工作表",
        "sheets 里写的名称与文件不符。",
        "按文件里的工作表名称改正。",
        "没有名为“{name}”的工作表{near}。文件里有：{names}",
    ),
    Entry(
        "no-such-heading",
        "没有这个列标题",
        "columns 里写的列标题在文件里找不到，对应的列会漏读。",
        "按文件里的列标题改正。",
        "没有列标题“{heading}”{near}。认得的列标题有：{known}",
    ),
)

REJECTED: tuple[Entry, ...] = (
    Entry(
        "quantity-not-a-number",
        "数量不是数",
        "件数不明，计入多少都是猜。",
        "把数量改成数字，如 2、2台、两台。",
        "数量写的是“{value}”，不是数；此行不计。请改成数字",
    ),
    Entry(
        "quantity-negative",
        "数量是负数",
        "冲销行不能与哪一行相抵由人判断。",
        "删去冲销行并改正被冲销的那一行。",
        "数量是负数（{value}）；此行不计。请改正被冲销的那一行并删去此行",
    ),
    Entry(
        "quantity-fraction",
        "数量不是整数",
        "装备按件计，半件无从认定。",
        "把数量改成整数。",
        "数量不是整数（{value}）；此行不计。请改成整数",
    ),
    Entry(
        "quantity-too-large",
        "数量过大",
        "多半是编号或金额错填到数量列。",
        "核对此行各列是否错位。",
        "数量过大（{value}）；此行不计。请核对是否把编号或金额填到了数量列",
    ),
    Entry(
        "name-missing",
        "有数量没有名称",
        "不知道是什么资产。",
        "补上资产名称；如是合计行，请在首列写明“合计”。",
        "有数量（{value}）没有名称；此行不计。请补上名称，如是合计行请写明“合计”",
    ),
    Entry(
        "number-without-name",
        "有编号没有名称",
        "不知道是什么资产；名称可能只写在上面一行，或者合并单元格在导出时拆开了。",
        "补上资产名称。",
        "有编号（{value}）没有名称；此行不计。请补上名称",
    ),
)

LEDGERS: tuple[Entry, ...] = FILES_AS_LEDGERS + REJECTED + NOTES
