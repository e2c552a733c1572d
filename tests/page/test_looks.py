"""How the pages look: golden pictures of their main states, in light and dark, wide and narrow, on paper."""

from __future__ import annotations

import io
import shutil
import subprocess

import pypdfium2
import pytest
from PIL import Image

from tests.page.pictures import SHARE, differing, look

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _fonts() -> None:
    """The pictures were taken with Noto's Chinese fonts, which the test script installs."""
    lister = shutil.which("fc-list")
    have = lister and subprocess.run([lister, "Noto Sans CJK SC"], capture_output=True, check=False).stdout
    if not have:
        pytest.skip("Noto Sans CJK SC is not installed")


def test_the_top(show):
    look("top", show().page.screenshot())


def test_the_top_in_the_dark(show):
    look("top-dark", show(color_scheme="dark").page.screenshot())


def test_the_top_of_a_phone(show):
    look("top-phone", show(viewport={"width": 360, "height": 900}).page.screenshot())


def test_the_evidence(show):
    look("evidence", show(anchor="#flue-gas").page.screenshot())


def test_the_evidence_on_a_phone(show):
    look("evidence-phone", show(anchor="#flue-gas", viewport={"width": 360, "height": 900}).page.screenshot())


def test_the_findings_filtered_and_sorted(show):
    page = show().page
    page.get_by_label("结论").select_option("absent")
    page.locator("table.findings").nth(1).get_by_role("button", name="缺口").click()
    page.evaluate("document.querySelector('#_findings').scrollIntoView()")
    look("filtered", page.screenshot())


@pytest.mark.parametrize("place", ["plan", "books", "trend"])
def test_the_other_sections(show, place):
    page = show().page
    page.evaluate("id => document.getElementById(id).scrollIntoView()", f"_{place}")
    look(place, page.screenshot())


def test_without_scripts(show):
    page = show(java_script_enabled=False).page
    page.locator("#_findings").scroll_into_view_if_needed()
    look("without-scripts", page.locator("#_findings").screenshot())


def test_on_paper(show):
    with pypdfium2.PdfDocument(show().page.pdf(prefer_css_page_size=True)) as pdf:
        for number in (0, 2):
            stream = io.BytesIO()
            pdf[number].render(scale=1.2).to_pil().save(stream, "PNG")
            look(f"paper-{number + 1}", stream.getvalue())


def test_the_fleet(show, fleet_page):
    look("fleet", show(fleet_page).page.screenshot())


def test_the_fleets_grid(show, fleet_page):
    page = show(fleet_page).page
    page.evaluate("document.getElementById('_grid').scrollIntoView()")
    look("fleet-grid", page.screenshot())


def test_a_page_that_looks_different_is_noticed(show):
    """The comparison itself: a hidden column and another colour are far beyond the tolerance."""
    page = show().page
    page.evaluate("document.querySelector('#_findings').scrollIntoView()")
    before = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.evaluate("document.querySelectorAll('.findings .gap').forEach(one => { one.hidden = true; })")
    after = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    assert differing(before, before) == 0
    assert differing(before, after) > SHARE
