"""Standard output that is not UTF-8: the nearest letters are written, JSON stays JSON, nothing crashes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from agent import output_encoding


def run(encoding: str, *arguments: str, said: str = "") -> str:
    command = [sys.executable, "-m", "usher", *arguments]
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=env, input=said.encode("ascii"), check=True)
    assert done.stderr == b""
    return done.stdout.decode(encoding)


def written(text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    monkeypatch.setattr(sys, "stdout", stream)
    output_encoding.speak_any_encoding()
    stream.write(text)
    stream.flush()
    return raw.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("Amélie · “Brâncuși” …", "ascii", b'Amelie - "Brancusi" ...'),
        ("Smørrebrød → Łódź", "ascii", b"Smorrebrod -> Lodz"),
        ("Amélie · Łódź", "latin-1", b"Am\xe9lie \xb7 L\xf3dz"),
        ("七人の侍", "ascii", b"????"),
        ("Amélie", "utf-8", "Amélie".encode()),
    ],
)
def test_letters_that_an_encoding_lacks_become_the_nearest(
    text: str, encoding: str, expected: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert written(text, encoding, monkeypatch) == expected


def test_an_answer_is_printed_in_ascii() -> None:
    assert run("ascii", "ask", "who directed Amélie?").strip() == "Amelie was directed by Jean-Pierre Jeunet."


def test_json_stays_whole_in_ascii() -> None:
    answer = json.loads(run("ascii", "ask", "who directed Amélie?", "--json"))
    assert answer["facts"][0]["title"] == "Amélie"


def test_a_chat_is_held_in_ascii() -> None:
    said = run("ascii", said="/reset\ncomedies from the 1980s\n/why\n/quit\n")
    assert "Back to the Future (1985) - Robert Zemeckis" in said
