"""Makes the offline folder: everything that a machine without a network needs, with hashes, and nothing else.

    python run.py bundle --for windows [--for linux …] [--python 3.11 …] -o FOLDER

What goes in is what requirements.lock names, for each system and Python asked for; `install.py` in the folder
installs it without an index and checks every hash. Needs the package index; run by whoever prepares the folder.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent


def _glibc(machine: str) -> tuple[str, ...]:
    """The tags of wheels for Linux from glibc 2.28 (Debian 10, openEuler, Kylin V10) down."""
    return tuple(f"manylinux_2_{minor}_{machine}" for minor in (28, 27, 26, 24, 17, 12, 5))


SYSTEMS = {
    "windows": {
        "tags": ("win_amd64",),
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
    },
    "linux": {
        "tags": (*_glibc("x86_64"), "manylinux2014_x86_64", "manylinux1_x86_64", "linux_x86_64"),
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
    },
    "linux-arm": {
        "tags": (*_glibc("aarch64"), "manylinux2014_aarch64", "linux_aarch64"),
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "platform_machine": "aarch64",
    },
    "macos": {
        "tags": ("macosx_11_0_arm64", "macosx_12_0_arm64", "macosx_14_0_arm64", "macosx_11_0_universal2"),
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "arm64",
    },
}
REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)==([^ \\;]+)(?: ; ([^\\\n]+?))?((?: \\\n    --hash=\S+)+)", re.M)


def main() -> int:
    """Make the folder; it must not be there yet."""
    parser = argparse.ArgumentParser(prog="python run.py bundle", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--for", dest="systems", action="append", choices=list(SYSTEMS))
    parser.add_argument("--python", dest="pythons", action="append", metavar="3.12")
    parser.add_argument("-o", "--output", type=Path, default=Path("equipcheck-offline"))
    called = parser.parse_args()
    systems = called.systems or ["windows"]
    pythons = called.pythons or ["3.11", "3.12", "3.13"]
    if called.output.exists():
        print(f"{called.output} 已经存在，请换一个名字或先移走", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "bundle"
        (folder / "wheels").mkdir(parents=True)
        build_wheel(folder / "wheels")
        for system in systems:
            for python in pythons:
                print(f"{system}，Python {python} ……", file=sys.stderr)
                download(system, python, folder)
        fetch_pip(folder / "wheels")
        copy_parts(folder)
        bill_of_materials(folder)
        write_hashes(folder)
        shutil.copytree(folder, called.output)
    size = sum(path.stat().st_size for path in called.output.rglob("*") if path.is_file()) / 2**20
    print(f"已做好 {called.output}（{size:.0f} MB）", file=sys.stderr)
    return 0


def build_wheel(target: Path) -> None:
    """Our own wheel; the same sources give the same bytes."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def requirements(system: str, python: str) -> list[str]:
    """The locked requirements that hold on a system, each with its hashes."""
    facts = {key: value for key, value in SYSTEMS[system].items() if key != "tags"}
    facts |= {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    facts.setdefault("platform_machine", "AMD64" if system == "windows" else "x86_64")
    kept = []
    for name, version, marker, hashes in REQUIREMENT.findall((ROOT / "requirements.lock").read_text("utf-8")):
        if not marker or Marker(marker).evaluate(facts):  # type: ignore[arg-type]
            kept.append(f"{name}=={version}{hashes}")
    return kept


def download(system: str, python: str, folder: Path) -> None:
    """The wheels of one system and Python, and the list with hashes by which they are installed."""
    lines = requirements(system, python)
    name = f"{system}-{python}.txt"
    (folder / "locks").mkdir(exist_ok=True)
    (folder / "locks" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    tag = "cp" + python.replace(".", "")
    command = [
        *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"),
        *("--only-binary", ":all:", "--implementation", "cp", "--python-version", python),
        *(part for abi in (tag, "abi3", "none") for part in ("--abi", abi)),
        *(part for one in SYSTEMS[system]["tags"] for part in ("--platform", one)),
        *("--require-hashes", "-r", str(folder / "locks" / name), "-d", str(folder / "wheels")),
    ]
    subprocess.run(command, check=True)
    (ours,) = (folder / "wheels").glob("equipcheck-*.whl")
    version = ours.name.split("-")[1]
    digest = hashlib.sha256(ours.read_bytes()).hexdigest()
    with (folder / "locks" / name).open("a", encoding="utf-8") as lock:
        lock.write(f"equipcheck=={version} --hash=sha256:{digest}\n")


def fetch_pip(target: Path) -> None:
    """The installer itself, by its hash: an embeddable Python has none."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run(
        [*command, "--require-hashes", "-r", str(HERE / "pip.lock"), "-d", str(target)], check=True
    )


def copy_parts(folder: Path) -> None:
    """The installer, the starters of each system, and the three steps in words."""
    shutil.copy(HERE / "install.py", folder / "install.py")
    (folder / "安装.sh").write_bytes((HERE / "install.sh").read_bytes())
    text = (HERE / "start.cmd").read_text("utf-8").replace("\n", "\r\n")
    (folder / "双击即用.cmd").write_bytes(text.encode("gbk"))  # the code page of Chinese Windows consoles
    (folder / "读我.txt").write_bytes((HERE / "readme.txt").read_text("utf-8").encode("utf-8-sig"))


def bill_of_materials(folder: Path) -> None:
    """CycloneDX: every part with its version and hashes."""
    command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(ROOT / "requirements.lock")]
    options = ["--output-reproducible", "--of", "JSON", "-o", str(folder / "组件清单.cdx.json")]
    subprocess.run([*command, *options], check=True)


def write_hashes(folder: Path) -> None:
    """SHA256SUMS.txt, as `sha256sum -c` reads it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in files
    ]
    (folder / "SHA256SUMS.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
