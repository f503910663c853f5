"""Usher over HTTP on this machine.

A page to type into, and the chat-completions protocol for any other client (docs/api.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import FastAPI, Request
from pydantic_core import to_json

from agent.assistant import Assistant
from agent.collector import keep_what_is_open
from agent.conversation import answer_last
from agent.http import errors
from agent.http.access import Access
from agent.http.asgi import Faults, Heads, Hosts, Keys, SafeHeaders
from agent.http.errors import ErrorBody
from agent.http.instructions import followed, with_unread, without_unread
from agent.http.limits import BodyLimit
from agent.http.people import add_people
from agent.http.proofs import add_proofs
from agent.http.replies import ChatCompletion, Reply, usage_of
from agent.http.requests import ChatRequest, StreamOptions, check_options, conversation, instructions
from agent.http.settings import VARIABLE, ServerSettings
from agent.http.static import add_page
from agent.http.steps import OnStep
from agent.http.steps import events as events_with_steps
from agent.http.threads import Threads
from agent.http.verification import VerifyRequest, verified
from agent.http.view import view
from agent.http.waiting import add_gone, while_there
from agent.http.workers import run_workers
from agent.llm.errors import Unanswered
from agent.serving.refused import Refused
from agent.serving.served import Served, unknown
from kg.errors import UsageError

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 404, 413, 502)
}
_COMPUTING = 2  # threads that answer; more of them get in each other's way
_WAITING = 64  # threads that wait for a language model
_JSON = "application/json"
_KEPT_OPEN = 75  # seconds that a connection may be idle


def create_app(
    assistant: Assistant,
    opened: Callable[[str], Assistant] | None = None,
    *,
    access: Access = Access(),
    database: str | None = None,
) -> FastAPI:
    """Return the web application for an assistant; other catalogues are `opened` when they are asked for."""
    served = Served(assistant, opened, database=database)
    app = FastAPI(title="Usher", docs_url=None, redoc_url=None)
    _guard(app, access)
    _say_errors(app)
    add_page(app, served)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    _add_protocol(app, served)
    add_people(app, served)
    add_proofs(app, served)
    return app


def _guard(app: FastAPI, access: Access) -> None:
    """Put before the routes what keeps others out; what is added last comes first."""
    from fastapi.middleware.cors import CORSMiddleware

    app.add_middleware(BodyLimit)
    app.add_middleware(Keys, access=access)
    app.add_middleware(Faults)
    app.add_middleware(Heads)
    if access.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=access.origins, allow_methods=["*"], allow_headers=["*"]
        )
    app.add_middleware(Hosts, access=access)
    app.add_middleware(SafeHeaders)


def _add_protocol(app: FastAPI, served: Served) -> None:
    from fastapi.responses import Response, StreamingResponse

    threads = Threads(_WAITING if served.by_language_model else _COMPUTING)

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_model(served, each) for each in served.ids()]}

    @app.get("/v1/models/{model:path}", responses={404: {"model": ErrorBody}})
    def model(model: str) -> dict[str, Any]:
        if model not in served.ids():
            raise unknown(model, served.ids())
        return _model(served, model)

    @app.post("/v1/verify", responses=_ERRORS)
    async def check(request: VerifyRequest, http: Request) -> Any:
        said = await while_there(http, lambda: to_json(verified(served, request)), threads)
        return Response(said, media_type=_JSON)

    @app.post(
        "/v1/chat/completions",
        response_model=ChatCompletion,
        responses={200: {"content": {"text/event-stream": {}}}, **_ERRORS},
    )
    async def completions(request: ChatRequest, http: Request) -> Any:
        wanted = (request.stream and request.stream_options) or StreamOptions()
        with_usage, headers = bool(wanted.include_usage), {"cache-control": "no-cache"}
        work = partial(_answered, served, request)
        if wanted.include_steps:
            model = served.canonical(request.model)
            events = await events_with_steps(http, model, work, threads, with_usage=with_usage)
        else:
            if not request.stream:
                said = await while_there(http, lambda: to_json(work().completion()), threads)
                return Response(said, media_type=_JSON)
            events = (await while_there(http, work, threads)).events(with_usage=with_usage)
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)


def _answered(served: Served, request: ChatRequest, on_step: OnStep | None = None) -> Reply:
    """Return the answer to the last message of a request; with `on_step`, with what a page shows of it.

    Raises:
        Refused: the request asks for what is not served, or a model does not answer.
    """
    check_options(request)
    said, model = conversation(request), served.canonical(request.model)
    assistant, unread = followed(served.assistant(model), instructions(request))
    asker = served.asker(model, request.user)
    try:
        turn = answer_last(
            assistant, without_unread(said, unread), on_step, asker=asker, who=request.user or ""
        )
        counted = assistant.context.language_model
    except (Unanswered, UsageError) as error:
        raise Refused(str(error), code="model_unanswered") from error
    usage = usage_of(turn, said, counted=counted)
    if sum(each.role == "user" for each in said) == 1:
        turn = with_unread(turn, unread)
    shown = view(turn.answer, assistant.graph) if on_step else None
    return Reply(model, turn, usage, view=shown)


def _model(served: Served, model: str) -> dict[str, Any]:
    return {
        "id": model,
        "object": "model",
        "created": served.created(model),
        "owned_by": "usher",
        "catalogue": served.name(model),
    }


def _say_errors(app: FastAPI) -> None:
    """Let every error have the protocol's form."""
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import JSONResponse
    from starlette.exceptions import HTTPException

    @app.exception_handler(Refused)
    def refused(_: Any, error: Refused) -> JSONResponse:
        return JSONResponse(errors.of_refusal(error), errors.status_of(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_: Any, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(errors.of_validation(error.errors()), 400)

    @app.exception_handler(HTTPException)
    def other(_: Any, error: HTTPException) -> JSONResponse:
        return JSONResponse(errors.of_http(error), error.status_code, error.headers)

    add_gone(app)


def serve_on(told: ServerSettings) -> None:
    """Serve until interrupted; several workers are processes that open the catalogue each for itself."""
    app = _app(told)
    import uvicorn

    own: dict[str, Any] = {"timeout_keep_alive": _KEPT_OPEN, "server_header": False}
    if told.workers == 1:
        keep_what_is_open()
        uvicorn.run(app, host=told.host, port=told.port, **own)
        return
    del app  # but the catalogue is built now, and what is wrong with it was said once
    os.environ[VARIABLE] = told.model_dump_json()
    where: dict[str, Any] = {"host": told.host, "port": told.port, "workers": told.workers}
    run_workers(uvicorn.Config("agent.serve:worker_app", factory=True, **where, **own))


def _app(told: ServerSettings) -> FastAPI:
    first, other = told.opening.first(), told.opening.other
    return create_app(first, other, access=told.access(), database=told.database)


def worker_app() -> FastAPI:
    """Return the application of a worker, as the process that started it was told."""
    told = ServerSettings.model_validate_json(os.environ[VARIABLE])
    app = _app(told)
    keep_what_is_open()
    return app
