"""How people say the names of genres and other categories.

Each group is one meaning; whatever member a catalogue uses as its label, the others are understood as that
label. A catalogue that has two members of a group as labels of their own keeps them apart: an exact label
wins over a synonym.
"""

from __future__ import annotations

from kg.text import name_key

HEAD_NOUNS = frozenset(
    "novel novels fiction literature book books story stories film films movie movies genre".split()
)

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("Sci-Fi", "science fiction", "sf", "scifi", "science-fiction"),
    ("Children's", "kids", "kids'", "children", "children's literature", "for children", "kid", "family"),
    ("Animation", "animated", "cartoon", "anime"),
    ("Film-Noir", "noir", "film noir", "films noirs", "noirish"),
    ("Romance", "romantic", "love story", "romance film", "romance novel", "romantic fiction"),
    ("Comedy", "comic novel", "humor", "humour", "humorous", "comedic"),
    ("Musical", "musical film", "song and dance"),
    ("Documentary", "documentaries", "docs", "nonfiction film"),
    (
        "Mystery",
        "whodunit",
        "whodunnit",
        "mystery novel",
        "mystery fiction",
        "detective fiction",
        "detective novel",
    ),
    ("Crime", "crime fiction", "crime novel", "crime story", "gangster"),
    ("Thriller", "suspense", "thriller novel", "suspense novel"),
    ("Horror", "horror fiction", "horror novel", "scary", "horror movie"),
    ("War", "war film", "war novel"),
    ("Western", "western fiction", "cowboy", "cowboys"),
    ("Adventure", "adventure novel", "adventure story", "adventure fiction"),
    ("Fantasy", "fantasy novel", "fantasy fiction", "fantasy literature"),
    ("Historical novel", "historical fiction", "historical"),
    ("Young adult", "ya", "young adult novel", "young adult fiction", "teen fiction", "ya novel"),
    ("Short stories", "short story", "short story collection", "short fiction", "story collection"),
    ("Gothic fiction", "gothic", "gothic novel"),
    ("Biography", "biographies", "biographical"),
    ("Memoir", "memoirs"),
    ("Non-fiction", "nonfiction"),
    ("Electric", "ev", "bev", "electric vehicle", "electric car", "all-electric", "fully electric"),
    ("Plug-in hybrid", "phev", "plug in"),
    ("Gasoline", "petrol", "gas"),
    ("Automatic", "auto"),
    ("Manual", "stick shift", "stick"),
    ("Rosé", "rose", "pink"),
    ("Sparkling", "bubbly", "fizz", "fizzy"),
    ("Hardcover", "hardback"),
    ("Paperback", "softcover"),
    ("Ebook", "e-book", "kindle"),
    ("Vegetarian", "veggie", "meatless", "meat-free"),
    ("Cooperative", "coop", "co-op", "cooperation"),
    ("Apartment", "flat"),
    ("Guesthouse", "guest house", "bed and breakfast", "b&b", "bnb"),
    ("Sedan", "saloon"),
    ("Estate", "station wagon", "wagon"),
    ("Single-player", "single player", "singleplayer", "solo"),
    ("4WD", "4x4", "four wheel drive", "4 wheel drive", "all wheel drive", "awd"),
    ("2WD", "two wheel drive", "2 wheel drive"),
    ("Longcase", "longcase clock", "grandfather clock", "grandfather"),
    ("Mantel", "mantle", "mantel clock", "mantle clock"),
    ("Ex-display", "ex display", "ex demo", "ex demonstrator", "display model"),
    ("Second-hand", "second hand", "used", "pre owned", "preowned", "pre loved"),
    ("Science fiction novel", "sci-fi novel", "sf novel", "scifi novel"),
)
_SAME = frozenset(("4WD", "2WD", "Longcase", "Mantel", "Ex-display", "Second-hand"))  # are one and the same
_BY_KEY: dict[str, tuple[str, ...]] = {}
for _group in _GROUPS:
    for _name in _group:
        _BY_KEY[name_key(_name)] = tuple(dict.fromkeys((*_BY_KEY.get(name_key(_name), ()), *_group)))


def synonyms_of(key: str) -> tuple[str, ...]:
    """Return the other ways to say the category whose normal key is `key`; empty if none are known."""
    return _BY_KEY.get(key, ())


def one_of_same(key: str) -> str:
    """Return what one and the same thing is called: 'Longcase' of 'grandfather clock'; nothing of others."""
    group = next((each for each in _GROUPS if each[0] in _SAME and key in map(name_key, each)), ())
    return group[0] if group else ""
