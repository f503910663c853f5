"""Usher over HTTP on this machine.

A page to type into, and the chat-completions protocol for any other client.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agent.assistant import Assistant
from agent.llm.errors import Unanswered
from kg.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

MODEL = "usher"
MAX_MESSAGES = 100


class Message(BaseModel):
    """A message of the chat-completions protocol."""

    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "user", "assistant", "tool", "developer"]
    content: str = Field(max_length=100_000)


class ChatRequest(BaseModel):
    """What `/v1/chat/completions` takes; sampling parameters are accepted and do nothing."""

    model_config = ConfigDict(extra="ignore")

    model: str = MODEL
    messages: list[Message] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: bool = False


def create_app(assistant: Assistant) -> FastAPI:
    """Return the web application for an assistant."""
    try:
        from fastapi import FastAPI, HTTPException
        from fastapi.responses import HTMLResponse
    except ImportError:
        raise UsageError("serving needs the `server` extra: pip install 'usher[server]'.") from None
    app = FastAPI(title="Usher", docs_url=None, redoc_url=None)

    @app.get("/", response_class=HTMLResponse)
    def page() -> str:
        return _PAGE

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "usher"}]}

    @app.post("/v1/chat/completions")
    def completions(request: ChatRequest) -> dict[str, Any]:
        if request.stream:
            raise HTTPException(400, "streaming is not offered; ask with stream=false")
        asked = [message.content for message in request.messages if message.role == "user"]
        if not asked:
            raise HTTPException(400, "messages hold no user message")
        try:
            turn = assistant.ask(asked[-1])
        except (Unanswered, UsageError) as error:
            raise HTTPException(502, str(error)) from error
        said = {"role": "assistant", "content": turn.answer["text"]}
        return {
            "id": f"usher-{time.time_ns()}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": MODEL,
            "choices": [{"index": 0, "finish_reason": "stop", "message": said}],
            "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
            "usher": turn.answer,
        }

    return app


def serve_on(assistant: Assistant, port: int) -> None:
    """Serve on the loopback address until interrupted."""
    app = create_app(assistant)
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="info")


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Usher</title>
<style>
 body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem;
   color: #222; }
 h1 { font-size: 1.4rem } form { display: flex; gap: .5rem } input { flex: 1; font: inherit; padding: .5rem }
 button { font: inherit; padding: .5rem 1rem }
 pre { white-space: pre-wrap; background: #f6f6f4; padding: 1rem }
 .you { color: #666; margin: 1.5rem 0 .3rem }
</style></head><body>
<h1>Usher</h1>
<p>Ask for films or books in your own words. What you get wrong is corrected; what you get is proved.</p>
<form><input name="q" aria-label="Your request" autofocus
 placeholder="films with the same cinematographer as Jaws">
<button>Ask</button></form><div id="log" aria-live="polite"></div>
<script>
document.querySelector("form").addEventListener("submit", async event => {
  event.preventDefault();
  const input = event.target.q, question = input.value.trim();
  if (!question) return;
  input.value = "";
  const you = Object.assign(document.createElement("p"), {className: "you", textContent: question});
  const reply = Object.assign(document.createElement("pre"), {textContent: "…"});
  document.querySelector("#log").prepend(you, reply);
  try {
    const response = await fetch("v1/chat/completions", {
      method: "POST", headers: {"content-type": "application/json"},
      body: JSON.stringify({model: "usher", messages: [{role: "user", content: question}]})});
    const body = await response.json();
    reply.textContent = response.ok ? body.choices[0].message.content
      : typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail);
  } catch (error) { reply.textContent = "Usher does not answer: " + error.message; }
});
</script></body></html>"""
