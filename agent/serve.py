"""Usher over HTTP on this machine.

A page to type into, and the chat-completions protocol for any other client (docs/api.md).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.assistant import Assistant
from agent.conversation import answer_last
from agent.http import errors
from agent.http.errors import FAILED, ErrorBody
from agent.http.instructions import followed, with_unread, without_unread
from agent.http.limits import BodyLimit
from agent.http.replies import ChatCompletion, Reply, usage_of
from agent.http.requests import ChatRequest, check_options, conversation, instructions
from agent.http.verification import VerifyRequest, verified
from agent.llm.errors import Unanswered
from agent.serving.refused import Refused
from agent.serving.served import Served, unknown
from kg.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

_ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorBody} for status in (400, 404, 413, 502)}
_COMPUTING = 2  # threads that answer; more of them get in each other's way
_WAITING = 64  # threads that wait for a language model
_PAGE = Path(__file__).parent / "http" / "page.html"


def create_app(assistant: Assistant, opened: Callable[[str], Assistant] | None = None) -> FastAPI:
    """Return the web application for an assistant; other catalogues are `opened` when they are asked for."""
    try:
        from fastapi import FastAPI
        from fastapi.responses import HTMLResponse
    except ImportError:
        raise UsageError("serving needs the `server` extra: pip install 'usher[server]'.") from None
    served = Served(assistant, opened)
    app = FastAPI(title="Usher", docs_url=None, redoc_url=None)
    app.add_middleware(BodyLimit)
    _say_errors(app)
    page = _PAGE.read_text(encoding="utf-8")

    @app.api_route("/", methods=["GET", "HEAD"], response_class=HTMLResponse, include_in_schema=False)
    def home() -> str:
        return page

    @app.head("/health", include_in_schema=False)
    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    _add_protocol(app, served)
    return app


def _add_protocol(app: FastAPI, served: Served) -> None:
    from anyio import CapacityLimiter, to_thread
    from fastapi.responses import JSONResponse, StreamingResponse

    threads = CapacityLimiter(_WAITING if served.by_language_model else _COMPUTING)

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_model(served, each) for each in served.ids()]}

    @app.get("/v1/models/{model:path}", responses={404: {"model": ErrorBody}})
    def model(model: str) -> dict[str, Any]:
        if model not in served.ids():
            raise unknown(model, served.ids())
        return _model(served, model)

    @app.post("/v1/verify", responses=_ERRORS)
    async def check(request: VerifyRequest) -> Any:
        return JSONResponse(await to_thread.run_sync(verified, served, request, limiter=threads))

    @app.post(
        "/v1/chat/completions",
        response_model=ChatCompletion,
        responses={200: {"content": {"text/event-stream": {}}}, **_ERRORS},
    )
    async def completions(request: ChatRequest) -> Any:
        reply = await to_thread.run_sync(_answered, served, request, limiter=threads)
        if not request.stream:
            return JSONResponse(reply.completion())
        with_usage = bool(request.stream_options and request.stream_options.include_usage)
        headers = {"cache-control": "no-cache"}
        return StreamingResponse(
            reply.events(with_usage=with_usage), media_type="text/event-stream", headers=headers
        )


def _answered(served: Served, request: ChatRequest) -> Reply:
    """Return the answer to the last message of a request.

    Raises:
        Refused: the request asks for what is not served, or a model does not answer.
    """
    check_options(request)
    said, model = conversation(request), served.canonical(request.model)
    assistant, unread = followed(served.assistant(model), instructions(request))
    asker = served.asker(model, request.user)
    try:
        turn = answer_last(assistant, without_unread(said, unread), asker=asker)
        counted = assistant.context.language_model
    except (Unanswered, UsageError) as error:
        raise Refused(str(error), code="model_unanswered") from error
    usage = usage_of(turn, said, counted=counted)
    is_first = sum(each.role == "user" for each in said) == 1
    return Reply(model, with_unread(turn, unread) if is_first else turn, usage)


def _model(served: Served, model: str) -> dict[str, Any]:
    return {"id": model, "object": "model", "created": served.created(model), "owned_by": "usher"}


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
        return JSONResponse(errors.body(str(error.detail)), error.status_code, error.headers)

    @app.exception_handler(Exception)
    def broken(_: Any, error: Exception) -> JSONResponse:
        return JSONResponse(errors.body("Usher failed; its log says why", FAILED), 500)


def serve_on(assistant: Assistant, port: int, opened: Callable[[str], Assistant] | None = None) -> None:
    """Serve on the loopback address until interrupted."""
    app = create_app(assistant, opened)
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="info")
