"""Serving the desk on this machine until it is interrupted, or until nobody has asked for a long while."""

from __future__ import annotations

import asyncio
import secrets
import socket
import sys
import time
import webbrowser
from pathlib import Path

import uvicorn

from equipcheck.desk.app import make_app
from equipcheck.desk.workspace import Workspace
from equipcheck.problems import InputError, Problem
from equipcheck.problems.reasons import reason_of

HOST = "127.0.0.1"
IDLE_HOURS = 12


def serve(folder: Path, *, port: int, browser: bool, idle_hours: float = IDLE_HOURS) -> None:
    """Serve one folder; prints one line with the address. Raises InputError where the port is taken."""
    token = secrets.token_urlsafe(32)
    guard = make_app(Workspace(folder), token)
    listening = _listen(port)
    address = f"http://{HOST}:{listening.getsockname()[1]}/?token={token}"
    config = uvicorn.Config(
        guard,
        log_level="warning",
        access_log=False,
        lifespan="off",
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    print(address, flush=True)
    if browser:
        webbrowser.open(address)

    async def run() -> None:
        watch = asyncio.create_task(_stop_when_idle(server, guard, idle_hours))
        try:
            await server.serve(sockets=[listening])
        finally:
            watch.cancel()

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)


def _listen(port: int) -> socket.socket:
    """A socket on the loopback address alone."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise InputError(Problem("port-taken", args={"port": port, "reason": reason_of(error)})) from None
    listening.listen(64)
    return listening


async def _stop_when_idle(server: uvicorn.Server, guard: object, hours: float) -> None:
    while not server.should_exit:
        await asyncio.sleep(min(30.0, hours * 1800))
        if time.monotonic() - getattr(guard, "last", time.monotonic()) > hours * 3600:
            print(f"{hours:g} 小时没有使用，已自动停止。", file=sys.stderr)
            server.should_exit = True
