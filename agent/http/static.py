"""The page of `usher serve`: files of the package, read once, that load nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.chat_help import examples, holdings
from agent.serving.served import Served

if TYPE_CHECKING:
    from fastapi import FastAPI

FOLDER = Path(__file__).parent / "page"
INDEX = "index.html"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def files() -> dict[str, tuple[bytes, str]]:
    """Return the files of the page by name, each with its media type."""
    found = sorted(path for path in FOLDER.iterdir() if path.suffix in _TYPES)
    return {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in found}


def add_page(app: FastAPI, served: Served) -> None:
    """Serve the page at `/`, what it is made of under `/page/`, and what it begins with."""
    from fastapi import HTTPException
    from fastapi.responses import Response

    held = files()

    def sent(name: str) -> Response:
        if name not in held:
            raise HTTPException(404, f"the page has no file {name[:80]!r}")
        content, media_type = held[name]
        return Response(content, media_type=media_type, headers={"cache-control": "no-cache"})

    @app.get("/", include_in_schema=False)
    def home() -> Any:
        return sent(INDEX)

    @app.get("/page/{name}", include_in_schema=False)
    def part(name: str) -> Any:
        return sent(name)

    @app.get("/v1/welcome")
    def welcome(model: str | None = None) -> dict[str, Any]:
        """Tell what a catalogue holds, and requests that it can answer."""
        graph = served.assistant(served.canonical(model)).graph
        return {"catalogue": graph.catalogue.name, "holds": holdings(graph), "examples": examples(graph)}
