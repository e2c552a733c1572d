"""The desk's JSON, the same that its page uses: contracts.md §5–§8 and §11. Mistakes are values with a place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from equipcheck.desk import project_files
from equipcheck.desk.guard import MAX_BODY, TooLarge
from equipcheck.desk.project_files import safe_name
from equipcheck.desk.workspace import Workspace
from equipcheck.ground.yamlfile import MAX_BYTES
from equipcheck.problems import InputError, Place, Problem

Answer = Callable[[Request], Awaitable[Response]]
DRAFTS = frozenset({".docx", ".md", ".txt"})
MAX_FILES = 200
SHOWN_ROWS = 5


def answering(answer: Answer) -> Answer:
    """What every call shares: a mistake in an input is 422 with its problems, in the commands' words."""

    async def wrapped(request: Request) -> Response:
        try:
            return await answer(request)
        except InputError as error:
            status = 409 if any(one.code.endswith("-changed") for one in error.problems) else 422
            return JSONResponse({"problems": [as_data(one) for one in error.problems]}, status)
        except TooLarge:
            return Response(f"413 超过 {MAX_BODY // 2**20} MB", 413, media_type="text/plain; charset=utf-8")
        except HTTPException as error:  # a form that is none
            problem = Problem("bad-body", Place(), {"expected": f"multipart 表单（{error.detail}）"})
            return JSONResponse({"problems": [as_data(problem)]}, 422)

    return wrapped


def as_data(problem: Problem) -> dict[str, Any]:
    """A problem as JSON: its code, its place as text, its sentence."""
    return {"code": problem.code, "place": str(problem.place), "message": problem.message}


def workspace(request: Request) -> Workspace:
    """The one project folder of this desk."""
    found: Workspace = request.app.state.workspace
    return found


def json_text(text: str) -> Response:
    """JSON that a renderer has already written."""
    return Response(text, media_type="application/json; charset=utf-8")


async def post_ledgers(request: Request) -> Response:
    """Dropped ledgers: put into the folder, named in the project, and shown as they were read."""
    async with request.form(max_files=MAX_FILES, max_fields=MAX_FILES) as form:
        files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        if not files:
            raise InputError(Problem("no-upload", Place("files")))
        taken = [(one.filename or "", await one.read()) for one in files]
    space = workspace(request)
    paths = await run_in_threadpool(project_files.take_in, space, taken)
    return json_text(_dumped({"ledgers": paths, "read": await run_in_threadpool(_shown, space, paths)}))


def _shown(space: Workspace, paths: list[str]) -> list[dict[str, Any]]:
    """What was read as what, file by file; a file that cannot be read says why."""
    from equipcheck.ledger.shown_json import as_data as shown_data

    sources = {source.path.resolve(): source for source in space.project().sources}
    found: list[dict[str, Any]] = []
    for path in paths:
        source = sources.get((space.root / path).resolve())
        if source is None:
            continue
        try:
            found.append(shown_data(space.shown(source), SHOWN_ROWS))
        except InputError as error:
            found.append({"path": path, "problems": [as_data(one) for one in error.problems]})
    return found


async def get_project(request: Request) -> Response:
    """The mapping of `equipcheck.yaml`; its mark is the ETag."""
    data, mark = await run_in_threadpool(workspace(request).mapping)
    answer = json_text(_dumped(data))
    answer.headers["etag"] = f'"{mark}"'
    return answer


async def put_project(request: Request) -> Response:
    """Replace the mapping; with If-Match only where nobody changed the file meanwhile (else 409)."""
    wanted = await _body(request)
    if not isinstance(wanted, dict):
        raise InputError(Problem("bad-body", Place("equipcheck.yaml"), {"expected": "一个对象（键和值）"}))
    seen = request.headers.get("if-match", "").strip('W/"') or None
    mark = await run_in_threadpool(workspace(request).write_mapping, wanted, seen)
    answer = await get_project(request)
    answer.headers["etag"] = f'"{mark}"'
    return answer


async def get_report(request: Request) -> Response:
    """`report -f json`."""

    def work() -> str:
        from equipcheck.plan.propose import propose
        from equipcheck.report import json_

        return json_.render(propose(workspace(request).run()))

    return json_text(await run_in_threadpool(work))


