"""What `doctor` looks at: the program and its data, the console, folders, fonts, and optional parts."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import locale
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from equipcheck import __version__

WORDS = {"ok": "正常", "missing": "缺少", "bad": "有误"}
FONTS = ("仿宋_GB2312", "仿宋", "FangSong", "黑体", "SimHei", "楷体", "KaiTi", "方正小标宋简体")
NEEDED = (
    "polars",
    "pydantic",
    "yaml",
    "python_calamine",
    "openpyxl",
    "docx",
    "xlsxwriter",
    "rapidfuzz",
    "rich",
)
OPTIONAL = (
    ("pdfplumber", "导入 PDF 附件（pip install 'equipcheck[pdf]'）"),
    ("pyspark", "在集群上汇总（pip install 'equipcheck[spark]'）"),
    ("starlette", "桌面页（equipcheck desk）"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "missing", "bad"]
    found: str
    advice: str = ""


def examine() -> list[Check]:
    """Everything, in the order in which it is told."""
    return [*_program(), *_console(), *_folders(), *_fonts(), *_optional()]


def _program() -> Iterator[Check]:
    yield Check("equipcheck", "ok", __version__)
    yield Check("Python", "ok", f"{platform.python_version()}（{sys.executable}）")
    yield Check("系统", "ok", platform.platform())
    for name in NEEDED:
        try:
            module = importlib.util.find_spec(name)
        except ImportError:
            module = None
        if module is None:
            yield Check(f"组件 {name}", "bad", "没有安装", "重新安装 equipcheck，或用离线安装包")
    yield _data()


def _data() -> Check:
    from equipcheck.catalogue.kinds import load_catalogue
    from equipcheck.problems import InputError
    from equipcheck.standard.editions import editions

    try:
        kinds = sum(kind.replaced_by is None for kind in load_catalogue().kinds.values())
        shipped = editions()
    except InputError as error:
        return Check("内置数据", "bad", str(error.problems[0]), "重新安装 equipcheck")
    return Check("内置数据", "ok", f"标准 {len(shipped)} 份，装备种类 {kinds} 个")


def _console() -> Iterator[Check]:
    for name, stream in (("标准输出", sys.stdout), ("标准错误", sys.stderr)):
        encoding = getattr(stream, "encoding", None) or "无"
        where = "终端" if getattr(stream, "isatty", lambda: False)() else "管道或文件"
        yield Check(f"{name}编码", "ok", f"{encoding}（{where}）")
    yield Check("系统编码", "ok", locale.getpreferredencoding(do_setlocale=False))
    if os.name == "nt":
        yield Check("控制台代码页", "ok", _code_page())
    yield Check("终端宽度", "ok", f"{shutil.get_terminal_size().columns} 列")
    if os.environ.get("NO_COLOR"):
        yield Check("颜色", "ok", "已按 NO_COLOR 关闭")


def _code_page() -> str:
    import ctypes

    return str(ctypes.windll.kernel32.GetConsoleOutputCP())  # type: ignore[attr-defined,unused-ignore]


def _folders() -> Iterator[Check]:
    for name, folder in (("当前文件夹", Path.cwd()), ("临时文件夹", Path(tempfile.gettempdir()))):
        writable = os.access(folder, os.W_OK)
        advice = "" if writable else "换一个可写的文件夹，或请管理员开放权限"
        yield Check(name, "ok" if writable else "missing", str(folder), advice)


def _fonts() -> Iterator[Check]:
    """Fonts of official documents: the DOCX names them, whoever opens it needs them."""
    names = _font_names()
    if names is None:
        yield Check("公文字体", "missing", "无法查看", "DOCX 里写的是字体名，打开时由本机字体显示")
        return
    have = [font for font in FONTS if any(font.lower() in name.lower() for name in names)]
    lost = not any(font in have for font in ("仿宋_GB2312", "仿宋", "FangSong"))
    advice = (
        "没有仿宋时 DOCX 会用替代字体显示，内容不受影响；打印前请在装有公文字体的电脑上打开" if lost else ""
    )
    yield Check("公文字体", "missing" if lost else "ok", "、".join(have) or "一种也没有", advice)


def _font_names() -> list[str] | None:
    if os.name == "nt":
        folder = Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
        known = {"simfang.ttf": "仿宋 FangSong", "simhei.ttf": "黑体 SimHei", "simkai.ttf": "楷体 KaiTi"}
        files = {path.name.lower() for path in folder.glob("*")} if folder.is_dir() else set()
        return [*(name for file, name in known.items() if file in files), *sorted(files)]
    lister = shutil.which("fc-list")
    if lister is None:
        return None
    done = subprocess.run([lister, ":", "family"], capture_output=True, check=False, timeout=20)
    return done.stdout.decode("utf-8", "replace").splitlines()


def _optional() -> Iterator[Check]:
    for module, feature in OPTIONAL:
        if importlib.util.find_spec(module) is None:
            yield Check(f"可选组件 {module}", "missing", "没有安装", f"不影响核查；需要时：{feature}")
        else:
            version = importlib.metadata.version(module)
            yield Check(f"可选组件 {module}", "ok", version)


def as_text(checks: list[Check]) -> str:
    """One line a check, advice below it."""
    lines = []
    for one in checks:
        lines.append(f"{WORDS[one.state]}  {one.name}：{one.found}")
        if one.advice:
            lines.append(f"      {one.advice}")
    bad = sum(one.state == "bad" for one in checks)
    lines.append("")
    lines.append(f"有 {bad} 处会使核查无法进行，请先处理。" if bad else "核查可以正常进行。")
    return "\n".join(lines) + "\n"


def as_json(checks: list[Check]) -> str:
    """The same for programs."""
    return json.dumps([asdict(one) for one in checks], ensure_ascii=False, indent=1) + "\n"
