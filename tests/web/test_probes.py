"""The probes over real HTTP, on a free port of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from controller.web.listen import CannotListen, listening
from controller.web.probes import probes

HOST = "127.0.0.1"


def an_app(*, loops: str | None = None) -> web.Application:
    return probes(
        healthz={"loops": lambda: loops},
        readyz={"aws": lambda: "not reached yet", "policy": lambda: None},
    )


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[ClientSession]:
    async with (
        listening(app, what="the probes", host=HOST, port=0) as port,
        ClientSession(f"http://{HOST}:{port}") as session,
    ):
        yield session


async def told(session: ClientSession, path: str) -> tuple[int, str]:
    async with session.get(path) as response:
        return response.status, await response.text()


async def test_health_is_ok_with_200_and_in_full_when_asked() -> None:
    async with served(an_app()) as session:
        assert await told(session, "/healthz") == (200, "ok")
        assert await told(session, "/healthz?verbose") == (
            200,
            "[+]loops ok\nhealthz check passed\n",
        )


async def test_a_failing_check_is_500_with_its_reason() -> None:
    async with served(an_app(loops="silent: events for 90 s")) as session:
        assert await told(session, "/healthz") == (
            500,
            "[-]loops failed: silent: events for 90 s\nhealthz check failed\n",
        )


async def test_readiness_is_its_own_question_and_checks_can_be_excluded() -> None:
    async with served(an_app()) as session:
        assert await told(session, "/readyz") == (
            500,
            "[-]aws failed: not reached yet\n[+]policy ok\nreadyz check failed\n",
        )
        assert await told(session, "/readyz?exclude=aws") == (200, "ok")
        assert await told(session, "/readyz?exclude=aws&exclude=policy&verbose") == (
            200,
            "[+]aws excluded: ok\n[+]policy excluded: ok\nreadyz check passed\n",
        )


async def test_each_check_can_be_asked_alone() -> None:
    async with served(an_app()) as session:
        assert await told(session, "/readyz/policy") == (200, "ok")
        assert await told(session, "/readyz/aws") == (500, "failed: not reached yet\n")
        assert await told(session, "/readyz/polcy") == (
            404,
            "no such check; there are: aws, policy\n",
        )


async def test_answers_are_plain_text_that_nobody_keeps() -> None:
    async with served(an_app()) as session, session.get("/healthz") as response:
        assert response.content_type == "text/plain"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_address_in_use_is_an_error_that_says_what_to_do() -> None:
    async with listening(an_app(), what="the probes", host=HOST, port=0) as port:
        with pytest.raises(CannotListen) as error:
            async with listening(an_app(), what="the probes", host=HOST, port=port):
                pass

    assert str(error.value) == (
        f"cannot serve the probes at {HOST}:{port}: Address already in use."
        " Stop what listens there (a second controller?), or choose another address;"
        " port 0 takes any that is free"
    )


async def test_a_host_that_is_not_ours_is_such_an_error_too() -> None:
    with pytest.raises(CannotListen, match=r"cannot serve the probes at 192\.0\.2\.1:0: "):
        async with listening(an_app(), what="the probes", host="192.0.2.1", port=0):
            pass


async def test_after_the_block_the_port_is_free_again() -> None:
    async with listening(an_app(), what="the probes", host=HOST, port=0) as port:
        pass

    async with listening(an_app(), what="the probes", host=HOST, port=port) as again:
        assert again == port
