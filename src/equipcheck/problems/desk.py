"""Errors of the desk: what its page or a program sent."""

from equipcheck.problems import Entry

DESK: tuple[Entry, ...] = (
    Entry(
        "project-changed",
        "项目文件在别处改过",
        "照旧写入会盖掉别人刚做的改动。",
        "刷新页面，看到新的内容后再改。",
        "equipcheck.yaml 在打开页面之后被改过，没有写入。请刷新页面后再改",
    ),
    Entry(
        "decision-changed",
        "名称的决定在别处改过",
        "照旧写入会盖掉别人刚做的决定。",
        "看一下别人的决定；仍要改的，再选一次。",
        "“{name}”在别处已定为 {now}（{by}），没有写入。请看过后再选",
    ),
    Entry(
        "same-name-twice",
        "两个文件同名",
        "后一个会盖掉前一个。",
        "改名后再放入。",
        "一次放入的文件里有同名的。请改名后再放入",
    ),
    Entry(
        "desk-broken",
        "程序出错",
        "这是程序的缺陷，没有写入任何内容。",
        "重试一次；仍然如此的，把终端窗口里的说明发给维护的人。",
        "程序出了错，没有写入任何内容。请重试；仍然如此的，把终端窗口里的说明发给维护的人",
    ),
    Entry(
        "no-upload",
        "没有收到文件",
        "没有内容可读。",
        "选好文件再提交；程序调用时用 multipart 表单，字段名见接口说明。",
        "没有收到文件。请选择文件后再提交",
    ),
    Entry(
        "not-a-ledger-file",
        "不是台账文件",
        "只读表格文件；文件名里有不能用的字符时，换一台电脑就打不开。",
        '换成 xlsx、xls、ods 或 csv；文件名不要带路径和 < > : " | ? * 这些字符。',
        "文件名不能用，或不是能读的表格（{known}）。请改名或另存为 xlsx 后再放入",
    ),
    Entry(
        "not-a-draft-file",
        "不是能核对的文稿",
        "只核对 docx、md、txt。",
        "在 Word 或 WPS 里另存为 docx。",
        "不是能核对的文稿。请另存为 docx、md 或 txt 后再放入",
    ),
    Entry(
        "bad-body",
        "提交的内容不对",
        "看不懂的内容不会写进文件。",
        "照接口说明改好再提交。",
        "提交的内容应为{expected}，没有写入",
    ),
    Entry(
        "port-taken",
        "端口用不了",
        "别的程序正在用这个端口，或系统不允许。",
        "不写 --port 就会任选一个空闲的端口。",
        "端口 {port} 用不了（{reason}）。请换一个，或不写 --port",
    ),
)
