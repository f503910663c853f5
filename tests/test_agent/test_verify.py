"""Somebody's answer, checked against the toy table: items, conditions, claims, what is not here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.assistant import Assistant
from agent.commands import app
from agent.verify.checking import verify
from agent.verify.types import Verification
from agent.verify.wording import as_data, lines
from kg.types import ItemId

BY_QUILL = "films directed by Ada Quill"


def verdicts(found: Verification) -> dict[str, str]:
    return {each.title: each.verdict for each in found.items}


def claims(found: Verification) -> set[tuple[str, str, str, str]]:
    return {(each.title, each.relation, each.claimed, each.verdict) for each in found.claims}


def test_items_are_proved_contradicted_or_not_here(toy_usher: Assistant) -> None:
    found = verify(
        toy_usher, BY_QUILL, "1. Night Tram (1981)\n2. Salt Road (1990)\n3. Borrowed Lanterns (1987)"
    )
    assert verdicts(found) == {"Night Tram": "proved", "Salt Road": "contradicted"}
    assert (found.unknown, found.holds) == (("Borrowed Lanterns",), False)


def test_a_true_answer_holds(toy_usher: Assistant) -> None:
    found = verify(toy_usher, BY_QUILL, "You could try Night Tram (1981), directed by Ada Quill.")
    assert (verdicts(found), found.unknown, found.holds) == ({"Night Tram": "proved"}, (), True)
    assert ("Night Tram", "director", "Ada Quill", "proved") in claims(found)


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("- Night Tram: directed by Dov Eberhart", ("Night Tram", "director", "Dov Eberhart")),
        ("Night Tram was directed by Dov Eberhart.", ("Night Tram", "director", "Dov Eberhart")),
        ("**Night Tram** (1979)", ("Night Tram", "year", "1979")),
        (
            "Night Tram, with Ada Quill. It was directed by Dov Eberhart.",
            ("Night Tram", "director", "Dov Eberhart"),
        ),
    ],
)
def test_a_false_claim_is_found(toy_usher: Assistant, said: str, claim: tuple[str, str, str]) -> None:
    assert (*claim, "contradicted") in claims(verify(toy_usher, BY_QUILL, said))


def test_what_no_fact_tells_is_unknown(toy_usher: Assistant) -> None:
    found = verify(toy_usher, "westerns", "- Salt Road, starring Mara Vance")
    assert ("Salt Road", "actor", "Mara Vance", "unknown") in claims(found)
    assert found.holds


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Night Tram, starring Bo Lund", ("actor", "Bo Lund", "unknown")),
        ("Night Tram, starring Mara Vance", ("actor", "Mara Vance", "proved")),
        ("Night Tram by Dov Eberhart", ("director", "Dov Eberhart", "contradicted")),
        ("Night Tram, directed by Dov Eberhart", ("director", "Dov Eberhart", "contradicted")),
    ],
)
def test_who_is_not_among_the_stored_actors_may_have_played(
    toy_usher: Assistant, said: str, claim: tuple[str, str, str]
) -> None:
    found = verify(toy_usher, BY_QUILL, said)
    assert ("Night Tram", *claim) in claims(found)
    assert found.holds == (claim[2] != "contradicted")


def test_what_is_excluded_and_what_is_ignored_is_said(toy_usher: Assistant) -> None:
    found = verify(toy_usher, "films directed by Ada Quill, but no dramas", "- The Glass Harbour")
    assert [(each.value, each.verdict) for each in found.items[0].conditions if each.denied] == [
        ("Drama", "contradicted")
    ]
    assert [each.value for each in verify(toy_usher, BY_QUILL, "- Salt Road").ignored] == ["Ada Quill"]


def test_an_exclusion_of_what_is_not_known_proves_nothing(toy_usher: Assistant) -> None:
    found = verify(toy_usher, "westerns, none with Mara Vance", "- Salt Road")
    assert [(each.verdict, each.values) for each in found.items[0].conditions if each.denied] == [
        ("unknown", ())
    ]
    assert (verdicts(found), found.holds) == ({"Salt Road": "unknown"}, True)
    assert "actor is not known here, asked for not Mara Vance" in as_data(found)["text"]


def test_titles_of_the_request_and_of_comparisons_are_not_recommended(toy_usher: Assistant) -> None:
    found = verify(
        toy_usher, "something like Paper Moons", "If you liked Salt Road, see Night Tram. Paper Moons too."
    )
    assert list(verdicts(found)) == ["Night Tram"]
    assert verdicts(found) == {"Night Tram": "unknown"}  # nothing was compared


@pytest.mark.parametrize("given", ['["2", "4"]', '{"items": [{"id": "2"}, {"title": "Salt Road"}]}', "2\n4"])
def test_ids_and_json_are_answers_too(toy_usher: Assistant, given: str) -> None:
    assert verdicts(verify(toy_usher, BY_QUILL, given)) == {
        "Night Tram": "proved",
        "Salt Road": "contradicted",
    }


def test_a_repaired_answer_holds(toy_usher: Assistant) -> None:
    found = verify(toy_usher, BY_QUILL, "- Salt Road\n- Cold Orchard", repair=True)
    assert found.repaired is not None
    titles = [line["title"] for line in found.repaired["items"]]
    assert titles[0] == "Cold Orchard"
    assert set(titles) == {toy_usher.graph.item(ItemId(key)).title for key in ("1", "2", "6")}
    assert verify(toy_usher, BY_QUILL, json.dumps(found.repaired)).holds


def test_an_answer_that_names_nothing_is_said_to(toy_usher: Assistant) -> None:
    assert next(lines(verify(toy_usher, BY_QUILL, "Sorry, I have no idea."))).startswith("No item")


def test_text_of_an_answer_is_data(toy_usher: Assistant) -> None:
    found = verify(toy_usher, BY_QUILL, "- [Evil\x1b[31m](http://x) \u202eTitle (1999)")
    said = as_data(found)
    assert json.dumps(said, ensure_ascii=False).isprintable()
    assert said["unknown"]


def test_the_command_ends_with_1_where_something_is_false(tmp_path: Path) -> None:
    answer = tmp_path / "answer.md"
    answer.write_text("- Jaws (1975), directed by George Lucas", encoding="utf-8")
    run = CliRunner().invoke(
        app, ["verify", "--request", "films by Steven Spielberg", "--answer", str(answer), "--json"]
    )
    assert run.exit_code == 1
    assert [
        each["true"] for each in json.loads(run.stdout)["claims"] if each["verdict"] == "contradicted"
    ] == [["Steven Spielberg"]]
    answer.write_text("- Jaws (1975)", encoding="utf-8")
    run = CliRunner().invoke(
        app, ["verify", "--request", "films by Steven Spielberg", "--answer", str(answer)]
    )
    assert (run.exit_code, "✓ Jaws (1975)" in run.stdout) == (0, True)


@pytest.mark.parametrize(
    "given", ["1. Jaws\n2. Alien", "Jaws, Alien", "- Jaws\n- Alien", "Try Jaws and Alien."]
)
def test_a_title_that_is_also_the_name_of_its_series_is_a_title(usher: Assistant, given: str) -> None:
    found = verify(usher, "films by Steven Spielberg", given)
    assert verdicts(found) == {"Jaws": "proved", "Alien": "contradicted"}
    assert found.unknown == ()


def test_the_name_of_a_series_is_no_title_where_it_is_told_as_a_fact(usher: Assistant) -> None:
    found = verify(usher, "science fiction films", "Aliens is one of the Alien series.")
    assert [each.title for each in found.items] == ["Aliens"]


def test_conditions_are_said_to_be_missed_where_no_title_is_here(toy_usher: Assistant) -> None:
    said = "\n".join(lines(verify(toy_usher, BY_QUILL, "1. Borrowed Lanterns")))
    assert said.startswith("0 of 1 item is proved")
