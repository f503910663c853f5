"""The assistant on the catalogue that ships with Usher, and a table of what passed by phenomenon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest

from agent.assistant import Assistant
from agent.builtin.interpret.message import Message, understood
from agent.builtin.parse.vocabulary import Vocabulary
from tools.knowledge import Knowledge
from tools.link import link_entities

SCORES = pytest.StashKey[dict[str, tuple[int, int]]]()


@pytest.fixture(scope="session")
def usher(assistants: Callable[[str], Assistant]) -> Assistant:
    """The assistant on the built-in catalogue, in the home that all tests share."""
    return assistants("builtin")


@pytest.fixture
def understand(toy_knowledge: Knowledge) -> Callable[[str], Message]:
    """Read a message on the toy catalogue."""
    vocabulary = Vocabulary.of_graph(toy_knowledge.graph)
    return lambda text: understood(text, asdict(link_entities(toy_knowledge, text)), vocabulary)


@pytest.fixture
def score(request: pytest.FixtureRequest) -> Callable[[str, int, int], None]:
    """Note how many of a phenomenon's requests passed, for the table at the end."""
    scores = request.config.stash.setdefault(SCORES, {})

    def note(phenomenon: str, n: int, passed: int) -> None:
        scores[phenomenon] = (n, passed)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print phenomenon, n, passed."""
    scores = config.stash.get(SCORES, {})
    if not scores:
        return
    scores = scores | {"all": (sum(n for n, _ in scores.values()), sum(p for _, p in scores.values()))}
    terminalreporter.section("requests by phenomenon")
    terminalreporter.write_line(f"{'phenomenon':<24}{'n':>5}{'passed':>8}")
    for phenomenon, (n, passed) in scores.items():
        terminalreporter.write_line(f"{phenomenon:<24}{n:>5}{passed:>8}  {passed / n:.2f}")
