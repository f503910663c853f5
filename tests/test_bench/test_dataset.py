"""Query files: what is wrong with one is said with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import dataset, jsonl
from bench.types import Answer, Query
from kg.errors import DataError
from kg.folders import cut_torn_line
from kg.graph import KnowledgeGraph

GOOD: dict[str, Any] = {
    "id": "q1",
    "domain": "movie",
    "type": "explicit",
    "query": "films directed by Ada Quill",
    "n_conditions": 1,
    "conditions": [{"relation": "director", "value": "Ada Quill"}],
    "ground_truth": ["1", "2", "6"],
}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write lines (objects as JSON, texts and bytes as they are) to a file."""

    def make(*lines: Any, name: str = "queries.jsonl") -> Path:
        as_bytes = [
            line
            if isinstance(line, bytes)
            else (line if isinstance(line, str) else json.dumps(line)).encode()
            for line in lines
        ]
        path = tmp_path / name
        path.write_bytes(b"\n".join(as_bytes) + b"\n" if as_bytes else b"")
        return path

    return make


def refused(graph: KnowledgeGraph, *paths: Path) -> str:
    """Return what a refused file is told."""
    with pytest.raises(DataError) as caught:
        dataset.read(paths, graph)
    return str(caught.value)


# What is right


def test_queries_come_in_the_order_of_the_file(toy: KnowledgeGraph, write: Write) -> None:
    path = write(GOOD, GOOD | {"id": "q0"})
    assert [query.id for query in dataset.read([path], toy)] == ["q1", "q0"]


def test_files_come_in_the_order_given(toy: KnowledgeGraph, write: Write) -> None:
    first, second = write(GOOD | {"id": "b"}, name="z.jsonl"), write(GOOD | {"id": "a"}, name="a.jsonl")
    assert [query.id for query in dataset.read([first, second], toy)] == ["b", "a"]


def test_an_empty_line_is_passed_over(toy: KnowledgeGraph, write: Write) -> None:
    assert len(dataset.read([write(GOOD, "", "   ", GOOD | {"id": "q2"})], toy)) == 2


def test_a_file_without_a_last_newline_is_read_whole(toy: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    assert len(dataset.read([path], toy)) == 1


def test_windows_line_ends_are_read(toy: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "queries.jsonl"
    path.write_bytes(f"{json.dumps(GOOD)}\r\n{json.dumps(GOOD | {'id': 'q2'})}\r\n".encode())
    assert len(dataset.read([path], toy)) == 2


def test_text_outside_ascii_survives(toy: KnowledgeGraph, write: Write) -> None:
    raw = json.dumps(GOOD | {"query": "Žofie 🎬"}, ensure_ascii=False)
    assert dataset.read([write(raw)], toy)[0].query == "Žofie 🎬"


def test_conditions_become_those_of_the_graph(toy: KnowledgeGraph, write: Write) -> None:
    (query,) = dataset.read([write(GOOD)], toy)
    assert [str(condition) for condition in dataset.conditions(query)] == ["director: Ada Quill"]


def test_one_true_value_is_a_set_of_one() -> None:
    claim = {"anchor": "item", "items": ["3"], "relation": "director", "claimed": "x", "true": "Dov Eberhart"}
    assert Query.model_validate(GOOD | {"claim": claim}).claim.truths == {"Dov Eberhart"}


def test_several_true_values_are_a_set() -> None:
    claim = {"anchor": "item", "items": ["3"], "relation": "actor", "claimed": "x", "true": ["a", "b"]}
    assert Query.model_validate(GOOD | {"claim": claim}).claim.truths == {"a", "b"}


# What is wrong


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (GOOD | {"colour": "red"}, "colour"),
        ({k: v for k, v in GOOD.items() if k != "ground_truth"}, "ground_truth: Field required"),
        (GOOD | {"type": "riddle"}, "type"),
        (GOOD | {"domain": "opera"}, "domain"),
        (GOOD | {"ground_truth": "1"}, "ground_truth"),
        (GOOD | {"conditions": [{"relation": "director"}]}, "conditions.0.value: Field required"),
        (GOOD | {"conditions": [{"relation": "director", "value": "x", "n": 1}]}, "conditions.0.n"),
        (GOOD | {"claim": {"anchor": "moon"}}, "claim.anchor"),
        ('{"id": "q1", ', "not JSON"),
        ("[1, 2]", "line: "),
        ('"q1"', "line: "),
        ("null", "line: "),
        (b'{"id": "\xff\xfe"}', "not UTF-8"),
        (GOOD | {"ground_truth": ["1", "99"]}, "'99' is not an item of the catalogue 'toy'"),
        (GOOD | {"history": ["99"]}, "'99' is not an item"),
        (GOOD | {"ignore": ["99"]}, "'99' is not an item"),
        (GOOD | {"ground_truth_in_history": ["99"]}, "'99' is not an item"),
        (
            GOOD | {"references": [{"relation": "director", "value": "x", "items": ["99"]}]},
            "'99' is not an item",
        ),
        (
            GOOD
            | {
                "claim": {
                    "anchor": "item",
                    "items": ["99"],
                    "relation": "director",
                    "claimed": "x",
                    "true": "y",
                }
            },
            "'99' is not an item",
        ),
        (GOOD | {"conditions": [{"relation": "composer", "value": "x"}]}, "has no relation 'composer'"),
    ],
    ids=[
        *("unknown-field", "missing-field", "type", "domain", "a-text-for-a-list", "half-a-condition"),
        *("unknown-field-inside", "anchor", "broken-json", "a-list", "a-text", "null", "not-utf8"),
        *("unknown-item", "unknown-history", "unknown-ignored", "unknown-in-history", "unknown-reference"),
        *("unknown-claimed", "unknown-relation"),
    ],
)
def test_a_bad_line_is_refused_with_its_place(
    toy: KnowledgeGraph, write: Write, line: Any, said: str
) -> None:
    path = write(GOOD | {"id": "q0"}, line)
    message = refused(toy, path)
    assert message.startswith(f"{path}:2: ")
    assert said in message


