"""Errors of standards and of the catalogue."""

from equipcheck.problems import Entry

STANDARDS: tuple[Entry, ...] = (
    Entry(
        "unknown-standard",
        "没有这个标准",
        "标准编号写错，或文件不在所写的位置。",
        "用 equipcheck standards list 查看内置标准；自己的标准写文件路径（以 .yaml 结尾）。",
        "没有标准“{ref}”{near}。内置的有：{known}；自己的标准请写文件路径（以 .yaml 结尾）",
    ),
    Entry(
        "no-edition-in-force",
        "该日期没有施行中的版本",
        "没有写明用哪个标准时，按日期选用施行中的版本；此日期之前没有内置的版本。",
        "用 --standard 或 standard: 写明标准编号或文件，或核对截至日期。",
        "{on} 没有施行中的“{family}”标准：{first}。请写明用哪个标准，或核对日期",
    ),
    Entry(
        "duplicate-id",
        "编号重复",
        "每列、每行的编号用来指名道姓，重复时不知指哪一个。",
        "给其中一个换一个编号。",
        "{what}的编号“{id}”重复（第一次在第 {first} 行）。请换一个编号",
    ),
    Entry(
        "unknown-column",
        "没有这一列",
        "数量写在不存在的列下，就没有机构会读到它。",
        "改成 columns 里列出的编号，或在 columns 里补上这一列。",
        "没有列“{column}”{near}。columns 里有：{known}",
    ),
    Entry(
        "obligation-missing",
        "有数量的列没有写必配还是选配",
        "obligation 逐列写明时，必须写全有数量的每一列。",
        "在 obligation 里补上这一列：required（必配）或 optional（选配）。",
        "“{row}”的 obligation 没有写列“{column}”。请补上 required（必配）或 optional（选配）",
    ),
    Entry(
        "unknown-kind",
        "目录里没有这个装备种类",
        "标准的每一行通过装备种类与台账对应；种类不存在，这一行永远对不上。",
        "改成目录里的种类编号，或先在自己的目录文件里增加这个种类。",
        "目录里没有装备种类“{kind}”{near}。请改成目录里的编号，或先在目录里增加",
    ),
    Entry(
        "kind-twice",
        "同一行里种类写了两次",
        "多半是抄写有误。",
        "删去其中一个。",
        "装备种类“{kind}”在这一行写了两次。请删去其中一个",
    ),
    Entry(
        "kinds-overlap",
        "两行的装备种类部分重叠",
        "一件装备只能计入一行；两行种类有交叉而又互不包含（或完全相同且同为必配、同为选配）时，不知计入哪一行。",
        "让一行的种类完全包含另一行的；或种类相同而一行必配、一行选配；或合并为一行。",
        "“{row}”与“{other}”（第 {line} 行）在列 {columns} 都要求“{kinds}”，不知计入哪一行。"
        "请让一行的种类完全包含另一行，或一行必配、一行选配，或合并",
    ),
)
