"""Fetching from a server that fails in planted ways, and archives that mean harm."""

from __future__ import annotations

import hashlib
import http.server
import io
import os
import stat
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kg import fetch as fetching
from kg.errors import DataError
from kg.fetch import Download, fetch, unpack

CONTENT = bytes(range(256)) * 4000  # about 1 MB
SHA256 = hashlib.sha256(CONTENT).hexdigest()
MD5 = hashlib.md5(CONTENT, usedforsecurity=False).hexdigest()


@dataclass
class Behaviour:
    """What the server does with a path."""

    body: bytes = CONTENT
    status: int = 200
    cut: list[int] = field(default_factory=list)  # bytes after which a request is cut, one a request
    ranges: bool = True
    etag: str = '"one"'
    location: str = ""


@dataclass
class Server:
    """A server on loopback and what it was asked."""

    port: int
    paths: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def gives(self, path: str, behaviour: Behaviour) -> str:
        self.paths[path] = behaviour
        return self.url(path)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    state = Server(0)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, dict(self.headers)))
            told = state.paths.get(self.path, Behaviour(b"", 404))
            if told.location:
                self.send_response(302)
                self.send_header("Location", told.location)
                self.end_headers()
                return
            body, status = told.body, told.status
            start = 0
            asked = self.headers.get("Range", "")
            if told.ranges and asked and self.headers.get("If-Range") == told.etag:
                start = int(asked.removeprefix("bytes=").rstrip("-"))
                status = 206 if start < len(body) else 416
            self.send_response(status)
            self.send_header("ETag", told.etag)
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            rest = b"" if status == 416 else body[start:]
            self.send_header("Content-Length", str(len(rest)))
            self.end_headers()
            self.wfile.write(rest[: told.cut.pop(0)] if told.cut else rest)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = running.server_address[1]
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    running.shutdown()
    running.server_close()
    thread.join()


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_fetched(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_nothing_else_is_left(server: Server, tmp_path: Path) -> None:
    fetch(Download("a.bin", (server.gives("/a", Behaviour()),), SHA256), tmp_path)
    assert left(tmp_path) == ["a.bin"]


def test_a_file_may_lie_in_a_folder(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    assert fetch(Download("d/a.bin", (url,)), tmp_path) == tmp_path / "d" / "a.bin"


def test_the_request_names_usher(server: Server, tmp_path: Path) -> None:
    fetch(Download("a.bin", (server.gives("/a", Behaviour()),)), tmp_path)
    assert server.asked[0][1]["User-Agent"].startswith("Usher")


def test_a_file_that_is_there_whole_is_not_fetched_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(CONTENT)
    fetch(Download("a.bin", (server.url("/a"),), SHA256), tmp_path)
    assert server.asked == []


def test_a_file_that_is_there_with_another_content_is_fetched(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"old")
    url = server.gives("/a", Behaviour())
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_the_next_mirror_is_asked_where_the_first_has_none(server: Server, tmp_path: Path) -> None:
    url = server.gives("/b", Behaviour())
    download = Download("a.bin", (server.url("/missing"), url), SHA256)
    assert fetch(download, tmp_path).read_bytes() == CONTENT


def test_every_mirror_is_named_with_what_it_did(server: Server, tmp_path: Path) -> None:
    urls = (server.url("/missing"), server.gives("/b", Behaviour(status=500)))
    with pytest.raises(DataError, match=r"a\.bin could not be fetched.*\n.*/missing: .*404.*\n.*/b: .*500"):
        fetch(Download("a.bin", urls), tmp_path)


def test_nobody_listening_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="refused"):
        fetch(Download("a.bin", ("http://127.0.0.1:9/a",)), tmp_path)


def test_a_cut_connection_is_taken_up_where_it_was_cut(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour(cut=[300_000]))
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT
    assert [headers.get("Range") for _, headers in server.asked] == [None, "bytes=300000-"]


def test_a_later_attempt_takes_up_what_an_earlier_left(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour(cut=[400_000, 0]))
    with pytest.raises(DataError, match="cut off after 400,000 of 1,024,000 bytes"):
        fetch(Download("a.bin", (url,), SHA256), tmp_path)
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT
    assert server.asked[-1][1]["Range"] == "bytes=400000-"


def test_without_ranges_a_cut_file_is_fetched_from_its_start(server: Server, tmp_path: Path) -> None:
    behaviour = Behaviour(ranges=False, cut=[400_000])
    url = server.gives("/a", behaviour)
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_is_fetched_from_its_start(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour(b"x" * len(CONTENT), cut=[400_000, 0]))
    with pytest.raises(DataError):
        fetch(Download("a.bin", (url,)), tmp_path)
    server.gives("/a", Behaviour(etag='"two"'))
    assert fetch(Download("a.bin", (url,)), tmp_path).read_bytes() == CONTENT


def test_a_part_that_was_complete_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    (tmp_path / "a.bin.part").write_bytes(CONTENT)
    (tmp_path / "a.bin.part.json").write_text(
        f'{{"url": "{url}", "validator": "\\"one\\""}}', encoding="utf-8"
    )
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_a_part_with_a_wrong_beginning_does_not_spoil_the_file(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    (tmp_path / "a.bin.part").write_bytes(b"junk" * 100)
    (tmp_path / "a.bin.part.json").write_text(
        f'{{"url": "{url}", "validator": "\\"one\\""}}', encoding="utf-8"
    )
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_a_damaged_sidecar_is_ignored(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    (tmp_path / "a.bin.part").write_bytes(CONTENT[:100])
    (tmp_path / "a.bin.part.json").write_text("[", encoding="utf-8")
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_a_server_that_always_cuts_is_given_up(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour(cut=[1000] * 100))
    with pytest.raises(DataError, match="cut 5 times"):
        fetch(Download("a.bin", (url,)), tmp_path)


@pytest.mark.parametrize(("kind", "right"), [("sha256", SHA256), ("md5", MD5)])
def test_a_wrong_checksum_says_both_values(server: Server, tmp_path: Path, kind: str, right: str) -> None:
    url = server.gives("/a", Behaviour())
    wrong = "0" * len(right)
    with pytest.raises(DataError, match=f"{kind.upper()} is {right}, expected {wrong}"):
        fetch(Download("a.bin", (url,), **{kind: wrong}), tmp_path)


def test_a_wrong_checksum_leaves_nothing(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    with pytest.raises(DataError):
        fetch(Download("a.bin", (url,), "0" * 64), tmp_path)
    assert left(tmp_path) == []


def test_a_wrong_checksum_leads_to_the_next_mirror(server: Server, tmp_path: Path) -> None:
    bad, good = server.gives("/a", Behaviour(b"a log-in page")), server.gives("/b", Behaviour())
    assert fetch(Download("a.bin", (bad, good), SHA256), tmp_path).read_bytes() == CONTENT


def test_more_than_the_size_is_not_read_on(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour())
    with pytest.raises(DataError, match="more than the 10 bytes expected"):
        fetch(Download("a.bin", (url,), size=10), tmp_path)
    assert left(tmp_path) == []


def test_less_than_the_size_is_refused(server: Server, tmp_path: Path) -> None:
    url = server.gives("/a", Behaviour(b"short"))
    with pytest.raises(DataError, match="5 bytes, expected 10"):
        fetch(Download("a.bin", (url,), size=10), tmp_path)


def test_progress_ends_at_the_whole(server: Server, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    url = server.gives("/a", Behaviour())
    fetch(Download("a.bin", (url,)), tmp_path, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(CONTENT), len(CONTENT))


@pytest.mark.parametrize("url", ["http://example.org/a", "ftp://127.0.0.1/a", "file:///etc/passwd"])
def test_only_https_is_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(DataError, match="is not https"):
        fetch(Download("a.bin", (url,)), tmp_path)


@pytest.mark.parametrize("target", ["http://example.org/a", "ftp://127.0.0.1/a"])
def test_a_redirection_is_held_to_https_too(server: Server, tmp_path: Path, target: str) -> None:
    url = server.gives("/a", Behaviour(location=target))
    with pytest.raises(DataError, match="is not https"):
        fetch(Download("a.bin", (url,)), tmp_path)


def test_a_redirection_is_followed(server: Server, tmp_path: Path) -> None:
    server.gives("/b", Behaviour())
    url = server.gives("/a", Behaviour(location=server.url("/b")))
    assert fetch(Download("a.bin", (url,), SHA256), tmp_path).read_bytes() == CONTENT


def test_a_silent_server_is_given_up(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(fetching, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/a"
        with pytest.raises(DataError, match="timed out"):
            fetch(Download("a.bin", (url,)), tmp_path)


def test_what_cannot_be_written_is_no_failure_of_the_mirror(server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.bin.part").mkdir()
    with pytest.raises(OSError, match="directory"):
        fetch(Download("a.bin", (server.gives("/a", Behaviour()),)), tmp_path)


# Archives


def a_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def a_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


Pack = Callable[[Path, dict[str, bytes]], Path]
BOTH = pytest.mark.parametrize("pack", [a_zip, a_tar])


def refused(archive: Path, into: Path, why: str, **limits: int) -> None:
    with pytest.raises(DataError, match=why):
        unpack(archive, into, **limits)
    assert left(into.parent) == [archive.name]


@BOTH
def test_an_archive_is_unpacked(pack: Pack, tmp_path: Path) -> None:
    unpack(pack(tmp_path / "a", {"ml/x.dat": b"one", "ml/d/y": b"two"}), tmp_path / "out")
    assert (tmp_path / "out/ml/x.dat").read_bytes() == b"one"
    assert (tmp_path / "out/ml/d/y").read_bytes() == b"two"


@BOTH
def test_only_what_is_wanted_is_unpacked(pack: Pack, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {"ml/x.dat": b"one", "ml/y": b"two"})
    unpack(archive, tmp_path / "out", wanted=["ml/x.dat"])
    assert left(tmp_path / "out") == ["x.dat"]


@BOTH
def test_an_archive_without_what_is_wanted_is_refused(pack: Pack, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {"ml/y": b"two"})
    with pytest.raises(DataError, match="'ml/x' is not in it"):
        unpack(archive, tmp_path / "out", wanted=["ml/x"])
    assert left(tmp_path) == ["a"]


@BOTH
@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "C:/x", "a\\..\\x", "a//x", "./../x", "a\nb", "a/./b"]
)
def test_an_unsafe_name_is_refused(pack: Pack, name: str, tmp_path: Path) -> None:
    refused(pack(tmp_path / "a", {"fine": b"", name: b"x"}), tmp_path / "out", "unsafe name")


def test_the_folder_itself_may_be_a_member_of_a_tar(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x").write_bytes(b"one")
    with tarfile.open(tmp_path / "a", "w:gz") as archive:
        archive.add(tmp_path / "in", ".")
    unpack(tmp_path / "a", tmp_path / "out")
    assert (tmp_path / "out" / "x").read_bytes() == b"one"


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_in_a_tar_is_refused(kind: bytes, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a", "w:gz") as archive:
        info = tarfile.TarInfo("x")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    refused(tmp_path / "a", tmp_path / "out", "link or device")


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        info = zipfile.ZipInfo("x")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    refused(tmp_path / "a", tmp_path / "out", "link or device")


@BOTH
def test_a_name_that_comes_twice_is_refused(pack: Pack, tmp_path: Path) -> None:
    refused(pack(tmp_path / "a", {"x": b"1", "X": b"2"}), tmp_path / "out", "twice")


@BOTH
def test_too_many_members_are_refused(pack: Pack, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {str(n): b"" for n in range(11)})
    refused(archive, tmp_path / "out", "more than 10 members", max_members=10)


@BOTH
def test_too_many_bytes_are_refused(pack: Pack, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {"x": os.urandom(600), "y": os.urandom(600)})
    refused(archive, tmp_path / "out", "more than 1,000 bytes", max_bytes=1000)


@BOTH
def test_a_bomb_is_refused(pack: Pack, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {"x": bytes(4 << 20)})
    refused(archive, tmp_path / "out", "more than 200 times its size")


def test_a_zip_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    archive = a_zip(tmp_path / "a", {"x": bytes(4 << 20)})
    real, lie = (4 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")
    archive.write_bytes(archive.read_bytes().replace(real, lie))
    refused(archive, tmp_path / "out", "not a whole archive")


@BOTH
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_archive_is_refused(pack: Pack, share: float, tmp_path: Path) -> None:
    archive = pack(tmp_path / "a", {"x": os.urandom(50_000), "y": os.urandom(50_000)})
    archive.write_bytes(archive.read_bytes()[: int(archive.stat().st_size * share)])
    refused(archive, tmp_path / "out", "not a whole archive")


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    archive = a_zip(tmp_path / "a", {"x": os.urandom(50_000)})
    content = bytearray(archive.read_bytes())
    content[20_000] ^= 255
    archive.write_bytes(content)
    refused(archive, tmp_path / "out", "not a whole archive")


def test_a_page_of_html_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("<html>log in</html>", encoding="utf-8")
    refused(tmp_path / "a", tmp_path / "out", "not a whole archive")
