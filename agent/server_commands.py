"""`usher mcp` and `usher serve`: Usher for other programs; what they need is loaded when they are run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.options import Catalogue, Chroma, Data, Database, Model, Ranker, Tools
from kg.errors import UsageError


def mcp(
    catalogue: Catalogue = "builtin",
    data: Data = None,
    database: Database = None,
    http: Annotated[
        int | None, typer.Option(min=1, max=65535, help="a port: streamable HTTP instead of stdio")
    ] = None,
) -> None:
    """Answer other agents over the Model Context Protocol (the `mcp` extra).

    Examples:

      usher mcp

      usher mcp --http 8322
    """
    from agent.assistant import Assistant
    from agent.mcp.adapter import ToolAdapter
    from agent.serving.served import Served

    try:
        from agent.mcp.server import serve as serve_mcp
    except ImportError:
        raise UsageError(
            "MCP needs the `mcp` extra: `make install`, or pip install '.[mcp]', in Usher's folder."
        ) from None
    serve_mcp(ToolAdapter(Served(Assistant(catalogue, data=data), Assistant, database=database)), http)


def serve(
    catalogue: Catalogue = "builtin",
    data: Data = None,
    tools: Tools = "full",
    model: Model = "builtin",
    ranker: Ranker = None,
    chroma: Chroma = None,
    database: Database = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="the port")] = 8321,
    host: Annotated[str, typer.Option(help="the address to listen on; any but this machine's needs keys")] = (
        "127.0.0.1"
    ),
    api_key_file: Annotated[
        Path | None, typer.Option(help="a file with a key a line; who asks must send one")
    ] = None,
    cors: Annotated[
        list[str] | None, typer.Option(help="an origin whose pages may ask, or *; may be given several times")
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="a name that the server is reached by, behind a proxy for example, or *"),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="processes that answer")] = 1,
) -> None:
    """Serve a web page and an OpenAI-compatible API on 127.0.0.1 (the `server` extra).

    Examples:

      usher serve --port 8321

      usher serve --host 0.0.0.0 --api-key-file keys.txt --workers 2
    """
    from agent.http.settings import ServerSettings
    from agent.serving.opening import Opening

    try:
        from agent.serve import serve_on
    except ImportError:
        raise UsageError(
            "serving needs the `server` extra: `make serve`, or pip install '.[server]', in Usher's folder."
        ) from None

    told = ServerSettings(
        opening=Opening(catalogue, data, tools, model, ranker, chroma),
        host=host,
        port=port,
        key_file=api_key_file,
        origins=tuple(cors or ()),
        names=tuple(allow_host or ()),
        workers=workers,
        database=database,
    )
    told.access()  # what is wrong with it is said before anything is opened
    serve_on(told)
