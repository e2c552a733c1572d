"""The guide's pictures, made from the program's own output on the synthetic sample: docs/pictures/*.png.

    python docs/make_pictures.py

Needs Chromium for pages and LibreOffice for documents; what is missing is said and left out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2

from equipcheck.cli import run

DOCS = Path(__file__).parent
PICTURES = DOCS / "pictures"
SAMPLE = str(DOCS.parent / "inventories" / "sample-district")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def main() -> None:
    """Make every picture that this machine can make."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _page(work, "report", 1280, 1500)
        _page(work, "report-phone", 400, 900)
        _document(work)


def _page(work: Path, name: str, width: int, height: int) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no Chromium: {name}.png is left out", file=sys.stderr)
        return
    page = work / "report.html"
    assert page.exists() or run(["-q", "report", SAMPLE, "-o", str(page)]) == 0
    target = PICTURES / f"{name}.png"
    size = f"--window-size={width},{height}"
    command = [
        browser,
        *QUIET,
        f"--user-data-dir={work / 'browser'}",
        size,
        f"--screenshot={target}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def _document(work: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        print("no LibreOffice: section.png is left out", file=sys.stderr)
        return
    assert run(["-q", "section", SAMPLE, "-o", str(work / "section.docx")]) == 0
    profile = f"-env:UserInstallation={(work / 'office').as_uri()}"
    convert = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(work),
        str(work / "section.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    with pypdfium2.PdfDocument(work / "section.pdf") as pages:
        pages[0].render(scale=1.0).to_pil().save(PICTURES / "section.png")


if __name__ == "__main__":
    main()
