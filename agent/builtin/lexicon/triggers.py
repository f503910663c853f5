"""How people say what someone did on an item. Words only: no titles, no names.

Four classes of cue, because each binds its arguments differently: an *agent* noun ("the director of X",
"director Y"), a *verb* ("Y directed X", "directed by Y"), a *work* noun ("Y's score for X", "music by Y"), a
*place* ("Y in the cast"). A relation the tables do not know is understood by its own name, as agent and as
work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kg.text import fold, tokens

CueClass = Literal["agent", "verb", "work", "place"]


class Trigger(NamedTuple):
    """A cue phrase: its class and the relations it may mean, the likeliest first."""

    kind: CueClass
    roles: tuple[str, ...]


_WRITER = "writer author"
_AGENTS = {
    "director": "director directors maker makers filmmaker filmmakers 'film maker' 'movie maker'",
    "cinematographer": "cinematographer cinematographers 'director of photography' dp dop cameraman "
    "camerawoman lenser photographer 'camera operator' 'directors of photography' 'cinematography person'",
    "composer": "composer composers",
    "editor": "editor editors 'film editor'",
    "producer": "producer producers",
    _WRITER: "writer writers pen",
    "genre": "genre 'kind of book' 'kind of film' 'kind of movie' 'kind of story' 'kind of thing'",
    "writer": "screenwriter screenwriters scriptwriter 'script writer' scenarist",
    "author": "author authors authoress novelist novelists storyteller wordsmith",
    "actor": "actor actors actress actresses star stars performer lead 'leading man' 'leading lady'",
    "publisher": "publisher publishers 'publishing house' 'publishing company' imprint",
    "distributor": "distributor distributors 'distribution company' 'film company'",
    "series": "series saga cycle trilogy sequence quartet franchise",
    "cover_artist": "illustrator 'cover artist' 'cover artists' 'cover designer' 'jacket artist'",
}
_VERBS = {
    "director": "directed directs direct directing helmed helms helm helming 'called the shots on' "
    "'at the helm' 'made the film' made makes 'gave us' 'gave the world' 'in the director s chair' "
    "'in the director chair' "
    "'behind the megaphone'",
    "cinematographer": "shot shoots shoot shooting photographed photographs photograph photographing lensed "
    "lenses lensing 'behind the camera' 'did the camera work' 'did the photography' 'on camera' filmed "
    "filming 'on the camera' lit lights",
    "composer": "scored scores scoring composed composes compose composing 'wrote the music' "
    "'wrote the score' 'writes the music' 'did the music' 'does the music' 'doing the music' 'did the score' "
    "'do the music' 'made the music' 'wrote the soundtrack' 'did the soundtrack' 'write the music' "
    "'write the score' 'on the music' 'on the score' 'on music' 'for the music' 'writing the music' "
    "'on the soundtrack' 'doing the score' 'do the score'",
    "editor": "edited edits edit editing cut cuts cutting 'did the editing' 'did the cutting' "
    "'in the cutting room' 'in the editing room' 'doing the editing' 'do the editing' 'on the editing' "
    "'in the edit suite'",
    "producer": "produced produces produce producing 'put up the money for'",
    _WRITER: "wrote write writes written writing penned pens penning",
    "writer": "scripted scripts scripting 'wrote the script' 'wrote the screenplay' 'did the script' "
    "'did the screenplay' 'on the script' 'on the screenplay' 'on script' 'for the script' "
    "'wrote the scripts' 'write the script'",
    "author": "authored 'gave us' 'gave the world'",
    "actor": "starred starring stars star acted acts act acting appeared appears appear appearing plays "
    "played 'turns up' 'turned up' 'shows up' 'showed up' 'pops up' featured features 'performed' 'co stars' "
    "'co starred'",
    "publisher": "published publishes publish publishing 'put out' 'puts out' 'brought out' 'brings out' "
    "'came out from' 'come out from' 'came out with' 'came out through' 'issued' 'came out at' "
    "'released through'",
    "distributor": "distributed distributes distribute distributing 'released' 'released by' 'put out' "
    "'brought out'",
    "cover_artist": "illustrated illustrates 'painted the cover' 'painted the covers' 'did the cover' "
    "'did the covers' 'designed the cover' 'designed the covers' 'drew the cover' 'did the jacket' "
    "'painted the jacket' 'did the cover art'",
}
_WORKS = {
    "director": "direction 'directorial work' filmography directing",
    "cinematographer": "cinematography photography 'camera work' camerawork lensing 'camera'",
    "composer": "score scores music soundtrack soundtracks 'film music' 'film score' 'film scores' "
    "theme themes",
    "editor": "editing 'film editing' 'editing work'",
    "writer": "script scripts screenplay screenplays screenwriting",
    "producer": "production productions",
    "actor": "acting performance performances roles role",
    "author": "prose",
    "cover_artist": "cover covers jacket jackets 'cover art' 'cover artwork' 'cover painting' 'dust jacket'",
}
_PLACES = {
    "actor": "'in the cast' 'in its cast' 'among the cast' cast 'in front of the camera' 'in the lead' "
    "'on screen' onscreen 'in the same cast' 'in the starring role' 'in a leading role' 'in the main role' "
    "'in the title role' 'top billed' 'in the same film' 'in the same movie' 'in it' 'in them' 'in a role' "
    "'in the leading role' 'in lead role' 'on the screen'",
}
PREPOSITIONS = frozenset(
    ("starring", "featuring", "feat", "with", "w", "stars", "star", "feature", "features")
)
PERSON_NOUNS = frozenset(
    "person people guy guys man woman one folks lady bloke fellow gentleman someone somebody chap dude team "
    "hand pen brain lad girl boy kid fella lass "
    "house company firm outfit".split()
)
ITEM_NOUNS = frozenset(
    "film films movie movies picture pictures flick flicks book books novel novels title titles work works "
    "story stories read reads stuff ones things thing tales tale documentary feature features piece pieces "
    "volume volumes item items".split()
)
DOMAIN_NOUNS = {
    "movie": frozenset(
        "film films movie movies picture pictures flick flicks cinema watch watched watching".split()
    ),
    "book": frozenset(
        "book books novel novels read reading reads paperback author authors bookshelf".split()
    ),
}
COMPANIES = frozenset(("publisher", "distributor"))  # relations whose values are nobody's names
PRONOUNS = frozenset("he she him her his hers he's she's hes shes".split())
SAME = frozenset("same that this its their those these whose selfsame".split())
ANONYMOUS = frozenset("who whoever whos whomever they".split())
OBJECT_WORDS = frozenset("it both them".split())
# Small words that lead to the values of a relation: "from Spain", "in Spanish", "as a paperback".
LEADS = {
    "media_type": frozenset(("in", "as", "on")),
    "country": frozenset(("from", "in")),
    "language": frozenset(("in",)),
}
# Category words that also have another everyday sense: a condition only next to a word for items.
AMBIGUOUS_CATEGORIES = frozenset(
    "family children childrens kids kid war crime history music adventure mystery romantic scary humor "
    "humour humorous fantasy suspense gothic historical cowboy cowboys memoirs cartoon comic romance "
    "literature school science travel philosophy religion sports business politics nature art "
    "education language".split()
)


def phrases_of(text: str) -> Iterable[tuple[str, ...]]:
    """Yield the phrases of a word table: single words, and several words in quotes."""
    quoted = False
    for part in text.split("'"):
        for phrase in [part] if quoted else part.split():
            if words := tuple(phrase.split()):
                yield words
        quoted = not quoted


def cues(
    relations: Iterable[str], wording: Mapping[str, Mapping[str, Sequence[str]]] | None = None
) -> dict[tuple[str, ...], tuple[Trigger, ...]]:
    """Return the cue phrases that make sense for a catalogue with these relations.

    `wording` are a catalogue's own phrases, relation -> class -> phrases. The result maps the words of a
    phrase to what they may be.
    """
    known = list(relations)
    found: dict[tuple[str, ...], list[Trigger]] = {}
    tables: tuple[tuple[CueClass, dict[str, str]], ...] = (
        ("place", _PLACES),
        ("verb", _VERBS),
        ("agent", _AGENTS),
        ("work", _WORKS),
    )
    said: set[str] = set()
    for name, phrases in (wording or {}).items():
        for kind, _ in tables:
            for phrase in phrases.get(kind, ()):
                words = tuple(fold(token.raw) for token in tokens(phrase))
                found.setdefault(words, []).append(Trigger(kind, (name,)))
                said.add(name)
    for kind, table in tables:
        for names, text in table.items():
            roles = tuple(name for name in names.split() if name in known)
            said.update(names.split())
            for words in phrases_of(text) if roles else ():
                entries = found.setdefault(words, [])
                if kind not in {entry.kind for entry in entries}:
                    entries.append(Trigger(kind, roles))
                else:
                    index = [entry.kind for entry in entries].index(kind)
                    entries[index] = Trigger(kind, tuple(dict.fromkeys(entries[index].roles + roles)))
    for name in known:
        if name not in said:
            words = tuple(fold(token.raw) for token in tokens(name.replace("_", " ")))
            found.setdefault(words, []).append(Trigger("agent", (name,)))
    return {words: tuple(entries) for words, entries in found.items()}
