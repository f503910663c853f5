"""Archives that are not trusted: a zip or tar.gz is unpacked whole and inside its folder, or not at all."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from kg.errors import DataError

if TYPE_CHECKING:
    import tarfile
    import zipfile

MAX_MEMBERS = 10_000
MAX_BYTES = 16 << 30
MAX_RATIO = 200
_BLOCK = 1 << 18
_SMALL = 1 << 20  # below this a high ratio is a small file that repeats itself, not a bomb
_DAMAGED = "It is cut off or damaged: fetch it again from its publisher."
_UNSAFE = "Nothing was unpacked. Fetch it from its publisher; an archive of data has no such member."


class _Member(NamedTuple):
    """A regular file of an archive: its name, its size as declared, and how to read it."""

    name: str
    size: int
    open: Callable[[], IO[bytes] | None]


def unpack(
    archive: Path,
    into: Path,
    *,
    wanted: Sequence[str] = (),
    max_members: int = MAX_MEMBERS,
    max_bytes: int = MAX_BYTES,
) -> None:
    """Unpack a zip or tar.gz into the new folder `into`, whole or not at all.

    With `wanted`, only these members are written, each under its last name.

    Raises:
        DataError: the archive is damaged, lacks what is wanted, has members with unsafe names or that are
            links or devices, or would grow beyond `max_bytes` or 200 times its size.
    """
    import tarfile
    import zipfile
    import zlib

    from kg.folders import new_folder

    limits = _Limits(archive, max_members, max_bytes)
    try:
        with new_folder(into) as folder:
            if zipfile.is_zipfile(archive):
                with zipfile.ZipFile(archive) as opened:
                    _write(_zip_members(opened, archive), folder, wanted, limits)
            else:
                with tarfile.open(archive, "r:gz") as packed:
                    _write(_tar_members(packed, archive), folder, wanted, limits)
            missing = [name for name in wanted if not (folder / PurePosixPath(name).name).is_file()]
            if missing:
                raise DataError(f"{missing[0]!r} is not in it", path=archive, remedy=_DAMAGED)
    except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError) as error:
        raise DataError(f"not a whole archive ({error})", path=archive, remedy=_DAMAGED) from None
    except OSError as error:
        if error.filename is not None or error.errno is not None:
            raise
        raise DataError(f"not a whole archive ({error})", path=archive, remedy=_DAMAGED) from None


class _Limits:
    """Counts what an archive grows to."""

    def __init__(self, archive: Path, max_members: int, max_bytes: int):
        self.archive, self.max_members, self.max_bytes = archive, max_members, max_bytes
        self.packed = archive.stat().st_size
        self.members = self.declared = self.written = 0

    def declare(self, size: int) -> None:
        """Count a member before it is read."""
        self.members += 1
        self.declared += size
        if self.members > self.max_members:
            raise DataError(f"more than {self.max_members:,} members", path=self.archive, remedy=_UNSAFE)
        self._check(self.declared)

    def write(self, size: int) -> None:
        """Count bytes as they come: what is declared may be a lie."""
        self.written += size
        self._check(self.written)

    def _check(self, size: int) -> None:
        if size > self.max_bytes:
            problem = f"it unpacks to more than {self.max_bytes:,} bytes"
        elif size > _SMALL and size > MAX_RATIO * self.packed:
            problem = f"it unpacks to more than {MAX_RATIO} times its size"
        else:
            return
        raise DataError(problem, path=self.archive, remedy=_UNSAFE)


def _write(members: Iterator[_Member], into: Path, wanted: Sequence[str], limits: _Limits) -> None:
    seen: set[str] = set()
    for member in members:
        limits.declare(member.size)
        if member.name.casefold() in seen:
            raise DataError(f"{member.name!r} is in it twice", path=limits.archive, remedy=_UNSAFE)
        seen.add(member.name.casefold())
        if wanted and member.name not in wanted:
            continue
        target = into / (PurePosixPath(member.name).name if wanted else member.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with member.open() or io.BytesIO() as source, target.open("xb") as stream:
            while block := source.read(_BLOCK):
                limits.write(len(block))
                stream.write(block)


def _zip_members(opened: zipfile.ZipFile, archive: Path) -> Iterator[_Member]:
    for info in opened.infolist():
        name = _safe(info.filename, archive)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.is_dir():
            continue
        if kind not in (0, stat.S_IFREG):
            raise DataError(f"{name!r} is a link or device", path=archive, remedy=_UNSAFE)
        if info.flag_bits & 1:
            raise DataError(f"{name!r} is encrypted", path=archive, remedy=_UNSAFE)
        yield _Member(name, info.file_size, partial(opened.open, info))


def _tar_members(packed: tarfile.TarFile, archive: Path) -> Iterator[_Member]:
    for info in packed:
        name = _safe(info.name, archive)
        if info.isdir():
            continue
        if not info.isreg():
            raise DataError(f"{name!r} is a link or device", path=archive, remedy=_UNSAFE)
        yield _Member(name, info.size, partial(packed.extractfile, info))


def _safe(name: str, archive: Path) -> str:
    """Return the name of a member without `./`; it must stay below the folder on every system."""
    bare = name.removeprefix("./").rstrip("/")
    unsafe = {"", ".", ".."} & set(bare.split("/")) and name not in (".", "./")
    if unsafe or "\\" in bare or ":" in bare or not bare.isprintable():
        raise DataError(f"unsafe name {name[:80]!r} in it", path=archive, remedy=_UNSAFE)
    return bare
