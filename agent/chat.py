"""The chat in a terminal.

Read a line, show the steps as they happen, show the answer with its corrections and proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from rich.console import Console
from rich.text import Text

from agent import render
from agent.assistant import Assistant, Step, Turn
from agent.graph import Graph, build
from agent.llm.errors import Unanswered
from agent.memory import conversations
from kg.store import home
from kg.text import fold, tokens

HELP = """Ask for films or books in your own words, for example:
  films with the same cinematographer as Jaws
  more by the director of Network, with Faye Dunaway
  /why        how the last answer was found, with its proofs
  /more       all items of the last answer
  /tools      the tools that are on
  /catalogue  what is in the catalogue
  /reset      forget this conversation
  /help       this
  /quit       leave (or Ctrl-D)"""
_THREAD = "chat"


class Chat:
    """One conversation with a person."""

    def __init__(self, assistant: Assistant, graph: Graph, thread: str, console: Console):
        self.assistant = assistant
        self.graph = graph
        self.thread = thread
        self.console = console
        self.last: Turn | None = None
        self.next = ""
        self.commands: dict[str, Callable[[], None]] = {
            "/help": lambda: self._say(HELP),
            "/why": self._why,
            "/more": self._more,
            "/tools": self._tools,
            "/catalogue": self._catalogue,
            "/reset": self._reset,
        }

    def hear(self, line: str) -> bool:
        """Handle one line; tell whether the conversation goes on."""
        said = line.strip()
        if said in ("/quit", "/exit"):
            return False
        if said.startswith("/"):
            known = self.commands.get(said.split()[0])
            if known is None:
                self._say(
                    f"There is no command {said.split()[0]!r}. There are: {', '.join(self.commands)}, /quit."
                )
            else:
                known()
        elif said:
            self._answer(said)
            return self.hear(self.next)
        return True

    def _answer(self, request: str) -> None:
        self.next = ""
        try:
            self.last = self.assistant.chat(self.graph, self.thread, request, self._show, self._ask)
        except Unanswered as error:
            self._say(str(error))
            return
        self.console.print(render.answer(self.last.answer, self.assistant.graph))

    def _ask(self, question: str, choices: Sequence[str]) -> int:
        """Put a question to the person; what is no answer to it is the next request."""
        self._say("\n".join([question, *(f"  {n}. {choice}" for n, choice in enumerate(choices, 1))]))
        try:
            reply = self.console.input(Text("> ", style="bold")).strip()
        except EOFError:
            reply = "/quit"
        chosen = choice_of(reply, choices)
        if chosen is None:
            self.next = reply
        return chosen or 0

    def _show(self, step: Step) -> None:
        if step.tool != "recommend":
            self.console.print(render.step(step))

    def _why(self) -> None:
        if self.last is None:
            self._say("There is no answer yet to explain. Ask for something first.")
        else:
            self.console.print(render.why(self.last.answer, self.last.steps))

    def _more(self) -> None:
        if self.last is None:
            self._say("There is no answer yet. Ask for something first.")
        else:
            self.console.print(render.answer(self.last.answer, self.assistant.graph, limit=None))

    def _tools(self) -> None:
        for name, tool in self.assistant.tools.items():
            self._say(f"{name:18} {tool.schema['function']['description'].splitlines()[0]}")

    def _catalogue(self) -> None:
        catalogue = self.assistant.graph.catalogue
        self._say(f"{catalogue.name} ({catalogue.source}): {len(catalogue.items):,} items")
        counts = self.assistant.graph.relation_counts()
        self._say(
            "\n".join(f"  {name:18} {edges:>7,} facts about {items:,} items" for name, edges, items in counts)
        )

    def _reset(self) -> None:
        if self.graph.checkpointer and not isinstance(self.graph.checkpointer, bool):
            self.graph.checkpointer.delete_thread(self.thread)
        self.last = None
        self._say("Forgotten. Ask for something new.")

    def _say(self, text: str) -> None:
        self.console.print(Text(text))


_ORDINALS = (
    frozenset("1 1st first former".split()),
    frozenset("2 2nd second two latter other".split()),
)
_FILLING = frozenset("the a one as i mean meant please number of him her it".split())


def choice_of(reply: str, choices: Sequence[str]) -> int | None:
    """Return which of two choices a reply means: its number, or a word that only it has; None if neither.

    What says anything more is a request of its own: 'films by Wes Craven', 'not Wes'.
    """
    said = {fold(token.raw) for token in tokens(reply)}
    if said == {"one"}:
        return 0
    said -= _FILLING
    words = [{fold(token.raw) for token in tokens(choice)} - _FILLING for choice in choices]
    for place, (mine, others, ordinals) in enumerate(zip(words, reversed(words), _ORDINALS, strict=True)):
        if said and (said <= ordinals or (said <= mine and said - others)):
            return place
    return None


def run(assistant: Assistant) -> None:
    """Talk until the person leaves; Ctrl-C drops the line or the answer, not the conversation."""
    console = Console()
    with conversations() as saver, _history():
        chat = Chat(assistant, build(saver), f"{_THREAD}-{assistant.graph.catalogue.name}", console)
        console.print(
            Text("Usher. Ask for films or books in your own words; /help shows what else there is.")
        )
        while True:
            try:
                line = console.input(Text("> ", style="bold"))
            except EOFError:
                break
            except KeyboardInterrupt:
                console.print(Text("\n(/quit or Ctrl-D to leave)", style="dim"))
                continue
            try:
                if not chat.hear(line):
                    break
            except KeyboardInterrupt:
                console.print(Text("(stopped)", style="dim"))


class _history:  # noqa: N801 - reads as a statement
    """Arrow keys and a history of lines across sessions, where the terminal has readline."""

    def __enter__(self) -> None:
        self.readline: Any = None
        with suppress(ImportError):
            import readline

            self.readline = readline
            with suppress(OSError):
                readline.read_history_file(home() / "history")
            readline.set_history_length(1000)

    def __exit__(self, *_: object) -> None:
        if self.readline is not None:
            with suppress(OSError):
                self.readline.write_history_file(home() / "history")
