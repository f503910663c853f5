"""The person at the terminal: what they say of items is noted, and `/me` shows and changes what is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from agent.assistant import Assistant
from agent.builtin.interpret.opinions import Opinions, opinions
from agent.people import People
from agent.perception import describe, perceive
from agent.person import Person, Profile, chosen, forgotten
from agent.phrasing import listed, printable
from agent.render import show
from agent.titles_said import called, named, only
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.types import ItemId
from tools.errors import ToolError
from tools.link import link_entities

HELP = """  /me                          what is remembered of you
  /me like|dislike|seen TITLE  add to it; /me forget TITLE takes it out
  /me forget NUMBER            no longer keep to a wish that /me lists
  /me gender|age|occupation …  say it of yourself; /me forget age takes it out
  /me export [FILE]            all of it as JSON
  /me delete                   delete all of it, with conversations and typed lines
  /user NAME                   be somebody else"""
WORDS = ("like", "dislike", "seen", "forget", "gender", "age", "occupation", "export", "delete", "help")
_SHOWN = 10
_VOICES = {"like": "likes", "dislike": "dislikes", "seen": "seen"}
_ABOUT = ("gender", "age", "occupation")
_NOTHING = (
    "Nothing is remembered of {} yet. Say what you liked, disliked or have seen, or use /me like TITLE."
)


class Heard(NamedTuple):
    """What somebody said of items in a request, and who they are with that known."""

    said: Opinions
    person: Person


class Me:
    """Somebody at the terminal, with what is remembered of them."""

    def __init__(self, assistant: Assistant, people: People, user: str, console: Console):
        self.assistant = assistant
        self.graph: KnowledgeGraph = assistant.graph
        self.people = people
        self.console = console
        self.become(user)

    def become(self, user: str) -> None:
        """Be another person from now on; an unknown one starts empty."""
        self.person = self.people.load(user)
        self.user = user

    # Opinions in requests

    def hear(self, request: str, last: Sequence[str], focus: str | None = None) -> Heard:
        """Return what a request says of items; `last` are those shown last, `focus` the one spoken of."""
        self.person = self.people.load(self.user)  # another window may have changed it
        try:
            links = link_entities(self.assistant.knowledge, request)
        except ToolError:
            return Heard(Opinions(), self.person)
        items = [c.id for m in links.mentions for c in m.candidates if c.kind == "item"]
        domains = {item: self.graph.item(ItemId(item)).domain for item in items}
        said = opinions(request, links, last, domains, focus)
        return Heard(said, self._with(self.person, said))

    def keep(self, heard: Heard) -> None:
        """Keep what was said of items, and say in one line what was noted and how to undo it."""
        before, said = self.person, heard.said
        if (before.likes, before.dislikes, set(before.seen)) == (
            heard.person.likes,
            heard.person.dislikes,
            set(heard.person.seen),
        ):
            return
        self.person = self.people.change(self.user, lambda person: self._with(person, said))
        self._note(said)

    def _with(self, person: Person, said: Opinions) -> Person:
        if not said:
            return person
        return chosen(person, self.graph, likes=said.likes, dislikes=said.dislikes, seen=said.seen)

    def _note(self, said: Opinions) -> None:
        parts = [("you liked ", said.likes), ("not ", said.dislikes), ("you have seen ", said.seen)]
        noted = "; ".join(
            words + listed([called(self.graph, i) for i in items]) for words, items in parts if items
        )
        named = [*said.likes, *said.dislikes, *said.seen]
        undo = called(self.graph, named[0]) if len(named) == 1 else "TITLE"
        self.say(f"Noted: {noted}. To undo: /me forget {undo}", style="dim")

    def reasons(self, items: Sequence[str]) -> str:
        """Return why items are for this person, a line an item that there is a reason for."""
        told = ((item, perceive(self.person, ItemId(item), self.graph)) for item in items)
        return "\n".join(f"{called(self.graph, ItemId(item))}: {reason}" for item, reason in told if reason)

    # Commands

    def command(self, rest: str, erase_more: Callable[[], None]) -> None:
        """Run what stands after `/me`; `erase_more` erases what others keep of the person."""
        word, _, value = rest.partition(" ")
        try:
            if not word:
                self._show()
            elif word in _VOICES and value.strip():
                self._voice(word, value.strip())
            elif word in _ABOUT and value.strip():
                self._tell(word, value.strip())
            elif word == "forget" and value.strip():
                self._forget(value.strip())
            elif word == "export":
                self._export(value.strip())
            elif rest == "delete":
                self._delete(erase_more)
            elif rest == "help":
                self.say(HELP)
            else:
                self.say(f"I do not know '/me {rest}'. There is:\n{HELP}")
        except (UsageError, OSError) as error:
            self.say(str(error))

    def _show(self) -> None:
        self.person = self.people.load(self.user)
        if self.person.is_empty:
            self.say(_NOTHING.format(self.user))
            return
        voiced = {*self.person.likes, *self.person.dislikes}
        only_seen = [item for item in self.person.seen if item not in voiced]
        about = {name: getattr(self.person.profile, name) for name in _ABOUT}
        lines = [f"{self.user}, in the catalogue {self.people.catalogue}:", describe(self.person, self.graph)]
        lines += [f"{name}: {value}" for name, value in about.items() if value is not None]
        lists = (("liked", self.person.likes), ("disliked", self.person.dislikes), ("seen", only_seen))
        lines += [f"{name} ({len(items)}): {self._list(items)}" for name, items in lists if items]
        lines += ["To change it: /me like, dislike, seen or forget TITLE; /me export; /me delete"]
        self.say("\n".join(line for line in lines if line))

    def _list(self, items: Sequence[ItemId]) -> str:
        """Return items by name, the latest first."""
        names = [self.graph.item(i).name if i in self.graph else i for i in reversed(items[-_SHOWN:])]
        more = len(items) - len(names)
        return "; ".join(names) + (f"; and {more} more" if more else "")

    def _voice(self, word: str, title: str) -> None:
        item = only(self.graph, named(self.assistant, title), title)
        said = Opinions(**{_VOICES[word]: (item,)})
        self.person = self.people.change(self.user, lambda person: self._with(person, said))
        self._note(said)

    def _tell(self, name: str, value: str) -> None:
        if name == "age" and not (value.isdecimal() and 0 < int(value) < 130):
            raise UsageError(f"{value!r} is no age; expected a number of years, for example /me age 34.")
        if not value.isprintable():
            raise UsageError(f"{value!r} has characters that cannot be shown; say it in plain text.")
        self._set(name, int(value) if name == "age" else value)
        self.say(f"Noted: {name} {value}. To undo: /me forget {name}", style="dim")

    def _set(self, name: str, value: str | int | None) -> None:
        def change(person: Person) -> Person:
            profile = person.profile
            said = {each: getattr(profile, each) for each in _ABOUT} | {name: value}
            return replace(person, profile=Profile(**said))

        self.person = self.people.change(self.user, change)

    def _forget(self, title: str) -> None:
        if title in _ABOUT:
            self._set(title, None)
            self.say(f"Forgotten: {title}.")
            return
        kept = {*self.person.seen, *self.person.dislikes}
        items = [item for item in named(self.assistant, title) if item in kept] or [
            i for i in kept if i == title
        ]
        if not items:
            raise UsageError(f"Nothing is remembered of {title!r}; /me shows what is.")
        self.person = self.people.change(self.user, lambda person: forgotten(person, items, self.graph))
        self.say(f"Forgotten: {listed([called(self.graph, item) for item in items])}.")

    def _export(self, file: str) -> None:
        text = self.people.export(self.people.load(self.user))
        if not file:
            self.console.print(Text(text), soft_wrap=True)  # a line break would break a string
            return
        path = Path(file).expanduser()
        if path.exists():
            raise UsageError(f"{path} is there already; give another name.")
        try:
            path.touch(mode=0o600)
            path.write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written: {error.strerror}. Name a file in a folder that is there and"
                " yours, or leave the name out: /me export alone shows it here."
            ) from None
        self.say(f"Written to {path}. That file is yours: /me delete leaves it.")

    def _delete(self, erase_more: Callable[[], None]) -> None:
        kept = listed(self.people.catalogues(self.user)) or "no catalogue"
        self.say(
            f"This deletes what is remembered of {self.user} (in {kept}), conversations and typed lines too."
        )
        try:
            reply = self.console.input(Text("Type yes to delete: ")).strip().casefold()
        except EOFError:
            reply = ""
        if reply != "yes":
            self.say("Nothing was deleted.")
            return
        self.people.delete(self.user)
        self.become(self.user)
        erase_more()
        stays = "" if self.person.is_empty else f" The catalogue's own history of {self.user} stays in it."
        self.say(f"Deleted.{stays}")

    def say(self, text: str, style: str = "") -> None:
        """Print a text as it is, with what no reader sees written out."""
        show(self.console, Text("\n".join(map(printable, text.split("\n"))), style=style))


def greeting(me: Me) -> str:
    """Return who is talking, and whether anything is known of them."""
    if me.person.is_empty:
        return f"You are {me.user}. Nothing is known of you yet."
    return f"You are {me.user}. /me shows what is remembered of you."
