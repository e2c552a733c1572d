"""The desk put together: pages, JSON, files to take away, behind the guard."""

from __future__ import annotations

from starlette.applications import Starlette

from equipcheck.desk import api, downloads
from equipcheck.desk.guard import Guard
from equipcheck.desk.workspace import Workspace


def make_app(workspace: Workspace, token: str) -> Guard:
    """The ASGI application of one project folder."""
    app = Starlette(routes=[*api.ROUTES, *downloads.ROUTES])
    app.state.workspace = workspace
    return Guard(app, token)
