"""The desk put together: pages, JSON, files to take away, behind the guard."""

from __future__ import annotations

import sys
import traceback

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from equipcheck.desk import api, downloads
from equipcheck.desk.guard import Guard, TooLarge
from equipcheck.desk.pages import routes, templates
from equipcheck.desk.steps import PAGES
from equipcheck.desk.workspace import Workspace
from equipcheck.problems import Place, Problem

SAID = {404: "没有这一页", 405: "这个地址不接受这样的请求", 413: "文件太大"}


def make_app(workspace: Workspace, token: str) -> Guard:
    """The ASGI application of one project folder."""
    app = Starlette(
        routes=[*routes(PAGES), *api.ROUTES, *downloads.ROUTES],
        exception_handlers={HTTPException: _refused, TooLarge: _too_large, Exception: _broken},
    )
    app.state.workspace = workspace
    return Guard(app, token)


def _answer(request: Request, status: int, title: str, said: str, code: str) -> Response:
    if request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", "text/html"):
        problem = {"code": code, "place": request.url.path, "message": said}
        return JSONResponse({"problems": [problem]}, status)
    text = templates().get_template("error.html").render(status=status, title=title, said=said)
    return HTMLResponse(text, status)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = SAID.get(status, "请求有误")
    return _answer(request, status, said, said, f"http-{status}")


async def _too_large(request: Request, _: Exception) -> Response:
    return _answer(request, 413, SAID[413], SAID[413], "http-413")


async def _broken(request: Request, error: Exception) -> Response:
    """A mistake of the program's own: a calm sentence for the reader, everything else for whoever mends it."""
    traceback.print_exception(error, file=sys.stderr)
    problem = Problem("desk-broken", Place(request.url.path))
    return _answer(request, 500, "程序出错", problem.message, problem.code)
