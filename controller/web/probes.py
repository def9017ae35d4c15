"""The probes: `/healthz` (restart it unless ok), `/readyz` (is it of use), and each check alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from controller.web.checks import Answer, Check, answer, answer_one

Handler = Callable[[web.Request], Awaitable[web.Response]]


def probes(*, healthz: Mapping[str, Check], readyz: Mapping[str, Check]) -> web.Application:
    """Return the application that answers the probes out of the checks it is handed."""
    app = web.Application()
    for endpoint, checks in (("healthz", healthz), ("readyz", readyz)):
        app.router.add_get(f"/{endpoint}", _all(endpoint, checks))
        app.router.add_get(f"/{endpoint}/{{check}}", _one(checks))

    return app


def _all(endpoint: str, checks: Mapping[str, Check]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        return _response(
            answer(
                endpoint,
                checks,
                excluded=request.query.getall("exclude", []),
                verbose="verbose" in request.query,
            )
        )

    return handle


def _one(checks: Mapping[str, Check]) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        check = checks.get(request.match_info["check"])
        if check is None:
            raise web.HTTPNotFound(text=f"no such check; there are: {', '.join(sorted(checks))}\n")

        return _response(answer_one(check))

    return handle


def _response(said: Answer) -> web.Response:
    return web.Response(
        status=200 if said.healthy else 500,
        text=said.text,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
