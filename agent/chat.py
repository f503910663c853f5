"""The chat in a terminal.

Read a line, show the steps as they happen, show the answer with its corrections and proofs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.memory import InMemorySaver
from rich.console import Console
from rich.text import Text

from agent import chat_wishes, render
from agent.answer_text import SHOWN
from agent.assistant import Assistant, Step, Turn
from agent.chat_help import help_of, welcome
from agent.chat_me import WORDS as ME_WORDS
from agent.chat_me import Me, greeting
from agent.choosing import choice_of
from agent.completion import Completion
from agent.conversation import Conversation
from agent.explain_uses import uses
from agent.graph import Graph, build
from agent.llm.errors import Unanswered
from agent.memory import DEFAULT_USER, NOT_KEPT, erase, erase_all, kept_if_possible, taken_over, thread_of
from agent.people import People
from agent.phrasing import printable
from agent.policy_text import rules
from agent.status_line import StatusLine, status_line
from agent.typed import Typed
from agent.typing_console import TypingConsole
from kg.errors import UnreachableError, UnwritableError, UsageError
from tools.knowledge import Asker

PROMPT = Text("> ", style="bold")
TRACED = "Steps are shown from now on; /trace off leaves them out again."
UNTRACED = "Steps are left out from now on; /trace on shows them, /why those of the last answer."
_MORE = "; /more"


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
        self.line = StatusLine(console)
        self.last: Turn | None = None
        self.shown = SHOWN
        self.listed: list[str] = []  # what the person last saw listed, by id
        self.next = ""
        self.traced = False
        self.commands: dict[str, Callable[[str], None]] = {
            "/help": lambda _: self._say(help_of(assistant.graph)),
            "/why": lambda _: self._why(),
            "/more": self._more,
            "/trace": self._trace,
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

    def words(self) -> dict[str, Sequence[str]]:
        """Return the commands, and the words that may come after each."""
        after = {"/trace": ("on", "off"), "/more": ("all",), "/me": ME_WORDS}
        return {name: after.get(name, ()) for name in (*self.commands, "/quit")}

    def _answer(self, request: str) -> None:
        self.next = ""
        self.listed = self._shown() or (self.listed if self.last else [])
        heard = self.me.hear(request, self.listed, self._focus()) if self.me else None
        asker = replace(heard.person.asker, keeps=True) if heard else Asker()
        try:
            kept = Conversation(self.assistant, graph=self.graph, thread=self.thread, asker=asker)
            with status_line(self.console) as self.line:
                self.line.say("looking …")
                self.last = kept.say(request, self._show, self._ask)
        except Unanswered as error:
            self._say(str(error))
            return
        except UnwritableError as error:
            if self._saver is None or isinstance(self._saver, InMemorySaver):
                raise
            self._say(f"{error}\n{NOT_KEPT}")
            self.graph = build(taken_over(self._saver, self.thread))
            self._answer(request)
            return
        self.shown = SHOWN
        width = render.width_of(self.console)
        told = render.answer(self.last.answer, self.assistant.graph, width=width, more=_MORE)
        render.show(self.console, told)
        if self.me and heard:
            self.me.keep(heard)
            chat_wishes.keep(self.me, self.last.answer["wishes"])

    def _shown(self) -> list[str]:
        """Return the items of the last answer that the person saw."""
        return [line["id"] for line in self.last.answer["items"][: self.shown]] if self.last else []

    def _focus(self) -> str | None:
        """Return the one item that the last answer spoke of and did not list."""
        answer = self.last.answer if self.last else None
        told = {fact["item"] for fact in answer["facts"]} if answer and not answer["items"] else set()
        return told.pop() if len(told) == 1 else None

    def _ask(self, question: str, choices: Sequence[str]) -> int:
        """Put a question to the person; what is no answer to it is the next request."""
        self.line.clear()
        self._say("\n".join([question, *(f"  {n}. {choice}" for n, choice in enumerate(choices, 1))]))
        try:
            reply = self.console.input(PROMPT).strip()
        except EOFError:
            reply = "/quit"
        chosen = choice_of(reply, choices)
        if chosen is None:
            self.next = reply
        return chosen or 0

    def _show(self, step: Step) -> None:
        """Show a step: for good where steps are wished for, else as what is going on."""
        if step.tool == "recommend":
            return
        if self.traced:
            self.line.clear()
            render.show(self.console, render.step(step))
        else:
            self.line.say(render.step(step).plain.strip())

    def _why(self) -> None:
        if self.last is None:
            self._say("There is no answer yet to explain. Ask for something first.")
        else:
            render.show(self.console, render.why(self.last.answer, self.last.steps, self.shown))
            if said := uses(self.last.steps, self.assistant.graph):
                render.show(self.console, said)
            if self.me and (reasons := self.me.reasons(self._shown())):
                self._say(f"For you:\n{reasons}")

    def _more(self, rest: str = "") -> None:
        """Show the next items of the last answer, or all that are left."""
        if self.last is None:
            self._say("There is no answer yet. Ask for something first.")
            return
        total, start = len(self.last.answer["items"]), self.shown
        if start >= total:
            self._say(f"That is all: {total} {'item' if total == 1 else 'items'}.")
            return
        self.shown = total if rest == "all" else start + SHOWN
        width = render.width_of(self.console)
        listed = render.items(
            self.last.answer, self.assistant.graph, start, self.shown, width=width, more=_MORE
        )
        render.show(self.console, listed)

    def _trace(self, rest: str) -> None:
        if rest in ("on", "off"):
            self.traced = rest == "on"
            self._say(TRACED if self.traced else UNTRACED)
        else:
            self._say(f"Steps are {'shown' if self.traced else 'left out'}; /trace on or /trace off.")

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
        render.show(self.console, Text("\n".join(map(printable, text.split("\n")))))


def run(
    assistant: Assistant, console: Console, user: str = DEFAULT_USER, database: str | None = None
) -> None:
    """Talk until the person leaves; Ctrl-C drops the line or the answer, not the conversation."""
    graph = assistant.graph
    me = Me(assistant, People(graph, database=database), user, console)
    with kept_if_possible(lambda said: console.print(Text(said)), database) as saver, Typed(user) as typed:
        chat = Chat(
            assistant, build(saver), thread_of(graph.catalogue.name, user), console, me=me, typed=typed
        )
        if isinstance(console, TypingConsole):
            console.completing(Completion(graph, chat.words()))
        chat._say(welcome(graph))
        if user != DEFAULT_USER:
            console.print(Text(greeting(me)))
        while _heard(chat, console):
            pass


def _heard(chat: Chat, console: Console) -> bool:
    """Hear one line; tell whether the conversation goes on."""
    said = "\n(/quit or Ctrl-D to leave)"
    with suppress(KeyboardInterrupt):  # pressed once more, while the first is answered
        try:
            line = console.input(PROMPT)
            said = "(stopped)"
            return chat.hear(line)
        except EOFError:
            return False
        except KeyboardInterrupt:
            console.print(Text(said, style="dim"))
        except (UnreachableError, UnwritableError) as error:
            chat._say(str(error))
    return True
