"""Where public files lie, and what they must be; docs/data.md says how far each is certain.

A file of a public repository is named by its commit: it cannot change under us.
"""

from __future__ import annotations

from kg.fetch import Download

_GROUPLENS = "https://files.grouplens.org/datasets/movielens/"
_RAW = "https://raw.githubusercontent.com/"
_LATER = "9d2c09fbc06e2ae9ca8752047f6131993b791165"
_EARLIER = "48df2318062379c1c6a2a4cf2d7114fdfc33a616"
_FILMS = (
    ("cinematography", _LATER, "28c902fe8c3ae54e21f5e04ecc9a9af7d0b01fd6174b26106661a4aece7614cb", 200_946),
    ("director", _LATER, "8b346ffaf2af9900ef7c74cddb4cc14fa94c0d8f6ddd0c04f14d7cb4a49aa82c", 289_114),
    ("distributor", _LATER, "0d4ff1ddce6d1c0c4fa121a5186ae5d0a93674cdd0d8c23ea470966b6d7cbc6f", 306_490),
    ("editing", _LATER, "e7705679df44a8cd10e023b6c8565bfc2c16ab391216c2d1af9143c5053d9f31", 168_411),
    ("musicComposer", _LATER, "c6e775deb7a0b5503607a5984c15edd0f3fc550937385dcf0d074eb07e4878b5", 279_526),
    ("producer", _LATER, "7636809dba1f2d507dd9c4579c43bf2f36c328adf2c3231b3ca6eaa3ed32dbbf", 351_044),
    ("starring", _EARLIER, "7342870b990adc4663a4c562542a0949aa514d7ee44646c85abf508a27694214", 1_278_185),
    ("writer", _EARLIER, "73c52c1c987bd0366c777de9cd40d2335d22fe7378a8558c7ad7db036a64eb4a", 354_343),
)
_BOOKS = (
    ("author", _LATER, "4f99690c3ed97ead6b5b8ab3dbf25e82d3051accf704985f8ab7b3aff7d6f7d9", 908_359),
    ("country", _EARLIER, "d250ccac1a770591ce014f20e348fbebad917e432c94a8c7207b49158a0b3197", 173_198),
    ("coverArtist", _EARLIER, "ca3602a77591cbd470929d774c1600673620cee91d5c075d612f4b0509e7cfdb", 132_246),
    ("language", _EARLIER, "8a90dd304c74afbdd4c0f939529cfcbdf672da063fd33a9177e2dc84f5b0a728", 179_762),
    ("literaryGenre", _LATER, "b84226a595f7f4d13033a17a317743e32420bcf0c4c35d7e1fa1c68441f9f19f", 786_344),
    ("mediaType", _LATER, "4e8187a8415a0920427fdf3252b691b188fd905c4176fa41ed10444334364053", 485_531),
    ("previousWork", _LATER, "a6146fe46981a17c293641cb666fbe0b29f279370e87955ff1810236faddddaa", 322_042),
    ("publisher", _EARLIER, "960418e3e9a34e39817c99f0ad2ae0576ae127fc752e0644498197c1a03c7519", 780_718),
    ("series", _LATER, "34930f38526ff11ceb2c23cdac12cf2ad26cafd67f9140c7ebc1e4dcc2c65167", 245_702),
    ("subsequentWork", _LATER, "7978fe0d547cd1ea169dc16128e5db02415d5ef5572bdc2642e48351baea414a", 388_401),
)


def _movielens(name: str, members: str, **known: str | int) -> Download:
    return Download(
        f"{name}.zip",
        (f"{_GROUPLENS}{name}.zip",),
        members=tuple(f"{name}/{member}" for member in members.split()),
        **known,  # type: ignore[arg-type]
    )


def _edgelists(folder: str, rows: tuple[tuple[str, str, str, int], ...]) -> tuple[Download, ...]:
    return tuple(
        Download(
            f"dbpedia/{name}.edgelist",
            (f"{_RAW}D2KLab/entity2rec/{commit}/datasets/{folder}/graphs/dbo%3A{name}.edgelist",),
            sha256,
            size=size,
        )
        for name, commit, sha256, size in rows
    )


ML_1M = _movielens(
    "ml-1m",
    "README movies.dat users.dat ratings.dat",
    sha256="a6898adb50b9ca05aa231689da44c217cb524e7ebd39d264c56e2832f2c54e20",
    md5="c4d9eecfca2ab87c1945afe126590906",
)
ML_100K = _movielens(
    "ml-100k",
    "README u.item u.user u.data u.genre",
    sha256="50d2a982c66986937beb9ffb3aa76efe955bf3d5c6b761f4e3a7cd717c6a3229",
    md5="0e33842e24a9c977be4e0107933c0723",
    size=4_924_029,
)
ML_LATEST_SMALL = _movielens("ml-latest-small", "README.txt movies.csv ratings.csv links.csv tags.csv")
ML_32M = _movielens(
    "ml-32m",
    "README.txt movies.csv ratings.csv links.csv tags.csv",
    md5="d472be332d4daa821edc399621853b57",
    size=238_950_008,
)
DBPEDIA_FILMS = (
    Download(
        "dbpedia/mapping.tsv",
        (
            f"{_RAW}sisinflab/LODrecsys-datasets/c4462575a6d6f530e4467dd9a4c761a6a5fed763"
            "/Movielens1M/MappingMovielens2DBpedia-1.2.tsv",
        ),
        "b7ae707e6f34dc7ed25a9a6bce50748190255af1e4fb57a1c38a53a5c8f3aa62",
        size=255_043,
    ),
    *_edgelists("Movielens1M", _FILMS),
)
DBPEDIA_BOOKS = (
    Download(
        "dbpedia/mapping.tsv",
        (
            f"{_RAW}D2KLab/entity2rec/12f24d9a761ceb16da5c6e8eddc684aa9dee2209"
            "/datasets/LibraryThing/original/mappings.tsv",
        ),
        "53dca247bd0fe0294cee33b216ff8a23815912db622c158f77f18e8ef7e6dd6f",
        size=881_413,
    ),
    *_edgelists("LibraryThing", _BOOKS),
)
