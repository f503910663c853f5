"""Raw folders: what a source is read from, fetched or given, kept so that it can be read again offline.

A folder is gathered beside its place and takes it only when the catalogue was built from it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from kg.errors import DataError
from kg.fetch import Download, Progress, by_hand, fetch, mismatch, unpack
from kg.folders import private_folder
from kg.sources import Source
from kg.sources.files import WITH_DATA

OnFile = Callable[[str], Progress]  # a file's name -> what is told of its bytes


def silent(_name: str) -> Progress:
    """Tell nobody."""
    return lambda _done, _all: None


@contextmanager
def locked(home: Path, name: str, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let one process at a time add or remove `name`; the system frees the lock of a process that dies.

    Where the system has no such locks everybody goes ahead: folders are still renamed whole.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        yield
        return
    folder = home / "locks"
    private_folder(folder)
    with (folder / f"{name}.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def gathered(
    source: Source,
    home: Path,
    given: Path | None,
    on_file: OnFile = silent,
    wikidata: str | None = None,
) -> Iterator[Path]:
    """Yield a folder with the raw files of a source; it is kept if nothing goes wrong while it is used.

    They come from `given`, or were kept before, or are fetched; then `wikidata` is asked, if one is given.
    Call it under `locked`.

    Raises:
        DataError: files that are missing, damaged or cannot be fetched; says what to put where.
    """
    kept, downloads = place(home, source.name), home / "downloads" / source.name
    if given is None and is_whole(source, kept):
        if wikidata is None:
            yield kept
            return
        given = kept
    private_folder(kept.parent)
    for left in kept.parent.glob(f".{kept.name}-????????"):  # by a process that was killed
        shutil.rmtree(left, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{kept.name}-", dir=kept.parent))
    try:
        if given is None:
            _fetch_all(source, downloads, partial, on_file)
        else:
            _take(source, given, downloads, partial)
        if wikidata is not None:
            _ask_wikidata(partial, downloads / "wikidata", wikidata)
        yield partial
        _swap(partial, kept)
        shutil.rmtree(downloads, ignore_errors=True)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def place(home: Path, name: str) -> Path:
    """Return where the raw files of a source are kept; puts back what an interrupted exchange left aside."""
    kept = home / "raw" / name
    aside = _aside(kept)
    if aside.is_dir() and not kept.exists():
        aside.rename(kept)
    return kept


def is_whole(source: Source, folder: Path) -> bool:
    """Tell whether a folder has the files that the source needs."""
    try:
        return all(path.is_file() for path in source.files(folder))
    except DataError:
        return False


def inside(path: Path, folder: Path) -> str:
    """Return where a file belongs in a raw folder; one that lies beside it keeps its own folder's name."""
    bare = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.parent.name, path.name)
    return bare.as_posix()


def _aside(kept: Path) -> Path:
    return kept.with_name(f".{kept.name}-old")


def _swap(partial: Path, kept: Path) -> None:
    aside = _aside(kept)
    shutil.rmtree(aside, ignore_errors=True)
    if kept.exists():
        kept.rename(aside)
    partial.rename(kept)
    shutil.rmtree(aside, ignore_errors=True)


# Fetched


def _fetch_all(source: Source, downloads: Path, into: Path, on_file: OnFile) -> None:
    if not source.downloads:
        raise DataError(
            f"the files of {source.name!r} have no public address to fetch them from", remedy=_offline(source)
        )
    for download in source.downloads:
        try:
            path = fetch(download, downloads, on_file(download.name))
        except DataError as error:
            missing = [each for each in source.downloads if not (downloads / each.name).is_file()]
            raise DataError(str(error), remedy=_offline(source, missing)) from None
        try:
            _put(download, path, into)
        except DataError:
            path.unlink()  # it has no checksum to tell: fetch it anew next time
            raise


def _offline(source: Source, missing: list[Download] | None = None) -> str:
    lines = []
    if missing:
        lines = ["Without a network: fetch these elsewhere, put them into one folder DIR,", by_hand(missing)]
    if source.by_hand:
        lines.append(source.by_hand)
    return "\n  ".join([*lines, f"Then: usher data add {source.name} --from DIR"])


def _put(download: Download, path: Path, into: Path) -> None:
    """Put a file where the reader looks for it, or what is wanted of an archive."""
    if not download.members:
        _copy(path, into / download.name)
        return
    unpacked = into / ".unpacked"
    unpack(path, unpacked, wanted=download.members)
    for each in sorted(unpacked.iterdir()):
        each.rename(into / each.name)
    unpacked.rmdir()


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def _ask_wikidata(into: Path, cache: Path, endpoint: str) -> None:
    from kg.sources import enriched

    shutil.rmtree(into / enriched.PAGES, ignore_errors=True)  # of an earlier time
    enriched.fetch_pages(into, cache, endpoint)


# Given


def _take(source: Source, given: Path, downloads: Path, into: Path) -> None:
    """Copy what a person has: the raw folder, the folder above it, or files as they are published."""
    if not given.is_dir():
        raise DataError("not a folder", path=given, remedy="Give the folder that holds the files.")
    base = given / source.folder if source.folder and (given / source.folder).is_dir() else given
    if is_whole(source, base):
        for path in source.files(base):
            _copy(path, into / inside(path, base))
        return
    for download in source.downloads:
        places = [folder / name for name in _called(download) for folder in (base, given)]
        found = next((path for path in (*places, downloads / download.name) if path.is_file()), None)
        if found is None:
            continue
        if problem := mismatch(download, found):
            raise DataError(problem, path=found, remedy=f"Fetch it again from {download.urls[0]}")
        _put(download, found, into)
    if not is_whole(source, into):
        missing = [each for each in source.downloads if each.members]
        raise DataError(
            f"the files of {source.name!r} are not here", path=given, remedy=_needed(source, missing)
        )


def _called(download: Download) -> list[str]:
    """Return the names under which a person may have saved a file: ours, or as browsers make them."""
    saved = [unquote(urlsplit(url).path.rsplit("/", 1)[-1]) for url in download.urls]
    names = [download.name, PurePosixPath(download.name).name, *saved]
    return [*names, *(name.replace(":", "_") for name in saved)]


def _needed(source: Source, archives: list[Download]) -> str:
    try:
        source.files(Path(source.folder or ""))
        told = ""
    except DataError as error:
        files, _, with_data = str(error).splitlines()[-1].strip().partition(WITH_DATA)
        told = f"{files}." if with_data else files
    return "\n  ".join(line for line in (told, _offline(source, archives)) if line)
