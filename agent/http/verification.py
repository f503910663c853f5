"""`/v1/verify`: somebody's recommendation, checked (docs/verify.md)."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from agent.builtin.respond.sentences import MAX_REQUEST
from agent.serving.served import Served
from agent.verify.checking import verify
from agent.verify.wording import as_data

_MOST_ANSWER = 100_000  # characters


class VerifyRequest(BaseModel):
    """What was asked for, and the answer to check: words, or ids and titles; `model` names the catalogue."""

    model_config = ConfigDict(extra="forbid")

    request: str = Field(min_length=1, max_length=MAX_REQUEST)
    answer: str | list[str] = Field(min_length=1, max_length=_MOST_ANSWER)
    model: str | None = None
    user: str | None = None
    repair: bool = False


def verified(served: Served, asked: VerifyRequest) -> dict[str, Any]:
    """Return a verification as plain data.

    Raises:
        Refused: the catalogue is not there.
    """
    model = served.canonical(asked.model)
    given = asked.answer if isinstance(asked.answer, str) else json.dumps(asked.answer)
    asker = served.asker(model, asked.user)
    found = verify(served.assistant(model), asked.request, given, repair=asked.repair, asker=asker)
    return as_data(found)
