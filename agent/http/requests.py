"""What `/v1/chat/completions` takes: the protocol's request, as far as Usher reads it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.conversation import Said
from agent.serving.refused import Refused
from agent.serving.served import MODEL

MAX_MESSAGES = 2_000
MAX_TEXT = 100_000  # characters of a message
_INSTRUCTIONS = ("system", "developer")
_TEXT_PARTS = ("text", "input_text", "output_text")
_NO_CHOICE = (None, "none", "auto")  # of tools, where there are none


class _Read(BaseModel):
    """Part of a request; fields that are not read are accepted."""

    model_config = ConfigDict(extra="ignore")


class Part(_Read):
    """A part of a message; only text is read, under any of the names that protocols have for it."""

    type: str
    text: str | None = None


class Message(_Read):
    """A message: text, or parts that are text. What tools of a client answered is not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, Field(max_length=MAX_TEXT)] | Part | list[Part | str] | None = None


class StreamOptions(_Read):
    """`include_usage`: a last chunk of a stream has the usage. `include_steps`: the steps come first."""

    include_usage: bool | None = None
    include_steps: bool | None = None


class ResponseFormat(_Read):
    """Only `text` is served."""

    type: str


class ChatRequest(_Read):
    """A request; sampling parameters and other options that change no words are accepted and do nothing.

    `model` is `usher`, or `usher/CATALOGUE`. `user` is a person of whom Usher may know something.
    """

    model: str | None = MODEL
    messages: list[Message] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    user: str | None = None
    n: int | None = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    tools: list[Any] | None = None
    tool_choice: Any = None
    functions: list[Any] | None = None
    function_call: Any = None
    web_search_options: Any = None
    audio: Any = None
    modalities: list[str] | None = None
    response_format: ResponseFormat | None = None


def check_options(request: ChatRequest) -> None:
    """Refuse options that would change the answer and cannot be honoured.

    Raises:
        Refused: names the option, and what is served.
    """
    wanted = request.response_format.type if request.response_format else "text"
    problems = {
        "n": request.n not in (None, 1) and "one answer is given: leave n out, or 1",
        "tools": request.tools and "tools of a client are not called: leave tools out",
        "tool_choice": request.tool_choice not in _NO_CHOICE and "no tool is called: leave tool_choice out",
        "function_call": request.function_call not in _NO_CHOICE
        and "no function is called: leave function_call out",
        "functions": request.functions and "functions of a client are not called: leave functions out",
        "response_format": wanted != "text"
        and "answers are text: leave response_format out, or of type text",
        "logprobs": request.logprobs and "there are no log-probabilities: leave logprobs out",
        "top_logprobs": request.top_logprobs and "there are no log-probabilities: leave top_logprobs out",
        "web_search_options": request.web_search_options is not None
        and "the web is not searched: leave web_search_options out",
        "audio": request.audio is not None and "answers are text: leave audio out",
        "modalities": set(request.modalities or ()) - {"text"} and "answers are text: leave modalities out",
    }
    for option, problem in problems.items():
        if problem:
            raise Refused(str(problem), param=option, code="unsupported_option")


def conversation(request: ChatRequest) -> list[Said]:
    """Return what the person and Usher said, the person last; words after the last request count for nothing.

    Raises:
        Refused: there is no request, or what is no text.
    """
    said: list[Said] = []
    for place, message in enumerate(request.messages):
        text = _text(message, place)
        if message.role == "user":
            said.append(Said("user", text))
        elif message.role == "assistant":
            said.append(Said("assistant", text))
    while said and said[-1].role != "user":
        said.pop()
    if not said:
        raise Refused("messages hold no user message", param="messages", code="no_user_message")
    return said


def instructions(request: ChatRequest) -> str:
    """Return what the client's developer says: system and developer messages, a line each."""
    texts = (_text(each, place) for place, each in enumerate(request.messages) if each.role in _INSTRUCTIONS)
    return "\n".join(text for text in texts if text)


def _text(message: Message, place: int) -> str:
    """Return the text of a message; of tools and assistants what is no text is left out."""
    if isinstance(message.content, str):
        return message.content
    strict = message.role in ("user", *_INSTRUCTIONS)
    where = f"messages.{place}.content"
    if message.content is None:
        if strict:
            raise Refused(f"{where}: a {message.role} message needs text", param=where, code="no_content")
        return ""
    text = ""
    parts = message.content if isinstance(message.content, list) else [message.content]
    for number, given in enumerate(parts):
        part = Part(type="text", text=given) if isinstance(given, str) else given
        if part.type not in _TEXT_PARTS and strict:
            raise Refused(
                f"{where}.{number}: images, sound and files are not read; send parts of the type text",
                param=where,
                code="unsupported_content",
            )
        piece = part.text or ""
        glued = text and piece and not text[-1].isspace() and not piece[0].isspace()
        text += f" {piece}" if glued else piece
    if len(text) > MAX_TEXT:
        raise Refused(f"{where}: longer than {MAX_TEXT:,} characters", param=where, code="string_too_long")
    return text
