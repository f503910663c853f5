"""The chat in a terminal.

Read a line, show the steps as they happen, show the answer with its corrections and proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from rich.console import Console
from rich.text import Text

from agent import chat_wishes, render
from agent.answer_text import SHOWN
from agent.assistant import Assistant, Step, Turn
from agent.chat_me import Me
from agent.conversation import Conversation
from agent.explain_uses import uses
from agent.graph import Graph, build
from agent.llm.errors import Unanswered
from agent.memory import DEFAULT_USER, conversations, erase, erase_all, thread_of
from agent.people import People
from agent.phrasing import printable
from agent.policy_text import rules
from agent.typed import Typed
from kg.errors import UsageError
from kg.text import fold, tokens
from tools.knowledge import Asker

HELP = """Ask for films or books in your own words, for example:
  films with the same cinematographer as Jaws
  more by the director of Network, with Faye Dunaway
  /why        how the last answer was found, with its proofs
  /more       all items of the last answer
  /tools      the tools that are on
  /catalogue  what is in the catalogue
  /reset      forget this conversation
  /me         what is remembered of you; /me help
  /user NAME  be somebody else
  /help       this
  /quit       leave (or Ctrl-D)"""


class Chat:
    """One conversation with a person; without `me` nobody in particular, of whom nothing is kept."""

    def __init__(
        self,
        assistant: Assistant,
        graph: Graph,
        thread: str,
        console: Console,
        *,
        me: Me | None = None,
        typed: Typed | None = None,
    ):
        self.assistant = assistant
        self.graph = graph
        self.thread = thread
        self.console = console
        self.me = me
        self.typed = typed
        self.last: Turn | None = None
        self.shown: int | None = SHOWN
        self.next = ""
        self.commands: dict[str, Callable[[str], None]] = {
            "/help": lambda _: self._say(HELP),
            "/why": lambda _: self._why(),
            "/more": lambda _: self._more(),
            "/tools": lambda _: self._tools(),
            "/catalogue": lambda _: self._catalogue(),
            "/reset": lambda _: self._reset(),
        }
        if me is not None:
            self.commands |= {
                "/me": lambda rest: self._me(me, rest),
                "/user": lambda rest: self._user(me, rest),
            }

    def hear(self, line: str) -> bool:
        """Handle one line; tell whether the conversation goes on."""
        said = line.strip()
        if said in ("/quit", "/exit"):
            return False
        if said.startswith("/"):
            word, _, rest = said.partition(" ")
            known = self.commands.get(word)
            if known is None:
                self._say(f"There is no command {word!r}. There are: {', '.join(self.commands)}, /quit.")
            else:
                known(rest.strip())
        elif said:
            self._answer(said)
            return self.hear(self.next)
        return True

    def _answer(self, request: str) -> None:
        self.next = ""
        heard = self.me.hear(request, self._shown()) if self.me else None
        asker = replace(heard.person.asker, keeps=True) if heard else Asker()
        try:
            kept = Conversation(self.assistant, graph=self.graph, thread=self.thread, asker=asker)
            self.last = kept.say(request, self._show, self._ask)
        except Unanswered as error:
            self._say(str(error))
            return
        self.shown = SHOWN
        self.console.print(render.answer(self.last.answer, self.assistant.graph))
        if self.me and heard:
            self.me.keep(heard)
            chat_wishes.keep(self.me, self.last.answer["wishes"])

    def _shown(self) -> list[str]:
        """Return the items of the last answer that the person saw."""
        return [line["id"] for line in self.last.answer["items"][: self.shown]] if self.last else []

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
            if said := uses(self.last.steps, self.assistant.graph):
                self.console.print(said)
            if self.me and (reasons := self.me.reasons(self._shown())):
                self._say(f"For you:\n{reasons}")

    def _more(self) -> None:
        if self.last is None:
            self._say("There is no answer yet. Ask for something first.")
        else:
            self.shown = None
            self.console.print(render.answer(self.last.answer, self.assistant.graph, limit=None))

    def _tools(self) -> None:
        for name, tool in self.assistant.tools.items():
            self._say(f"{name:18} {tool.schema['function']['description'].splitlines()[0]}")

    def _catalogue(self) -> None:
        catalogue = self.assistant.graph.catalogue
        self._say(f"{catalogue.name} ({catalogue.source}): {catalogue.offered:,} items")
        counts = self.assistant.graph.catalogue.relation_counts
        self._say(
            "\n".join(f"  {name:18} {edges:>7,} facts about {items:,} items" for name, edges, items in counts)
        )
        if told := [f"  {rule}" for rule in rules(catalogue.policy)]:
            self._say("\n".join(("Policy:", *told)))

    def _reset(self) -> None:
        self.last = None
        try:
            if self._saver is not None:
                erase(self._saver, self.thread)
            self._say("Forgotten. Ask for something new.")
        except UsageError as error:
            self._say(str(error))

    def _me(self, me: Me, rest: str) -> None:
        """Show or change what is remembered of the person, and what they wish of every answer."""
        word, _, value = rest.partition(" ")
        if word == "forget" and value.strip().isdecimal():
            self._say(chat_wishes.withdraw(me, self.graph, self.thread, int(value)))
            return
        me.command(rest, self._erase)
        if not rest and (told := chat_wishes.shown(me, self.graph, self.thread)):
            self._say(told)

    def _user(self, me: Me, name: str) -> None:
        """Be somebody else: another memory, another conversation, other typed lines."""
        try:
            if name:
                me.become(name)
                self.thread = thread_of(self.assistant.graph.catalogue.name, name)
                self.last = None
                if self.typed is not None:
                    self.typed.become(name)
            self._say(greeting(me))
        except UsageError as error:
            self._say(str(error))

    def _erase(self) -> None:
        """Erase the conversations and the typed lines of the person."""
        self.last = None
        if self.typed is not None:
            self.typed.erase()
        if self._saver is not None and self.me is not None:
            erase_all(self._saver, self.me.user, self.thread)

    @property
    def _saver(self) -> BaseCheckpointSaver[Any] | None:
        saver = self.graph.checkpointer
        return saver if isinstance(saver, BaseCheckpointSaver) else None

    def _say(self, text: str) -> None:
        self.console.print(Text("\n".join(map(printable, text.split("\n")))))


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


def greeting(me: Me) -> str:
    """Return who is talking, and whether anything is known of them."""
    if me.person.is_empty:
        return f"You are {me.user}. Nothing is known of you yet."
    return f"You are {me.user}. /me shows what is remembered of you."


def run(assistant: Assistant, user: str = DEFAULT_USER) -> None:
    """Talk until the person leaves; Ctrl-C drops the line or the answer, not the conversation."""
    console = Console()
    me = Me(assistant, People(assistant.graph), user, console)
    with conversations() as saver, Typed(user) as typed:
        thread = thread_of(assistant.graph.catalogue.name, user)
        chat = Chat(assistant, build(saver), thread, console, me=me, typed=typed)
        console.print(Text("Ask for films or books in your own words; /help shows what else there is."))
        if user != DEFAULT_USER:
            console.print(Text(greeting(me)))
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
