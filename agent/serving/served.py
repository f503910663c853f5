"""The catalogues that a server answers from: the one it was started with, and others when asked for."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from agent.assistant import Assistant
from agent.people import People
from agent.serving.refused import UNREACHABLE, Refused
from kg.errors import DataError, UnreachableError, UsageError
from kg.store import installed, versions
from tools.knowledge import Asker

MODEL = "usher"
_SAID = 80  # characters of a name that is not there


class Served:
    """Assistants by the id of a model: `usher`, or `usher/CATALOGUE`; others are opened once, by `opened`."""

    def __init__(
        self,
        assistant: Assistant,
        opened: Callable[[str], Assistant] | None = None,
        *,
        database: str | None = None,
    ):
        self.default = assistant.graph.catalogue.name
        self.database = database
        self._opened = opened
        self._assistants = {self.default: assistant}
        self.by_language_model = assistant.context.language_model
        self._people = {self.default: People(assistant.graph, database=database)}
        self._lock = Lock()

    def ids(self) -> list[str]:
        """Return the ids of models, the plain one first."""
        others = installed() if self._opened else []
        return [MODEL, *(f"{MODEL}/{name}" for name in sorted({self.default, *others}))]

    def canonical(self, model: str | None) -> str:
        """Return the id of the model that answers: the plain one for names that other servers use.

        Raises:
            Refused: it names a catalogue that is not there.
        """
        if model is None or not model.startswith(f"{MODEL}/"):
            return MODEL
        if self.name(model) not in self._assistants and model not in self.ids():
            raise unknown(model, self.ids())
        return model

    def assistant(self, model: str) -> Assistant:
        """Return who answers under a canonical id.

        Raises:
            Refused: the catalogue cannot be opened.
        """
        name = self.name(model)
        if name in self._people:  # nobody waits while another catalogue is opened
            return self._assistants[name]
        with self._lock:
            if name not in self._assistants and self._opened is not None:
                try:
                    self._assistants[name] = self._opened(name)
                except (UsageError, DataError) as error:
                    raise Refused(str(error), param="model", code="model_not_found") from error
                self._people[name] = People(self._assistants[name].graph, database=self.database)
            return self._assistants[name]

    def asker(self, model: str, user: str | None) -> Asker:
        """Return what is known of a person; nothing of somebody unknown.

        Raises:
            Refused: it cannot be a name, or the database does not answer.
        """
        if not user:
            return Asker()
        self.assistant(model)
        try:
            return self._people[self.name(model)].load(user).asker
        except UsageError as error:
            raise Refused(str(error), param="user", code="invalid_user") from error
        except UnreachableError as error:
            raise Refused(str(error), code=UNREACHABLE) from error

    def people(self, model: str) -> People:
        """Return the memory of people of a model's catalogue; see `assistant`."""
        self.assistant(model)
        return self._people[self.name(model)]

    def forget_states(self) -> None:
        """Forget the states of conversations, of whoever they are."""
        for assistant in list(self._assistants.values()):
            assistant.states.clear()

    def created(self, model: str) -> int:
        """Return when a model's catalogue was built, in seconds since 1970; 0 where nobody knows."""
        name = self.name(model)
        known = self._assistants.get(name)
        folders = [known.opened.folder] if known else versions(name)
        manifest = folders[-1] / "manifest.json" if folders else None
        return int(manifest.stat().st_mtime) if manifest and manifest.exists() else 0

    def name(self, model: str) -> str:
        """Return the name of a model's catalogue."""
        return model.removeprefix(MODEL).removeprefix("/") or self.default


def unknown(model: str, ids: list[str]) -> Refused:
    """Return the refusal of a model that is not there."""
    problem = f"there is no model {model[:_SAID]!r}; there are {', '.join(ids)}"
    return Refused(problem, param="model", code="model_not_found")