async def get_match(request: Request) -> Response:
    """`match -f json`."""

    def work() -> str:
        from equipcheck.match.as_json import render

        gathered = workspace(request).run().gathered
        return render(gathered.assets, gathered.matches)

    return json_text(await run_in_threadpool(work))


async def post_decisions(request: Request) -> Response:
    """Keep answers: [{name, model, kind}]; `kind` null takes a decision back."""
    from equipcheck.desk.answers import decide

    answers = await _body(request)
    kept = await run_in_threadpool(decide, workspace(request), answers)
    return JSONResponse(kept)


async def get_plan(request: Request) -> Response:
    """`plan -f json` with ?budget=300000,200000&by=priority."""

    def work() -> str:
        from equipcheck.report import plan_json

        return plan_json.render(plan_of(request))

    return json_text(await run_in_threadpool(work))


def plan_of(request: Request) -> Any:
    """The plan that a query asks for. Raises InputError."""
    from equipcheck.plan.budgets import parse_budgets
    from equipcheck.plan.make import Call, make_plan

    query = request.query_params
    by = query.get("by") or "priority"
    if by not in ("priority", "value"):
        args = {"value": by, "expected": "priority 或 value", "near": ""}
        raise InputError(Problem("bad-value", Place("by"), args))
    budgets = parse_budgets(query["budget"]) if query.get("budget") else None
    optional = query.get("with_optional", "") in ("1", "true", "on")
    return make_plan(workspace(request).run(), Call(budgets, by, None, optional))


async def check_section(request: Request) -> Response:
    """`section --check -f json` over a dropped draft; the draft is not kept."""
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise InputError(Problem("no-upload", Place("file")))
        name, data = safe_name(file.filename or ""), await file.read()
    if name is None or Path(name).suffix.lower() not in DRAFTS:
        raise InputError(Problem("not-a-draft-file", Place(file.filename or "file")))
    return json_text(await run_in_threadpool(_check, workspace(request), name, data))


def _check(space: Workspace, name: str, data: bytes) -> str:
    from equipcheck.section.drafts.check import check_draft
    from equipcheck.section.drafts.reading.files import read_draft
    from equipcheck.section.drafts.rendering import as_json

    run = space.run()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return as_json(check_draft(read_draft(path), run.report, run.gathered.catalogue), run.report, path)


async def get_state(request: Request) -> Response:
    """A mark of the folder as it is on disk, what a running check is doing, and what changed `?since=` a mark."""
    space = workspace(request)
    state = await run_in_threadpool(space.state)
    since = request.query_params.get("since", state)
    changed = await run_in_threadpool(space.changed_since, since) if since != state else []
    return JSONResponse({"state": state, "said": space.said, "changed": changed})


async def _body(request: Request) -> Any:
    raw = await request.body()
    if len(raw) > MAX_BYTES:
        raise InputError(
            Problem("bad-body", Place(), {"expected": f"不超过 {MAX_BYTES // 2**20} MB 的 JSON"})
        )
    try:
        data = json.loads(raw, parse_float=Decimal, parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False, default=str).encode("utf-8")  # half a surrogate pair is no text
        return data
    except (ValueError, RecursionError):
        raise InputError(Problem("bad-body", Place(), {"expected": "JSON"})) from None


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _dumped(data: Any) -> str:
    from equipcheck.report.json_ import dump

    return dump(data)


ROUTES = [
    Route("/api/ledgers", answering(post_ledgers), methods=["POST"]),
    Route("/api/project", answering(get_project), methods=["GET"]),
    Route("/api/project", answering(put_project), methods=["PUT"]),
    Route("/api/report", answering(get_report), methods=["GET"]),
    Route("/api/match", answering(get_match), methods=["GET"]),
    Route("/api/decisions", answering(post_decisions), methods=["POST"]),
    Route("/api/plan", answering(get_plan), methods=["GET"]),
    Route("/api/section/check", answering(check_section), methods=["POST"]),
    Route("/api/state", answering(get_state), methods=["GET"]),
]
