"""A person's own code by a dotted path: what is loaded, what is refused, and in which words."""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import numpy as np
import pytest

from bench.next_item.roster import row_of
from bench.systems.roster import system
from kg import dotted
from kg.catalogue import Histories
from kg.embedder_roster import OwnEmbedder
from kg.embedder_roster import check as check_embedder
from kg.errors import DataError, UsageError
from kg.own_source import add_source
from kg.store import open_catalogue

MODULE = """
import numpy as np

number = 3

class Nothing:
    pass

class TwoArguments:
    def __init__(self, first, second): ...

class Half:
    fingerprint = "half"
    def embed(self, texts): return np.full((len(texts), 2), 0.5)

class TooFew:
    fingerprint = "few"
    def embed(self, texts): return np.eye(1)

class Method:
    def fingerprint(self): return "method"
    def embed(self, texts): return np.eye(len(texts))

class Unit:
    fingerprint = "unit"
    def embed(self, texts): return np.eye(len(texts))

class NoFile:
    def files(self, folder): return [folder / "absent.txt"]
    def read(self, folder): ...

class NoCatalogue:
    def files(self, folder): return []
    def read(self, folder): return {}

def short(histories, n_items):
    class Scorer:
        def scores(self, history): return np.zeros(n_items - 1)
    return Scorer()
"""


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module in the current folder, of a name of its own."""
    name = f"own_{zlib.crc32(str(tmp_path).encode())}"
    (tmp_path / f"{name}.py").write_text(MODULE)
    (tmp_path / f"{name}_broken.py").write_text("import not_here_at_all")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", list(sys.path))
    monkeypatch.setenv("USHER_HOME", str(tmp_path / "home"))
    return name


def test_a_module_is_found_in_the_current_folder(own: str) -> None:
    assert dotted.load(f"{own}:number", "--x") == 3


@pytest.mark.parametrize("path", ["a.b", "a:", ":b", "a:b:c", "a b:c", "../a:b", "a:b()", ""])
def test_what_is_no_dotted_path_is_refused(path: str) -> None:
    with pytest.raises(UsageError, match=r"expected MODULE:NAME, such as my.module:Class"):
        dotted.load(path, "--x")


def test_a_module_that_is_not_there_is_named_with_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"no module is called 'absent'; looked for in {tmp_path}"):
        dotted.load("absent.deeper:Name", "--x")


def test_a_module_that_needs_another_is_told_apart(own: str) -> None:
    with pytest.raises(UsageError, match=r"_broken imports what is not here: .*'not_here_at_all'"):
        dotted.load(f"{own}_broken:Name", "--x")


def test_the_nearest_name_is_told(own: str) -> None:
    with pytest.raises(UsageError, match=rf"{own}.py has no 'Nothin'; did you mean 'Nothing'\?"):
        dotted.load(f"{own}:Nothin", "--x")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("number", "something that cannot be called. Expected a class or function that takes one argument"),
        ("TwoArguments", "takes other arguments. Expected a class or function that takes one argument"),
        ("Nothing", "takes other arguments"),
    ],
)
def test_a_system_that_is_none_is_refused(own: str, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        system(f"{own}:{name}", None)  # type: ignore[arg-type]


def test_what_lacks_a_method_is_refused(own: str) -> None:
    with pytest.raises(UsageError, match="made a Nothing without 'fingerprint' and 'embed'"):
        OwnEmbedder(f"{own}:Nothing")


def test_an_unknown_embedder_is_told_of_paths() -> None:
    with pytest.raises(UsageError, match=r"Known: static, lsa, sentence-transformers, my.module:Class"):
        check_embedder("statik")


def test_vectors_of_another_length_are_refused(own: str) -> None:
    with pytest.raises(
        UsageError, match=r"row 0 has the length 0.707.\n  Expected float32 of shape \(3, dim"
    ):
        OwnEmbedder(f"{own}:Half").embed(["a", "b", "c"])


def test_vectors_of_another_number_are_refused(own: str) -> None:
    with pytest.raises(UsageError, match=r"2 texts gave float64 of shape \(1, 1\)"):
        OwnEmbedder(f"{own}:TooFew").embed(["a", "b"])


def test_a_fingerprint_that_is_a_method_is_refused(own: str) -> None:
    with pytest.raises(UsageError, match="as a property and not a method"):
        _ = OwnEmbedder(f"{own}:Method").fingerprint


def test_vectors_become_float32(own: str) -> None:
    assert OwnEmbedder(f"{own}:Unit").embed(["a", "b"]).dtype == np.float32


def test_two_embedders_of_one_fingerprint_are_told_apart(own: str) -> None:
    assert OwnEmbedder(f"{own}:Unit").fingerprint == f"{own}:Unit unit"


def test_scores_of_another_number_are_refused(own: str) -> None:
    with pytest.raises(UsageError, match=r"its scores have the shape \(4,\); expected \(5,\)"):
        row_of(f"{own}:short").fit(Histories.pack([[0, 1]]), 5)


def test_a_source_whose_file_is_absent_names_it(own: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent.txt: .* needs this file, and it is not there"):
        add_source("mine", f"{own}:NoFile", tmp_path)


def test_a_source_that_reads_no_catalogue_is_refused(own: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"read a dict; expected a `kg.catalogue.Catalogue`"):
        add_source("mine", f"{own}:NoCatalogue", tmp_path)


SOURCE = """
from kg.builder import Builder
from kg.types import Item, ItemId

class Lines:
    def files(self, folder): return [folder / "lines.txt"]
    def read(self, folder):
        builder = Builder()
        for line in (folder / "lines.txt").read_text().split():
            builder.add_item(Item(ItemId(line), line, domain="thing"))
        return builder.finish("x", "lines.txt", "1")
"""


def test_a_source_is_read_again_where_its_file_changes(own: str, tmp_path: Path) -> None:
    (tmp_path / f"{own}_lines.py").write_text(SOURCE)
    for text, items in (("one two", 2), ("one two three", 3)):
        (tmp_path / "lines.txt").write_text(text)
        report = add_source("things", f"{own}_lines:Lines", tmp_path)
        assert report.manifest["counts"]["items"] == items
    opened = open_catalogue("things").graph.catalogue
    assert (opened.name, len(opened.items)) == ("things", 3)
