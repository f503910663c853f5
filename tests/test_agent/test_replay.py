"""`usher replay`: dialogues of a file, a line each, every dialogue a conversation of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.replay import answers, read
from kg.errors import DataError

Run = Callable[..., Any]
ADA = {"id": "a", "catalogue": "toy", "turns": ["films by Ada Quill", "from before 1980"]}
BO = {"id": "b", "catalogue": "toy", "turns": ["shot by Bo Lund"]}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "dialogues.jsonl"
    path.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows), "utf-8")
    return path


def shown(path: Path, usher: Assistant) -> list[list[list[str]]]:
    """Return the ids of the items, answer by answer, row by row."""
    told = answers(path, read(path), lambda _: usher)
    return [[[line["id"] for line in answer["items"]] for answer in said] for _, said in told]


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_every_turn_has_an_answer(tmp_path: Path, toy_usher: Assistant) -> None:
    assert [len(row) for row in shown(written(tmp_path, ADA, BO), toy_usher)] == [2, 1]


def test_a_turn_follows_up_on_the_one_before(tmp_path: Path, toy_usher: Assistant) -> None:
    assert shown(written(tmp_path, ADA), toy_usher) == [[["2", "1", "6"], ["1"]]]


def test_a_row_knows_nothing_of_the_others(tmp_path: Path, toy_usher: Assistant) -> None:
    alone = {**ADA, "id": "c", "turns": ["from before 1980"]}
    together = shown(written(tmp_path, ADA, alone), toy_usher)
    assert together[1] == shown(written(tmp_path, alone), toy_usher)[0]


def test_a_catalogue_is_opened_once(tmp_path: Path, toy_usher: Assistant) -> None:
    asked: list[str] = []
    path = written(tmp_path, ADA, BO)
    list(answers(path, read(path), lambda name: asked.append(name) or toy_usher))  # type: ignore[func-returns-value]
    assert asked == ["toy"]


@pytest.fixture
def replayed(agent: Run, tmp_path: Path) -> Callable[..., Any]:
    """Run the command over rows on the built-in catalogue."""

    def run(rows: Sequence[object], *options: str) -> Any:
        return agent("replay", str(written(tmp_path, *rows)), *options)

    return run


WESTERN = {"id": "w", "catalogue": "builtin", "turns": ["a western"], "kind": "ignored", "expect": {}}
JAWS = {"id": "j", "catalogue": "builtin", "turns": ["who directed Jaws?"]}


def test_json_is_a_row_a_line_in_the_order_of_the_file(replayed: Run) -> None:
    assert [row["id"] for row in lines(replayed([WESTERN, "", JAWS], "--json").out)] == ["w", "j"]


def test_json_has_id_and_answers(replayed: Run) -> None:
    assert set(lines(replayed([WESTERN], "--json").out)[0]) == {"id", "answers"}


def test_an_answer_is_the_one_of_ask(replayed: Run, agent: Run) -> None:
    answer = lines(replayed([WESTERN], "--json").out)[0]["answers"][0]
    assert answer == json.loads(agent("ask", "a western", "--json").out)


def test_json_holds_nothing_that_no_reader_sees(replayed: Run) -> None:
    turn = "films by \u202eZed\u200b Unknown\x7f"
    assert replayed([{**WESTERN, "turns": [turn]}], "--json").out.replace("\n", "").isprintable()


def test_a_transcript_marks_what_was_asked(replayed: Run) -> None:
    assert replayed([WESTERN]).out.startswith("# w (builtin)\n\n> a western\n")


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        (['{"id"'], 1, "Invalid JSON"),
        ([WESTERN, {"id": "x"}], 2, "turns: Field required"),
        ([WESTERN, "", {"id": "x", "turns": []}], 3, "turns: Tuple should have at least 1 item"),
        ([{"id": "x", "turns": [1]}], 1, "turns.0: Input should be a valid string"),
        ([{"id": 1, "turns": ["x"]}], 1, "id: Input should be a valid string, not 1\n"),
        (["[]"], 1, "Input should be"),
        ([WESTERN, WESTERN], 2, "the id 'w' stands in line 1 too"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(
    tmp_path: Path, rows: Sequence[object], line: int, said: str
) -> None:
    path = written(tmp_path, *rows)
    with pytest.raises(DataError) as error:
        read(path)
    assert (str(error.value).startswith(f"{path}:{line}: "), said in str(error.value)) == (True, True)


def test_an_unknown_catalogue_is_named_by_file_and_line(replayed: Run, tmp_path: Path) -> None:
    done = replayed([WESTERN, {**JAWS, "catalogue": "biultin"}])
    where = tmp_path / "dialogues.jsonl"
    assert f"error: {where}:2: unknown catalogue 'biultin'; did you mean 'builtin'?" in done.err


def test_a_file_that_is_not_there_is_an_error(agent: Run, tmp_path: Path) -> None:
    assert agent("replay", str(tmp_path / "none.jsonl")).code == 2
