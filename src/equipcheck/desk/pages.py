"""The pages: each shows a step of the way and does what its buttons say; mistakes stand beside what they are about.

A page works by plain forms; a script that asks for JSON gets what a redirect would have told.
"""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from equipcheck.desk.api import as_data, workspace
from equipcheck.desk.forms import Form, Refused, read_form
from equipcheck.desk.progress import WAY, first_open, way
from equipcheck.desk.workspace import Workspace
from equipcheck.problems import InputError, Place, Problem

LINKED = {"style": "/static/desk.css", "script": "/static/desk.js"}
DONE = {
    "taken": "文件已放进项目文件夹，读法如下。",
    "saved": "已写入 equipcheck.yaml。",
    "removed": "已从清单里去掉；文件还在文件夹里。",
    "decided": "已记入 decisions.yaml。",
    "told": "状况已记入 decisions.yaml。",
    "undone": "已撤回。",
    "priced": "价格已写入 prices.csv。",
    "drafted": "草稿已存盘。",
    "fresh": "草稿已丢弃，下面是按现在的核查结果新写的。",
    "recorded": "快照已登记。",
    "same": "内容与已登记的快照相同，没有改动。",
    "replaced": "快照已替换。",
    "imported": "附件已读成草稿，待定的问题列在下面。",
    "answered": "答复已写进草稿。",
    "signed": "已记为两人核对。",
    "chosen": "本项目以后按这份标准核查。",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an action shows at once, without going elsewhere: more for the page's template."""

    context: Mapping[str, Any]


Show = Callable[[Workspace, Mapping[str, Any], Form | None], dict[str, Any]]
Act = Callable[[Workspace, Form], "str | Shown"]


@dataclass(frozen=True, slots=True)
class Page:
    """One step: its template's name is its key's."""

    key: str
    show: Show
    acts: Mapping[str, Act] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What an action refused: all problems, and those that belong to a field."""

    problems: Sequence[Problem] = ()
    fields: Mapping[str, list[str]] = field(default_factory=dict)
    moved: Sequence[str] = ()  # what changed on disk meanwhile


@cache
def templates() -> jinja2.Environment:
    """The report page's templates and ours before them."""
    from equipcheck.report.html.environment import environment

    made = environment(jinja2.PackageLoader("equipcheck.desk"))
    made.globals.update(linked=LINKED, anchor=anchor)
    return made


def draw(
    space: Workspace,
    page: Page,
    query: Mapping[str, Any],
    form: Form | None = None,
    mistakes: Mistakes | None = None,
    more: Mapping[str, Any] | None = None,
) -> str:
    """A page's text. Where what it needs is missing it says so, and which step mends it."""
    mistakes = mistakes or Mistakes()
    name = f"{page.key}.html"
    state = space.state()
    try:
        context = {**page.show(space, query, form), **(more or {})}
    except InputError as error:
        context, name = {"stopped": error.problems, "mending": _mending(error)}, "stopped.html"
    steps = way(space)
    return (
        templates()
        .get_template(name)
        .render(
            **context,
            steps=steps,
            here=page.key,
            number=[key for key, _ in WAY].index(page.key) + 1,
            heading=dict(WAY)[page.key],
            after=next((step for before, step in itertools.pairwise(steps) if before.key == page.key), None),
            folder=space.root.name,
            bureau=space.bureau_name(),
            state=state,
            done=DONE.get(query.get("done", "")),
            wrong=mistakes,
            form=form or Form(),
        )
    )


def anchor(path: str) -> str:
    """A path as the id of its part of a page."""
    return "".join(char if char.isalnum() else "-" for char in path)


def _mending(error: InputError) -> str:
    """The step on which what is missing can be given."""
    codes = {one.code for one in error.problems}
    facts = {
        "fact-decides-column",
        "no-column-fits",
        "several-columns-fit",
        "bad-fact",
        "no-edition-in-force",
    }
    if codes & (facts | {"unknown-standard"}):
        return "bureau"
    return "ledgers"


def _get(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        text = await run_in_threadpool(draw, workspace(request), page, request.query_params)
        return HTMLResponse(text)

    return answer


def _post(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        space = workspace(request)
        wants_data = "application/json" in request.headers.get("accept", "")
        form = Form()
        try:
            form = await read_form(request)
            act = page.acts.get(form.text("do"))
            if act is None:
                raise InputError(Problem("bad-body", Place(), {"expected": "、".join(page.acts)}))
            outcome = await run_in_threadpool(act, space, form)
        except HTTPException as error:
            problem = Problem("bad-body", Place(), {"expected": f"表单（{error.detail}）"})
            return await _refuse(space, page, request, form, InputError(problem), data=wants_data)
        except InputError as error:
            return await _refuse(space, page, request, form, error, data=wants_data)
        if isinstance(outcome, Shown):
            return HTMLResponse(
                await run_in_threadpool(draw, space, page, request.query_params, form, None, outcome.context)
            )
        if wants_data:
            return JSONResponse({"to": outcome, "state": await run_in_threadpool(space.state)})
        return RedirectResponse(outcome, 303)

    return answer


async def _refuse(
    space: Workspace, page: Page, request: Request, form: Form, error: InputError, *, data: bool
) -> Response:
    changed = any(one.code.endswith("-changed") for one in error.problems)
    status = 409 if changed else 422
    moved = await run_in_threadpool(space.moved, form.text("seen")) if changed else []
    fields = error.fields if isinstance(error, Refused) else {}
    if data:
        problems = [as_data(one) for one in error.problems]
        return JSONResponse({"problems": problems, "moved": moved, "fields": fields}, status)
    said = Mistakes(error.problems, fields, moved)
    return HTMLResponse(await run_in_threadpool(draw, space, page, request.query_params, form, said), status)


async def home(request: Request) -> Response:
    """The step that is next."""
    return RedirectResponse("/" + await run_in_threadpool(first_open, workspace(request)), 303)


STATIC = {
    "desk.css": ("text/css", ("equipcheck.report.html", "page.css"), ("equipcheck.desk", "desk.css")),
    "desk.js": ("text/javascript", ("equipcheck.report.html", "page.js"), ("equipcheck.desk", "desk.js")),
}
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" '
    'fill="#1d4a77"/><path d="M4 8.5l3 3 5-7" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)


async def static(request: Request) -> Response:
    """The page's stylesheet and script, the desk's own behind them."""
    if request.path_params["name"] not in STATIC:
        raise HTTPException(404)
    kind, *parts = STATIC[request.path_params["name"]]
    text = "\n".join((files(room) / name).read_text("utf-8") for room, name in parts)
    return Response(text, media_type=f"{kind}; charset=utf-8")


async def icon(_: Request) -> Response:
    """The picture in the browser's tab."""
    return Response(ICON, media_type="image/svg+xml")


def routes(pages: Sequence[Page]) -> list[Route]:
    """Every page's routes, and what they need beside."""
    found = [
        Route("/", home, methods=["GET"]),
        Route("/favicon.ico", icon, methods=["GET"]),
        Route("/static/{name:str}", static, methods=["GET"]),
    ]
    for page in pages:
        found.append(Route(f"/{page.key}", _get(page), methods=["GET"]))
        if page.acts:
            found.append(Route(f"/{page.key}", _post(page), methods=["POST"]))
    return found
