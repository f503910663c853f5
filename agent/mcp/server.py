"""The MCP server: the adapter's answers as tools and resources, over stdio or streamable HTTP."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, TypeVar
from urllib.parse import unquote

from anyio import from_thread, to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from pydantic import Field

import prompts
from agent.assistant import Step
from agent.mcp.adapter import (
    Catalogues,
    CheckedFact,
    Explained,
    FoundItems,
    Refusal,
    Sorted,
    Stated,
    ToolAdapter,
    Verified,
    said_of,
)
from agent.serving.answers import UsherAnswer
from kg.types import Op

PATH = "/mcp"
Catalogue = Annotated[str | None, Field(description="a name of `catalogues`; the first if left out")]
Item = Annotated[str, Field(description="the id of an item, or its title")]
T = TypeVar("T")


def create_server(adapter: ToolAdapter) -> MCPServer:
    """Return the MCP server of a adapter."""

    def answered(call: Callable[[], T]) -> T:
        try:
            return said_of(call)
        except Refusal as refusal:  # the SDK hands on the words of this error alone
            raise ToolError(str(refusal)) from None

    async def ask(
        context: Context,
        request: Annotated[str, Field(description="what the person wants, in their own words")],
        user: Annotated[str | None, Field(description="whose memory counts, if anybody's")] = None,
        catalogue: Catalogue = None,
    ) -> UsherAnswer:
        """Answer a request for recommendations, or a question of fact, in a person's own words."""
        steps: list[Step] = []

        def told(step: Step) -> None:
            steps.append(step)
            from_thread.run(context.report_progress, len(steps), None, step.tool)

        return await to_thread.run_sync(
            lambda: answered(lambda: adapter.ask(request, user, catalogue, told)), abandon_on_cancel=True
        )

    def find(
        conditions: Annotated[list[Stated], Field(description="all of them hold")],
        none_of: list[Stated] | None = None,
        any_of: list[Stated] | None = None,
        order: list[Sorted] | None = None,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        catalogue: Catalogue = None,
    ) -> FoundItems:
        """Find items by stored facts, best known first: conditions, alternatives, exclusions, an order."""
        return answered(lambda: adapter.find(conditions, none_of, any_of, order, limit, catalogue))

    def explain(item: Item, catalogue: Catalogue = None) -> Explained:
        """Tell everything that is stored of one item: facts by relation, and what it is about."""
        return answered(lambda: adapter.explain(item, catalogue))

    def check(
        item: Item, relation: str, value: str, op: Op = "is", catalogue: Catalogue = None
    ) -> CheckedFact:
        """Tell whether one fact is stored of an item, and what is stored instead."""
        return answered(lambda: adapter.check(item, relation, value, op, catalogue))

    def verify(
        request: Annotated[str, Field(description="what the person asked for")],
        answer: Annotated[str, Field(description="the recommendation to check: words, titles or ids")],
        repair: Annotated[bool, Field(description="also return an answer of what holds")] = False,
        catalogue: Catalogue = None,
    ) -> Verified:
        """Check a recommendation that somebody wrote: items, conditions, claims, what was ignored."""
        return answered(lambda: adapter.verify(request, answer, repair, catalogue))

    def catalogues() -> Catalogues:
        """List the catalogues that can be asked, with their relations."""
        return answered(adapter.catalogues)

    tools = [_strict(Tool.from_function(each)) for each in (ask, find, explain, check, verify, catalogues)]
    server = MCPServer("usher", instructions=prompts.load("agent/mcp"), tools=tools, log_level="WARNING")

    @server.resource("usher://items/{catalogue}/{key}", mime_type="application/json")
    def item(catalogue: str, key: str) -> str:
        """Everything that is stored of an item, as JSON."""
        return answered(lambda: adapter.explain(unquote(key), unquote(catalogue))).model_dump_json()

    return server


def _strict(tool: Tool) -> Tool:
    """Return a tool that refuses unknown arguments; the SDK drops them, and with them what was asked."""
    model = tool.fn_metadata.arg_model
    closed = type(model.__name__, (model,), {"model_config": {**model.model_config, "extra": "forbid"}})
    tool.fn_metadata = tool.fn_metadata.model_copy(update={"arg_model": closed})
    tool.parameters = {**tool.parameters, "additionalProperties": False}
    return tool


def serve(adapter: ToolAdapter, port: int | None = None) -> None:
    """Serve over stdio, or with a port over streamable HTTP on the loopback address, until interrupted."""
    server = create_server(adapter)
    if port is None:
        server.run("stdio")
        return
    import uvicorn

    app = server.streamable_http_app(streamable_http_path=PATH)
    print(f"Usher for MCP clients: http://127.0.0.1:{port}{PATH}", file=sys.stderr)  # noqa: T201
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
