"""A chat model on any OpenAI-compatible server, on a line of our own.

LangChain turns messages into a request and a reply into a message; what goes over the wire, how often, from
which cache and at what price is `agent.llm.line`. The SDK's own retries are off: they cannot be counted.
Replies are taken whole, streamed or not: half a tool call is of no use to anybody, and a reply that breaks
off can only be asked for again if nobody has seen its first half.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Self

from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage, BaseMessage, InvalidToolCall
from langchain_core.outputs import ChatResult
from langchain_core.runnables import run_in_executor
from langchain_openai import ChatOpenAI
from openai import pydantic_function_tool
from pydantic import BaseModel, PrivateAttr, SecretStr, ValidationError

from agent.llm import history, modes, server_props, wire
from agent.llm.cache import Replies
from agent.llm.line import Line
from agent.llm.remembered import Remembered
from agent.llm.secrets import masked
from agent.llm.settings import Mode, Settings
from agent.llm.spending import Watch
from agent.messages import next_place
from kg.errors import UsageError

Body = dict[str, Any]


class Client(ChatOpenAI):
    """A model by its name on a server; made by `connect`."""

    _settings: Settings = PrivateAttr()
    _line: Line = PrivateAttr()

    @classmethod
    def connect(
        cls,
        model: str,
        settings: Settings,
        *,
        cache: Replies | None = None,
        watch: Watch | None = None,
        repeat: int = 0,
        remembers: bool = False,
    ) -> Self:
        """Return the client of a model; nothing is sent yet.

        Args:
            model: the server's name for it.
            settings: where and how it is asked.
            cache: where replies are kept; None asks every time.
            watch: who is told of every call.
            repeat: the number of a repeat, where the same request is to be asked again and again.
            remembers: whether what the server refuses is known from other processes, and kept for them.
        """
        made = cls._made(model, settings)
        made._settings = settings
        patience = wire.Patience(settings.first_token, settings.timeout)
        made._line = Line(
            settings,
            lambda body: wire.post(made.client, body, patience),
            cache=cache,
            watch=watch,
            repeat=repeat,
            look=lambda: server_props.of(settings),
            memory=Remembered(model, settings) if remembers else None,
        )
        return made

    @classmethod
    def _made(cls, model: str, settings: Settings) -> Self:
        try:
            return cls(
                model=model,
                base_url=settings.base_url,
                api_key=SecretStr(settings.api_key),
                temperature=settings.temperature,
                timeout=settings.timeout,
                max_retries=0,
                use_responses_api=False,
                disable_streaming=True,
                http_socket_options=(),  # others would switch off the proxies of the environment
            )
        except Exception as error:
            if isinstance(error, ImportError | ValueError) or type(error).__name__ == "InvalidURL":
                told = " ".join(str(error).split())
                raise UsageError(
                    f"the way to {settings.host} cannot be opened: {masked(told)[:200]}"
                    "\n  Check the proxies of the environment: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY."
                ) from None
            raise

    @property
    def refused(self) -> frozenset[str]:
        """What the server turned out not to understand so far; it is asked without."""
        return self._line.refused

    @property
    def mode(self) -> Mode:
        """How this model takes part."""
        return modes.chosen(self.model_name, self._settings)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        body = self._get_request_payload(messages, stop=stop, **kwargs)
        reply = self._line.reply(body)
        first = reply["choices"][0]
        message, unread = history.tidy(first["message"], next_place(messages))
        result = self._create_chat_result(reply | {"choices": [first | {"message": message}]})
        said = result.generations[0].message
        assert isinstance(said, AIMessage)  # noqa: S101
        said.invalid_tool_calls += [_unread(call) for call in unread]
        if message["reasoning_content"]:
            said.additional_kwargs["reasoning_content"] = message["reasoning_content"]
        _parse(said, kwargs.get("response_format"))
        return result

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        """Ask in a thread: one line, with one cache and one count, for all."""
        return await run_in_executor(None, self._generate, messages, stop, None, **kwargs)

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: Any
    ) -> Body:
        """Return the body of a request exactly as it is sent, and as its key is made of."""
        body = super()._get_request_payload(input_, stop=stop, **kwargs)
        own = self._settings
        body.pop("stream", None)
        wanted = body.get("response_format")
        if isinstance(wanted, type):
            body["response_format"] = _schema_of(wanted)
        if own.temperature is None and "temperature" not in kwargs:
            body.pop("temperature", None)
        # OpenAI's newer models know only the one name, other servers often only the other.
        limit = body.pop("max_completion_tokens", None) or own.limit
        optional = {
            "max_completion_tokens" if own.is_openais else "max_tokens": limit,
            "seed": own.seed,
            "reasoning_effort": own.reasoning_effort,
            "parallel_tool_calls": own.parallel if body.get("tools") else None,
            "stream": own.streams or None,
            "stream_options": {"include_usage": True} if own.streams else None,
        }
        body = {name: value for name, value in optional.items() if value is not None} | body
        _with_thoughts(body["messages"], self._convert_input(input_).to_messages())
        return body | {"messages": history.mended(body["messages"])}


def _with_thoughts(sent: list[Body], messages: list[BaseMessage]) -> None:
    """Put what a model thought before it called tools beside its calls; the line sends it to who wants it."""
    for body, message in zip(sent, messages, strict=True):
        thought = message.additional_kwargs.get("reasoning_content")
        if thought and body.get("tool_calls"):
            body["reasoning_content"] = thought


def _schema_of(wanted: type[BaseModel]) -> Body:
    function = pydantic_function_tool(wanted)["function"]
    schema = {"name": function["name"], "strict": True, "schema": function["parameters"]}
    return {"type": "json_schema", "json_schema": schema}


def _parse(message: AIMessage, wanted: Any) -> None:
    """Put what a schema was asked for where LangChain looks for it; what does not fit is left as words."""
    if isinstance(wanted, type) and not message.tool_calls:
        with suppress(ValidationError):
            message.additional_kwargs["parsed"] = wanted.model_validate_json(message.text)  # type: ignore[attr-defined]


def _unread(call: Body) -> InvalidToolCall:
    function = call.get("function") or {}
    return InvalidToolCall(
        name=function.get("name"),
        args=str(function.get("arguments")),
        id=call["id"],
        error="the arguments are not a JSON object",
        type="invalid_tool_call",
    )
