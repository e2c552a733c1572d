"""Who may ask: this machine's own browser, with the token it was started with, and nobody else.

The first address carries the token; it becomes a cookie that scripts cannot read and other sites cannot send. A Host
that is not this machine's is refused (DNS rebinding), and so is a write that another page sends.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "equipcheck_desk_"  # and a mark of the token: cookies do not tell ports apart, and two desks may run
NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
QUIET = "/api/state"  # what an open page asks by itself is no use of the desk
SAFE = frozenset({"GET", "HEAD"})
MAX_BODY = 400 * 1024 * 1024  # bytes of one upload; what is in it is looked at behind the readers' own walls
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(slots=True)
class Guard:
    """ASGI middleware around the whole desk. `last` is when somebody last asked, for the idle time."""

    app: ASGIApp
    token: str
    last: float = field(default_factory=time.monotonic)

    @property
    def cookie(self) -> str:
        """The name of this desk's cookie."""
        return COOKIE + hashlib.sha256(self.token.encode()).hexdigest()[:12]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self.refusal(scope)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        if scope["path"] != QUIET:
            self.last = time.monotonic()
        await self.app(scope, _capped(receive), _with_headers(send))

    def refusal(self, scope: Scope) -> Response | None:
        """The answer to a request that may not pass; None where it may."""
        request = Request(scope)
        headers = Headers(scope=scope)
        if not own_host(headers.get("host", "")):
            return PlainTextResponse("403 只接受本机地址", 403)
        given = request.query_params.get("token")
        if given is not None and scope["path"] == "/" and request.method in SAFE:
            if not hmac.compare_digest(given.encode(), self.token.encode()):
                return PlainTextResponse("403 口令不对：请用启动时显示的完整地址", 403)
            answer = RedirectResponse("/", 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        known = request.cookies.get(self.cookie, "")
        if not hmac.compare_digest(known.encode(), self.token.encode()):
            return PlainTextResponse("403 请用 equipcheck desk 启动时显示的完整地址打开", 403)
        if request.method not in SAFE and not same_origin(headers):
            return PlainTextResponse("403 只接受本页面发出的改动", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY:
            return PlainTextResponse(f"413 超过 {MAX_BODY // 2**20} MB", 413)
        return None


def own_host(host: str) -> bool:
    """Whether a Host header names this machine by a loopback name."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.lower() in NAMES


def same_origin(headers: Headers) -> bool:
    """Whether a write comes from our own page, or from a program that is no browser (it sends neither header)."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    if origin is None or (origin == "null" and site == "same-origin"):
        return True  # a form of a page without referrers names no origin; the browser itself says whose it is
    return origin != "null" and urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _with_headers(send: Send) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return wrapped


class TooLarge(Exception):  # noqa: N818 (says what happened)
    """A body that grew beyond what its length said, or had no length."""


def _capped(receive: Receive) -> Receive:
    seen = 0

    async def wrapped() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            raise TooLarge
        return message

    return wrapped
