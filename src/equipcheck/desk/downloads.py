"""Files to take away, made by the same renderers as the commands' `-o`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from equipcheck.desk.api import answering, plan_of, workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html; charset=utf-8"


def _report_html(request: Request) -> str | bytes:
    from equipcheck.history import files
    from equipcheck.history.trend import trend
    from equipcheck.report.html import bureau

    space = workspace(request)
    return bureau.render(space.plan(), trend(*files.read_all(space.root)))


def _report_xlsx(request: Request) -> str | bytes:
    from equipcheck.report import workbook

    return workbook.render(workspace(request).plan())


def _plan_xlsx(request: Request) -> str | bytes:
    from equipcheck.report import plan_workbook

    return plan_workbook.render(plan_of(request))


def _plan_ics(request: Request) -> str | bytes:
    from equipcheck.report import ics

    return ics.render(plan_of(request))


def _section_docx(request: Request) -> str | bytes:
    """The passage in the project's own template where it names one, with the words of the draft where there is one."""
    from equipcheck.desk import drafts
    from equipcheck.section.settings import section_settings
    from equipcheck.section.word import document
    from equipcheck.section.writing.of_run import passage_of

    space = workspace(request)
    run = space.run()
    passage, _ = passage_of(run)
    draft = drafts.read(space.draft_file)
    template = section_settings(run.project).template
    own = run.project.root / template if template is not None and template.endswith(".docx") else None
    return document.render(drafts.edited(passage, draft) if draft is not None else passage, own)


def _review_xlsx(request: Request) -> str | bytes:
    from equipcheck.checking.reviewing import open_states
    from equipcheck.match.review.workbook_write import write_review

    space = workspace(request)
    gathered = space.run().gathered
    return write_review(space.questions(), gathered.catalogue, open_states(gathered))


Make = Callable[[Request], str | bytes]
FILES: dict[str, tuple[Make, str, str]] = {
    "report.html": (_report_html, HTML, "装备核查.html"),
    "report.xlsx": (_report_xlsx, XLSX, "装备核查.xlsx"),
    "plan.xlsx": (_plan_xlsx, XLSX, "补齐计划.xlsx"),
    "plan.ics": (_plan_ics, "text/calendar; charset=utf-8", "补齐计划.ics"),
    "section.docx": (_section_docx, DOCX, "年报装备部分.docx"),
    "review.xlsx": (_review_xlsx, XLSX, "名称复核.xlsx"),
}


def _route(name: str) -> Route:
    make, kind, title = FILES[name]

    async def answer(request: Request) -> Response:
        content = await run_in_threadpool(make, request)
        headers: dict[str, Any] = {}
        if kind != HTML:
            headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(title)}"
        else:
            from equipcheck.report.html.environment import policy, text_of

            # The file as it is taken away: its style and script stand in it, and nothing else may run.
            own = policy([text_of("page.css")], [text_of("page.js")])
            headers["content-security-policy"] = f"{own}; frame-ancestors 'none'"
        return Response(content, media_type=kind, headers=headers)

    return Route(f"/files/{name}", answering(answer), methods=["GET"])


ROUTES = [_route(name) for name in FILES]
