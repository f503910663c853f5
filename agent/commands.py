"""The commands of `usher`; nothing that takes time is loaded before it is known which one is meant."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent import data as catalogues
from agent.llm import commands as models
from agent.options import Catalogue, Chroma, Data, Database, Embedder, Model, Ranker, Tools, User
from agent.output_encoding import is_unicode
from agent.server_commands import mcp, serve
from kg.errors import UsageError

if TYPE_CHECKING:
    from agent.assistant import Assistant
    from tools.knowledge import Asker

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, invoke_without_command=True, no_args_is_help=False
)
app.add_typer(catalogues.app, name="data")
app.add_typer(models.app, name="models")


@app.callback()
def chat(
    context: typer.Context,
    catalogue: Catalogue = "builtin",
    data: Data = None,
    tools: Tools = "full",
    model: Model = "builtin",
    ranker: Ranker = None,
    embedder: Embedder = None,
    chroma: Chroma = None,
    database: Database = None,
    user: User = None,
) -> None:
    """Recommendations that check their facts. Without a command: a chat.

    Examples:

      usher

      usher ask "films with the same cinematographer as Jaws"

      usher --catalogue ml-1m --data DIR

      usher --user zoe
    """
    given = [name for name in context.params if _was_given(context, name)]
    if context.invoked_subcommand is not None and given:
        raise UsageError(
            f"--{given[0]} stands before `{context.invoked_subcommand}`; put options after the command."
        )
    if context.invoked_subcommand is None:
        from agent.status_line import opening

        with opening(catalogue):
            from agent.assistant import Assistant
            from agent.chat import run
            from agent.memory import DEFAULT_USER
            from agent.typing_console import TypingConsole

            assistant = Assistant(
                catalogue,
                data=data,
                tools=tools,
                model=model,
                embedder=embedder,
                chroma=chroma,
                ranker=ranker,
            )
        run(assistant, TypingConsole(), DEFAULT_USER if user is None else user, database)


def _was_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="what you are looking for, in your own words")],
    catalogue: Catalogue = "builtin",
    data: Data = None,
    tools: Tools = "full",
    model: Model = "builtin",
    ranker: Ranker = None,
    embedder: Embedder = None,
    chroma: Chroma = None,
    database: Database = None,
    user: User = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the answer as one JSON object")] = False,
    trace: Annotated[bool, typer.Option("--trace", help="show the tool calls and proofs too")] = False,
    every: Annotated[bool, typer.Option("--all", help="list every item, not only the first ten")] = False,
) -> None:
    """Answer one question and exit.

    Examples:

      usher ask "films with the same cinematographer as Jaws"

      usher ask "more by the author of Dune" --json

      usher ask "who else did Bill Butler shoot for?" --trace

      usher ask "something like Alien" --user zoe
    """
    if not question.strip():
        raise UsageError(
            "the question is empty; say what you are looking for, for example"
            ' usher ask "films by the director of Jaws".'
        )
    from agent.assistant import Assistant
    from agent.status_line import opening

    with opening():
        assistant = Assistant(
            catalogue, data=data, tools=tools, model=model, embedder=embedder, chroma=chroma, ranker=ranker
        )
        asker = None if user is None else _asker(assistant, user, database)
        turn = assistant.ask(question) if asker is None else assistant.ask(question, asker=asker)
    if as_json:
        steps = [
            {"tool": s.tool, "arguments": s.arguments, "result": json.loads(s.result)}
            for s in turn.steps
            if not s.refused
        ]
        typer.echo(_as_json(turn.answer | ({"steps": steps} if trace else {}), indent=1))
        return
    from rich.console import Console

    from agent import render
    from agent.answer_text import SHOWN

    console = Console(highlight=False)
    limit, width = None if every else SHOWN, render.width_of(console)
    if trace:
        render.show(console, render.why(turn.answer, turn.steps, limit))
        console.print()
    told = render.answer(turn.answer, assistant.graph, limit, width=width, more="; --all lists them")
    render.show(console, told)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(help="dialogues: JSON Lines with id, catalogue and turns")],
    data: Data = None,
    tools: Tools = "full",
    model: Model = "builtin",
    as_json: Annotated[
        bool, typer.Option("--json", help="print {id, answers}, one row a line, an answer for every turn")
    ] = False,
) -> None:
    """Answer the dialogues of a file, each a conversation of its own, in the order of the file.

    Examples:

      usher replay dialogues.jsonl

      usher replay dialogues.jsonl --json > answers.jsonl
    """
    from agent.assistant import Assistant
    from agent.replay import answers, read, transcript

    def opened(catalogue: str) -> Assistant:
        return Assistant(catalogue, data=data, tools=tools, model=model)

    for dialogue, said in answers(file, read(file), opened):
        row = {"id": dialogue.id, "answers": said}
        typer.echo(_as_json(row) if as_json else transcript(dialogue, said))


@app.command()
def verify(
    request: Annotated[str, typer.Option(help="what was asked for, in the person's own words")],
    answer: Annotated[Path, typer.Option(help="a file with the answer to check; - for the standard input")],
    catalogue: Catalogue = "builtin",
    data: Data = None,
    repair: Annotated[bool, typer.Option("--repair", help="print an answer of what holds as well")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print the verdicts as one JSON object")] = False,
) -> None:
    """Check anybody's recommendation: items, conditions, claims. Exit code 1 if something is false.

    The answer may be words, titles or ids a line each, or JSON: a list, or an object with `items`.

    Examples:

      usher verify --request "films Steven Spielberg directed in the 1990s" --answer answer.md

      usher verify --request "more by the author of Dune" --answer - --repair < answer.txt
    """
    from agent.assistant import Assistant
    from agent.verify.checking import verify
    from agent.verify.command import read_given
    from agent.verify.wording import as_data, lines

    given = read_given(answer)
    found = verify(Assistant(catalogue, data=data), request, given, repair=repair)
    if as_json:
        typer.echo(_as_json(as_data(found), indent=2))
    else:
        for line in lines(found):
            typer.echo(line)
        if found.repaired:
            typer.echo(f"\nRepaired:\n{found.repaired['text']}")
    if not found.holds:
        sys.exit(1)


def _as_json(value: object, indent: int | None = None) -> str:
    """Return JSON that can be read at a terminal; in ASCII if that lacks letters, or no reader sees some."""
    plain = json.dumps(value, ensure_ascii=False, indent=indent)
    if plain.replace("\n", "").isprintable() and is_unicode(sys.stdout.encoding):
        return plain
    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f")


def _asker(assistant: Assistant, user: str, database: str | None) -> Asker:
    from agent.people import People

    person = People(assistant.graph, database=database).load(user)
    if person.is_empty:
        typer.echo(f"Nothing is known of {user!r} yet: an empty memory.", err=True)
    return person.asker


app.command()(mcp)
app.command()(serve)