def test_a_bad_line_is_told_what_to_do(toy: KnowledgeGraph, write: Write) -> None:
    assert "One JSON object a line" in refused(toy, write("{"))


def test_broken_json_is_refused_with_its_column(toy: KnowledgeGraph, write: Write) -> None:
    assert "column 8" in refused(toy, write('{"id": }'))


def test_several_unknown_items_are_counted(toy: KnowledgeGraph, write: Write) -> None:
    assert "(nor are 2 more)" in refused(toy, write(GOOD | {"ground_truth": ["97", "98", "99"]}))


def test_an_unknown_item_is_told_to_choose_the_catalogue(toy: KnowledgeGraph, write: Write) -> None:
    assert "--catalogue" in refused(toy, write(GOOD | {"ground_truth": ["99"]}))


def test_an_unknown_relation_is_told_which_there_are(toy: KnowledgeGraph, write: Write) -> None:
    line = GOOD | {"conditions": [{"relation": "composer", "value": "x"}]}
    assert "cinematographer" in refused(toy, write(line))


def test_an_id_used_twice_is_refused_at_the_second_place(toy: KnowledgeGraph, write: Write) -> None:
    path = write(GOOD, GOOD | {"id": "q2"}, GOOD)
    assert refused(toy, path).startswith(f"{path}:3: ")


def test_an_id_used_twice_is_refused_naming_the_first_place(toy: KnowledgeGraph, write: Write) -> None:
    path = write(GOOD, GOOD | {"id": "q2"}, GOOD)
    assert f"the id 'q1' was already used at {path}:1" in refused(toy, path)


def test_an_id_used_in_two_files_is_refused(toy: KnowledgeGraph, write: Write) -> None:
    first, second = write(GOOD, name="a.jsonl"), write(GOOD, name="b.jsonl")
    assert f"already used at {first}:1" in refused(toy, first, second)


def test_an_empty_file_is_refused_by_name(toy: KnowledgeGraph, write: Write) -> None:
    path = write()
    assert refused(toy, path).startswith(f"{path}: no queries in it")


def test_a_file_of_empty_lines_is_refused(toy: KnowledgeGraph, write: Write) -> None:
    assert "no queries in it" in refused(toy, write("", " "))


def test_a_missing_file_is_refused_by_name(toy: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.jsonl"
    assert refused(toy, path).startswith(f"{path}: there is no such file")


def test_a_folder_is_no_file(toy: KnowledgeGraph, tmp_path: Path) -> None:
    assert "there is no such file" in refused(toy, tmp_path)


# Torn files


def test_mending_drops_a_torn_last_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(b'{"id": "a"}\n{"id": "b", "it')
    cut_torn_line(path)
    assert path.read_bytes() == b'{"id": "a"}\n'


def test_mending_leaves_a_whole_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(b'{"id": "a"}\n{"id": "b"}\n')
    cut_torn_line(path)
    assert path.read_bytes() == b'{"id": "a"}\n{"id": "b"}\n'


def test_mending_a_file_that_is_one_torn_line_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(b'{"id"')
    cut_torn_line(path)
    assert path.read_bytes() == b""


def test_mending_a_missing_file_makes_none(tmp_path: Path) -> None:
    cut_torn_line(tmp_path / "answers.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_an_appended_row_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    row = Answer(id="a", items=["1"], titles=["Žofie\n🎬"], latency_ms=1.5)
    with jsonl.appending(path) as append:
        append(row)
    assert list(jsonl.read(path, Answer)) == [(1, row)]


def test_an_appended_row_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    with jsonl.appending(path) as append:
        append(Answer(id="a\nb"))
    assert path.read_bytes().count(b"\n") == 1


def test_every_appended_row_can_be_read_before_the_next_comes(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    with jsonl.appending(path) as append:
        for number in range(3):
            append(Answer(id=str(number)))
            assert len(path.read_bytes().splitlines()) == number + 1
