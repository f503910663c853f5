"""What a server says of itself: llama.cpp's `/props`, which others do not have."""

from __future__ import annotations

from typing import Any, NamedTuple

from agent.llm.settings import Settings

_PATIENCE = 3.0  # seconds; what is not said at once is not waited for


class Props(NamedTuple):
    """Whether the model's template knows tools, and the tokens it reads at most; None: not said."""

    tools: bool | None = None
    context: int | None = None
    template: str = ""


def of(settings: Settings) -> Props:
    """Return what the server of these settings says of itself; OpenAI's is not asked."""
    if settings.is_openais:
        return Props()
    import httpx2  # the SDK's own

    url = settings.base_url.removesuffix("/v1") + "/props"
    try:
        reply = httpx2.get(url, headers={"Authorization": f"Bearer {settings.api_key}"}, timeout=_PATIENCE)
        return read(reply.json() if reply.status_code == 200 else None)
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, ImportError):
        return Props()


def read(said: Any) -> Props:
    """Return what `/props` says."""
    if not isinstance(said, dict):
        return Props()
    caps = said.get("chat_template_caps")
    tools = caps.get("supports_tools") if isinstance(caps, dict) else None
    defaults = said.get("default_generation_settings")
    context = defaults.get("n_ctx") if isinstance(defaults, dict) else said.get("n_ctx")
    return Props(
        tools if isinstance(tools, bool) else None,
        context if isinstance(context, int) and context > 0 else None,
        str(said.get("chat_template") or ""),
    )
