"""Installs equipcheck from this folder, without a network: every file's hash is checked, nothing is left half done.

Standard library alone; runs under an ordinary Python and under Windows' embeddable one.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIB = HERE / "lib"
STAMP = LIB / "installed.txt"


def main() -> int:
    """Install, unless this very bundle is installed already; 2 with the reason where it cannot be."""
    wanted = hashlib.sha256((HERE / "SHA256SUMS.txt").read_bytes()).hexdigest() + f" {sys.version_info[:2]}"
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted:
        return 0
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    lock = HERE / "locks" / f"{system()}-{python}.txt"
    if not lock.is_file():
        have = "、".join(sorted(path.stem for path in (HERE / "locks").glob("*.txt")))
        return stop(f"这个安装文件夹里没有 {system()}、Python {python} 的组件，只有：{have}")
    print("正在核对文件……", flush=True)
    if changed := [name for name, digest in hashes() if not same(HERE / name, digest)]:
        return stop(f"文件缺失或被改动：{'、'.join(changed[:5])}。请重新复制整个文件夹")
    print("正在安装（约一分钟）……", flush=True)
    (pip,) = (HERE / "wheels").glob("pip-*.whl")
    half = HERE / "lib.half"
    shutil.rmtree(half, ignore_errors=True)
    command = [
        sys.executable,
        str(pip / "pip"),
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-index",
    ]
    command += ["--root-user-action", "ignore"]
    options = ["--find-links", str(HERE / "wheels"), "--require-hashes", "--no-deps", "-r", str(lock)]
    if subprocess.run([*command, *options, "--target", str(half)], check=False).returncode:
        shutil.rmtree(half, ignore_errors=True)
        return stop("安装没有完成，原来的东西没有改动")
    shutil.rmtree(LIB, ignore_errors=True)
    half.rename(LIB)
    STAMP.write_text(wanted, encoding="ascii")
    open_embeddable()
    print("已装好。", flush=True)
    return 0


def system() -> str:
    """This system, by the names that the bundle uses."""
    arm = platform.machine().lower() in ("arm64", "aarch64")
    names = {"win32": "windows", "darwin": "macos"}
    return names.get(sys.platform, "linux-arm" if arm else "linux")


def hashes() -> list[tuple[str, str]]:
    """(file, SHA-256) of everything in the folder."""
    lines = (HERE / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    return [(line.split("  ", 1)[1], line.split("  ", 1)[0]) for line in lines]


def same(path: Path, digest: str) -> bool:
    """Whether a file is there and is the one that was packed."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def open_embeddable() -> None:
    """Windows' embeddable Python looks for modules only where its ._pth file says."""
    if os.name != "nt":
        return
    for path in (HERE / "python").glob("python*._pth"):
        lines = path.read_text(encoding="ascii").splitlines()
        if "..\\lib" not in lines:
            path.write_text("\n".join([*lines, "..\\lib"]) + "\n", encoding="ascii")


def stop(reason: str) -> int:
    """Say why not."""
    print(f"错误：{reason}", file=sys.stderr, flush=True)
    return 2


if __name__ == "__main__":
    sys.exit(main())
