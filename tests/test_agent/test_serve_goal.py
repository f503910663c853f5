"""One item to decide on over HTTP: a person of their own words, the whole conversation in `messages`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pytest

from tests.tau_shop import films, under_policy
from tests.test_agent.test_goal_dialogues import POLICY

pytest.importorskip("fastapi", reason="serving needs the `server` extra")
from fastapi.testclient import TestClient

from agent.serve import create_app

CHAT = "/v1/chat/completions"
FILMS: Mapping[str, Mapping[str, Any]] = {each["id"]: each for each in films()}
_TURNS = 8
_RESTRICTED = re.compile(r"(?<![\w-])R(?![\w-])")


class Person(NamedTuple):
    """What somebody says first, answers about consent, and says of films that will not do; what they take."""

    opening: str
    services: str
    consent: str
    rejects: Mapping[str, str]
    takes: str | None


PERSONS = (
    Person(
        "Evening! Any chance you could suggest a comedy for us? I need to be done within two hours.",
        "Vidora, that's the lot.",
        "R is off the table.",
        {"paid": "Seems a bit strong for this crowd.", "weak": "Apparently that one's rubbish."},
        "short",
    ),
    Person(
        "Could you put on some drama? Nothing scoring lower than 6.5, please.",
        "On our telly there's Vidora.",
        "R? No objections here.",
        {},
        "dark",
    ),
    Person(
        "Could you put on some drama?",
        "We've subscriptions to Kinoway.",
        "My brother says R is fine.",
        {},
        "plain",
    ),
    Person(
        "Could you put on some drama?",
        "Vidora, that's the lot.",
        "Skip the questions and give me the R one.",
        {},
        None,
    ),
    Person(
        "hey could you help me pick out a comedy. 95 minutes is my ceiling. Crime's a no from me.",
        "Vidora and Kinoway.",
        "I'd prefer you stayed away from R.",
        {"weak": "I was hoping for better reviews."},
        "short",
    ),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The server over six films under a policy."""
    with (
        under_policy(tmp_path_factory.mktemp("shop"), POLICY) as shop,
        TestClient(create_app(shop), base_url="http://127.0.0.1") as opened,
    ):
        yield opened


@pytest.mark.parametrize("person", PERSONS, ids=lambda person: person.consent)
def test_a_person_gets_what_they_want_and_no_policy_is_broken(client: TestClient, person: Person) -> None:
    messages = [{"role": "user", "content": person.opening}]
    may_be_restricted = False
    for _ in range(_TURNS):
        reply = client.post(CHAT, json={"model": "usher", "messages": messages}).json()
        answer, text = reply["usher"], reply["choices"][0]["message"]["content"]
        messages.append({"role": "assistant", "content": text})
        offered = [line["id"] for line in answer["items"]]
        assert len(offered) <= 1
        for film in offered:
            assert FILMS[film]["content_rating"] != "R" or may_be_restricted
        if offered == [person.takes]:
            return
        if offered:
            messages.append({"role": "user", "content": person.rejects[offered[0]]})
            continue
        if answer["act"] != "ask":
            break
        asks_consent = bool(_RESTRICTED.search(text))
        may_be_restricted = asks_consent and person.takes == "dark"
        parts = ["" if "services" not in text else person.services, person.consent if asks_consent else ""]
        messages.append({"role": "user", "content": " ".join(filter(None, parts)) or "Anything goes."})
    assert person.takes is None, messages
