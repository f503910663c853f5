"""`usher models`: what a model on a server can do."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def models() -> None:
    """Language models on servers; docs/models.md says how to use them."""


@app.command()
def check(
    model: Annotated[str, typer.Argument(help="openai:NAME, on the server of USHER_BASE_URL")],
) -> None:
    """Try what a model on a server can do, line by line, with a dozen small requests.

    What was known of it is forgotten; the mode that fits is kept for a week.

    Exit code 0: all that Usher needs works. 1: something does not. 2: nobody could be asked.

    Examples:

      USHER_BASE_URL=http://127.0.0.1:8000/v1 usher models check openai:local

      OPENAI_API_KEY=… usher models check openai:gpt-4o-mini
    """
    from agent.llm import prices, settings
    from agent.llm.check import YEAR_OF
    from agent.llm.check import check as tried
    from agent.llm.measure import measure
    from agent.llm.remembered import Remembered

    name = settings.server_name(model)
    found = settings.load(name)
    typer.echo(f"{name} at {found.host}")
    memory = Remembered(name, found)
    memory.forget()
    lines = []
    for line in tried(name, found):
        lines.append(line)
        mark = line.verdict if line.verdict != "no" or line.needed else "no, works without"
        typer.echo(f"  {line.what:20} {mark:18} {line.said}".rstrip())
    if lines[0].verdict == "ok":
        calls = all(line.verdict == "ok" for line in lines if line.what == "tool call")
        measured = measure(name, found, YEAR_OF)
        for what, told in measured.lines(calls=calls):
            typer.echo(f"  {what:20} {told}")
        memory.settle(measured.mode(calls=calls)[0])
    price = prices.price(found.host, name)
    said = (
        f"${price.input:g} in, ${price.output:g} out a million tokens" if price else "unknown (USHER_PRICES)"
    )
    typer.echo(f"  {'price':20} {said}" + (f", as of {price.as_of}: check it" if price else ""))
    if lines[0].verdict == "no":
        raise typer.Exit(2)
    if any(line.needed and line.verdict != "ok" for line in lines):
        raise typer.Exit(1)
