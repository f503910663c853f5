"""Settings of language models, from environment variables and the file `.env` in the working folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from agent.llm.secrets import remember
from kg.errors import UsageError

OPENAI = "https://api.openai.com/v1"
Mode = Literal["loop", "one-call"]
_MOST = 2048  # tokens of a reply that nobody pays for, and that a small model may never end
# Models that think before they answer take no temperature.
_REASONING = re.compile(r"^(o\d|gpt-5(?!.*chat)|deepseek-reasoner)")
_LINE = re.compile(r"\s*(?:export\s+)?(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|([^#\n]*))")
_MAY_BE_NONE = ("temperature", "per_minute", "parallel", "send_reasoning", "seed", "stream")


class Settings(BaseModel):
    """How a model is asked. Every field but the key and the base URL is the variable `USHER_` + its name.

    `base_url` is `USHER_BASE_URL`, else `OPENAI_BASE_URL`, else OpenAI's; `api_key` is `OPENAI_API_KEY`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = OPENAI
    api_key: str = Field(default="none", repr=False)  # a local server takes any
    temperature: float | None = Field(default=0.0, ge=0, le=2)
    timeout: float = Field(default=60.0, gt=0)  # seconds
    first_token: float = Field(default=600.0, gt=0)  # seconds until a streamed reply begins
    retries: int = Field(default=4, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)  # 0: no limit
    concurrency: int = Field(default=32, ge=1)
    per_minute: float | None = Field(default=None, gt=0)
    stream: bool | None = None
    mode: Literal["auto", "loop", "one-call"] = "auto"
    tool_calls: Literal["auto", "native", "json"] = "auto"
    parallel: bool | None = None
    reasoning_effort: str | None = None
    send_reasoning: bool | None = None
    seed: int | None = None
    epoch: str = ""

    @field_validator(*_MAY_BE_NONE, mode="before")
    @classmethod
    def _none(cls, value: Any) -> Any:
        return None if value in ("none", "auto") else value

    @field_validator("max_tokens", mode="before")
    @classmethod
    def _limit(cls, value: Any) -> Any:
        return {"none": 0, "auto": None}.get(value, value) if isinstance(value, str) else value

    @field_validator("base_url")
    @classmethod
    def _url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ValueError("not a URL such as http://127.0.0.1:8000/v1")
        return value.rstrip("/")

    @field_validator("api_key")
    @classmethod
    def _key(cls, value: str) -> str:
        if not re.fullmatch(r"[!-~]+", value.strip()):
            raise ValueError("not a key: one word of plain letters, digits and signs")
        remember(value.strip())
        return value.strip()  # keys that are read from files end with the line

    @property
    def is_openais(self) -> bool:
        """Whether the server is OpenAI's, which is quick, and bills what it writes."""
        return urlsplit(self.base_url).hostname == urlsplit(OPENAI).hostname

    @property
    def streams(self) -> bool:
        """Whether replies are asked for as streams, which tell a slow server from one that is gone."""
        return not self.is_openais if self.stream is None else self.stream

    @property
    def limit(self) -> int | None:
        """The most tokens of a reply; None where it has no limit."""
        if self.max_tokens is not None:
            return self.max_tokens or None
        return None if self.is_openais else _MOST

    @property
    def public_url(self) -> str:
        """The base URL without what it may hold of secrets; replies are kept under it."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{self.host}{parts.path}"

    @property
    def host(self) -> str:
        """Host and port of the server."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    def stamp(self) -> dict[str, Any]:
        """Return what decides a model's answers, for a run's manifest or a replay; no key."""
        return {"base_url": self.public_url} | self.model_dump(include=set(_DECIDING))


def load(model: str, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """Return the settings for a model by its server's name for it.

    Variables of the environment win over those of `.env` in `folder` (the working folder).

    Raises:
        UsageError: a value does not fit, or there is neither a key nor a server.
    """
    own = os.environ if environment is None else environment
    written = dotenv((folder or Path.cwd()) / ".env")
    found = written | {name: text for name, text in own.items() if text}
    given: dict[str, Any] = {
        name: found[f"USHER_{name.upper()}"] for name in _FROM_ENVIRONMENT if f"USHER_{name.upper()}" in found
    }
    base, key = _server(own, written)
    if not base and not key:
        raise UsageError(
            f"the model 'openai:{model}' needs OPENAI_API_KEY, or USHER_BASE_URL for a server of your own."
            " Without either, use the model `builtin`."
        )
    given |= {name: value for name, value in (("base_url", base), ("api_key", key)) if value}
    if "temperature" not in given and _REASONING.match(model):
        given["temperature"] = None
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        field = str(wrong["loc"][0])
        name = "OPENAI_API_KEY" if field == "api_key" else f"USHER_{field.upper()}"
        secret = field == "api_key" or "@" in str(wrong["input"])  # a URL may hold a password
        shown = name if secret else f"{name} is {wrong['input']!r}"
        raise UsageError(f"{shown}: {wrong['msg']}. See docs/models.md.") from None


def _server(own: Mapping[str, str], written: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return base URL and key.

    A key of the environment never goes to a server that only a `.env` names: whoever wrote that file, in a
    folder that was downloaded, would be sent it.
    """
    base = own.get("USHER_BASE_URL") or own.get("OPENAI_BASE_URL")
    from_file = None if base else written.get("USHER_BASE_URL") or written.get("OPENAI_BASE_URL")
    key = None if from_file else own.get("OPENAI_API_KEY")
    return base or from_file, key or written.get("OPENAI_API_KEY")


def dotenv(path: Path) -> dict[str, str]:
    """Return the variables of a `.env` file that are for models: OPENAI_… and USHER_….

    Lines are NAME=VALUE, quoted or not, with `export` or without; a file that is not there holds none.
    """
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [match for match in map(_LINE.match, lines) if match]
    values = {m[1]: next((v for v in m.groups()[1:] if v is not None), "").strip() for m in found}
    return {name: text for name, text in values.items() if name.startswith(("OPENAI_", "USHER_")) and text}


def server_name(model: str) -> str:
    """Return what a server calls a model: NAME of `openai:NAME`.

    Raises:
        UsageError: the name is of no known kind.
    """
    provider, _, name = model.partition(":")
    if provider != "openai" or not name:
        raise UsageError(f"unknown model {model!r}. Known models: builtin, openai:NAME (docs/models.md).")
    return name


_DECIDING = (
    *("temperature", "max_tokens", "stream", "mode", "tool_calls", "parallel"),
    *("reasoning_effort", "send_reasoning", "seed", "epoch"),
)
_FROM_ENVIRONMENT = tuple(name for name in Settings.model_fields if name not in ("base_url", "api_key"))
VARIABLES = (
    *("OPENAI_API_KEY", "OPENAI_BASE_URL", "USHER_BASE_URL"),
    *(f"USHER_{name.upper()}" for name in _FROM_ENVIRONMENT),
)
