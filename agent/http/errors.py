"""Errors in the protocol's form, `{"error": {"message", "type", "param", "code"}}`; none repeats a body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from agent.serving.refused import UNREACHABLE, Refused

INVALID = "invalid_request_error"
FAILED = "server_error"
_STATUS = {  # of refusals, by their code
    "model_unanswered": 502,
    "memory_damaged": 500,
    "not_writable": 507,
    "in_use": 409,
    UNREACHABLE: 503,
}
_TRIED = ("str", "Part")  # types that pydantic names among the fields
_NOT_FOUND = "_not_found"


class ErrorDetail(BaseModel):
    """What is wrong: `param` is the field of the request, `code` a word for programs."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """The body of a reply that is an error."""

    error: ErrorDetail


def body(
    message: str, kind: str = INVALID, param: str | None = None, code: str | None = None
) -> dict[str, Any]:
    """Return an error as the body of a reply."""
    return ErrorBody(error=ErrorDetail(message=message, type=kind, param=param, code=code)).model_dump()


def status_of(refused: Refused) -> int:
    """Return the status of a reply that says a refusal: 400, unless its code says more."""
    code = refused.code or ""
    return _STATUS.get(code, 404 if code.endswith(_NOT_FOUND) else 400)


def of_refusal(refused: Refused) -> dict[str, Any]:
    """Return the error that says a refusal."""
    kind = FAILED if status_of(refused) >= 500 else INVALID
    return body(str(refused), kind, refused.param, refused.code)


def of_http(problem: Any) -> dict[str, Any]:
    """Return the error for a path that is not there, or not with that method."""
    if problem.status_code == 404 and problem.detail == "Not Found":
        return body("there is nothing here; the API is under /v1, as /openapi.json describes it")
    if problem.status_code == 405:
        allowed = (problem.headers or {}).get("Allow", "")
        return body(f"this method is not served here; use {allowed}")
    return body(str(problem.detail))


def _is_field(part: object) -> bool:
    """Tell whether a part of a place is a field or an index; pydantic names the type it tried too."""
    return isinstance(part, int) or (isinstance(part, str) and part.isidentifier() and part not in _TRIED)


def of_validation(problems: Sequence[Any]) -> dict[str, Any]:
    """Return the error for what pydantic found wrong, without the values it found."""
    first = problems[0]
    where = ".".join(str(each) for each in first["loc"][1:] if _is_field(each))
    said = str(first["msg"])
    if not where or first["type"] == "json_invalid":
        where = ""
        said = "the body is not a JSON object; send one, with the content type application/json"
    return body(f"{where}: {said}" if where else said, param=where or None, code=str(first["type"]))
