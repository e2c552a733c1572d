"""Everything from a fresh machine: needs Python 3.11 or newer and nothing else.

    python run.py                 the main job on the synthetic sample
    python run.py report FILE …   any equipcheck command
    python run.py test [ARGS]     the whole test suite (pytest ARGS)
    python run.py lint            lint, format, types, architecture contract
    python run.py mutate PATH …   change one place at a time and see whether the tests of its area notice
    python run.py bundle …        the folder for machines without a network (docs/guide/offline.md)
    python run.py site            the guide as a static site, in site/
    python run.py fuzz …          every reader of what people wrote, fuzzed at length (docs/fuzzing.md)
    python run.py tool NAME …     one development tool (ruff, mypy, pytest …) of that environment

It keeps its own environment in .venv, installed from the lock files with hashes checked.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SAMPLE = ["report", "inventories/sample-district"]
JAVA = ["default-jre-headless"]
OFFICE = ["libreoffice-calc", "libreoffice-writer", "fontconfig", "fonts-noto-cjk"]
BROWSER = ["chromium", "fontconfig", "fonts-noto-cjk"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MODULES = {
    "site": ["mkdocs", "build", "--strict"],
    "mutate": ["tests.mutate"],
    "fuzz": ["tests.fuzzing"],
}
"""Commands that are a module of the development environment, with its first arguments."""


def main(arguments: list[str]) -> int:
    """Run one of the commands above and return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python must say so, not fail on syntax)
        print("需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed", file=sys.stderr)
        return 2
    name = arguments[0] if arguments else ""
    if name == "test":
        return test(arguments[1:])
    if name == "lint":
        return lint()
    if name in MODULES:
        python = environment("requirements-dev.lock", ROOT / ".venv-dev")
        return call([python, "-m", *MODULES[name], *arguments[1:]])
    if name == "bundle":
        python = environment("requirements-dev.lock", ROOT / ".venv-dev")
        return call([python, str(ROOT / "packaging" / "bundle.py"), *arguments[1:]], cwd=Path.cwd())
    if name == "tool" and len(arguments) > 1:
        return call([environment("requirements-dev.lock", ROOT / ".venv-dev"), "-m", *arguments[1:]])
    python = environment("requirements.lock", ROOT / ".venv")
    return call([python, "-m", "equipcheck", *(arguments or SAMPLE)], cwd=Path.cwd() if arguments else ROOT)


def test(arguments: list[str]) -> int:
    """The test suite; a run that collects nothing fails (pytest's exit code 5)."""
    python = environment("requirements-dev.lock", ROOT / ".venv-dev")
    get_programs()
    if not arguments:
        arguments = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]
    return call([python, "-m", "pytest", *arguments])


def lint() -> int:
    """Lint, format, types and the architecture contract; all are run, the first failure is returned."""
    python = environment("requirements-dev.lock", ROOT / ".venv-dev")
    tools = Path(python).parent
    codes = [
        call([python, "-m", "ruff", "check", "."]),
        call([python, "-m", "ruff", "format", "--check", "."]),
        call([python, "-m", "mypy"]),
        call([str(tools / "lint-imports")]),
    ]
    return next((code for code in codes if code), 0)


def environment(lock: str, folder: Path) -> str:
    """The Python of a virtual environment that holds exactly what the lock file names."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = folder / "lock.sha256"
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + sys.version.encode()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return str(python)
    print(f"正在准备运行环境 {folder.name}（首次约一分钟）……", file=sys.stderr)
    try:
        venv.create(folder, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        print("无法建立虚拟环境：请先安装系统的 venv 组件（Debian、Ubuntu：python3-venv）", file=sys.stderr)
        raise SystemExit(2) from None
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call([*install, "--require-hashes", "-r", str(ROOT / lock)]):
        print("依赖没有装齐：请检查网络或软件源设置后重试", file=sys.stderr)
        raise SystemExit(2)
    stamp.write_text(wanted, encoding="ascii")
    return str(python)


def get_programs() -> None:
    """LibreOffice, a browser, Java and a Chinese font for the tests that need real ones; else these are skipped."""
    has_office, has_browser = shutil.which("soffice"), any(map(shutil.which, BROWSERS))
    font = has_chinese_font()
    wanted = [
        *(OFFICE if not (has_office and font) else []),
        *(BROWSER if not (has_browser and font) else []),
        *([] if shutil.which("java") else JAVA),  # for the roll-up on a Spark cluster
    ]
    apt = shutil.which("apt-get")
    if wanted and apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "-qq", "--no-install-recommends"]
        subprocess.run([apt, "update", "-qq"], check=False, env=calm, **quiet)  # type: ignore[call-overload]
        for packages in (OFFICE, BROWSER, JAVA):  # one that cannot be had does not keep the other away
            if set(packages) <= set(wanted):
                subprocess.run([apt, *install, *packages], check=False, env=calm, **quiet)  # type: ignore[call-overload]
    if not shutil.which("soffice"):
        print("没有 LibreOffice，需要它的一组测试将跳过（安装 LibreOffice 后会自动运行）", file=sys.stderr)
    if not shutil.which("java"):
        print("没有 Java，集群上的一组测试将跳过（安装 Java 17 后会自动运行）", file=sys.stderr)
    if not any(map(shutil.which, BROWSERS)):
        print("没有 Chromium，需要浏览器的一组测试将跳过（安装 Chromium 后会自动运行）", file=sys.stderr)


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed, as far as fontconfig can tell."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def call(command: list[str], cwd: Path = ROOT) -> int:
    """Run a program with the project's sources importable."""
    path = os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]))
    return subprocess.run(command, cwd=cwd, env={**os.environ, "PYTHONPATH": path}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
