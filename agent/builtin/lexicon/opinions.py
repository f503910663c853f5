"""How people say that they liked something, disliked it or have seen it. Words only: no titles, no names.

Three classes of cue, because each stands elsewhere: a *verb* of the person ("I loved X"), an *effect* on the
person ("X bored me") and a *verdict* on the item ("X was brilliant").
"""

from __future__ import annotations

from typing import Literal

from agent.builtin.lexicon.triggers import ITEM_NOUNS, phrases_of

Sense = Literal["like", "dislike", "seen"]
CueKind = Literal["verb", "effect", "verdict"]

_VERBS: dict[Sense, str] = {
    "like": "loved love loving adored adore liked like enjoyed enjoy admired admire 'fell in love with' "
    "'fallen in love with' 'fan of' 'fond of' 'crazy about' 'hooked on' 'obsessed with' 'blown away by' "
    "'impressed by' 'moved by' 'care for' 'cant get enough of' 'couldnt put down' 'couldnt get enough of'",
    "dislike": "hated hate disliked dislike loathed loathe detested detest despised despise 'cant stand' "
    "'cannot stand' 'couldnt stand' 'cant bear' 'couldnt bear' 'couldnt finish' 'didnt finish' "
    "'never finished' 'couldnt get through' 'couldnt get into' 'gave up on' 'walked out of' 'bored by' "
    "'sick of' 'tired of' 'let down by' 'disappointed by' 'disappointed with' 'disappointed in' "
    "'dont get the fuss about'",
    "seen": "seen saw watched rewatched read reread finished 'already know'",
}
_EFFECTS: dict[Sense, str] = {
    "like": "'blew me away' 'moved me' 'thrilled me' 'delighted me' 'won me over' 'blew my mind'",
    "dislike": "'bored me' 'annoyed me' 'irritated me' 'disappointed me' 'put me to sleep' "
    "'left me cold' 'let me down' 'did nothing for me' 'does nothing for me' 'didnt do it for me' "
    "'wasnt for me' 'isnt for me' 'not for me' 'lost me' sucked sucks",
}
_VERDICTS: dict[Sense, str] = {
    "like": "great wonderful brilliant fantastic superb amazing excellent marvellous marvelous magnificent "
    "terrific stunning outstanding masterpiece gem perfect lovely good fun gripping favourite favorite "
    "favourites favorites awesome incredible gorgeous beautiful splendid phenomenal delightful charming "
    "hilarious riveting haunting",
    "dislike": "boring dull terrible awful dreadful horrible rubbish garbage crap overrated disappointing "
    "bad bore mess dire unwatchable unreadable tedious underwhelming predictable pointless pretentious "
    "forgettable mediocre lame 'waste of time'",
}
_TABLES: dict[CueKind, dict[Sense, str]] = {"verb": _VERBS, "effect": _EFFECTS, "verdict": _VERDICTS}
CUES: dict[tuple[str, ...], tuple[CueKind, Sense]] = {
    words: (kind, sense)
    for kind, table in _TABLES.items()
    for sense, text in table.items()
    for words in phrases_of(text)
}
LONGEST = max(map(len, CUES))
SELF = frozenset("i ive im we weve id ill wed".split())
NOT = frozenset(
    "not didnt dont doesnt never havent hadnt wasnt werent isnt arent couldnt cant cannot wouldnt hardly nor "
    "neither no aint".split()
)
ONLY = frozenset(("only", "just"))  # "not only loved"
OPINION = frozenset("opinion view book mind".split())  # "in my opinion"
NEITHER = frozenset(("neither", "nor"))
UNSETTLED = frozenset("wish if whether".split())  # "not sure if I've seen X"
TAKING_BACK = frozenset("forget ignore disregard".split())  # "forget that I liked X"
JUDGING = frozenset("found find thought considered".split())  # "I found X dull"
UNSURE = frozenset("say think believe claim pretend".split())  # "I can't say I loved X"
WISHES = frozenset("id wed ill would wouldnt might could will should must".split())
ASKING = frozenset("do did does would will have has had should could can may might am was were".split())
# What may stand between the person and a verb; all that may stand before one whose subject is left out.
ADVERBS = NOT | frozenset(
    "really just also always so quite very much already both once still yes yeah oh ok okay ha then again "
    "btw even rather too have had do did am was were been be get got getting as a an big huge massive such "
    "great kind sort of have has having long ever soon thoroughly".split()
)
NO_ADVERBS = frozenset("family italy july".split())
OTHERS = frozenset(
    "he she they you youd youve everyone everybody people somebody someone who whoever anyone anybody nobody "
    "critics fans others hes shes theyve theyd".split()
)
OWNERS = frozenset("my his her our their your".split())
HEARSAY = frozenset(
    "heard hear told says say said supposedly apparently supposed reportedly allegedly if whether hope "
    "hoping wonder wondering how".split()
)
COPULAS = frozenset("is was are were isnt wasnt arent werent be been s".split())
# What may stand between an item and what is said of it: "X (1975) was such an absolute gem".
LINKING = (
    ADVERBS
    | COPULAS
    | frozenset("which that the one of my absolute all time film movie book novel pretty most it any".split())
)
PRONOUNS = frozenset("it that this them those these both all".split())
MANY = frozenset("them those these both all".split())
# Where the thing that was liked ends: another clause, or another errand.
ENDS = frozenset(
    "but though although because so when while if than want looking look show give find recommend suggest "
    "more else other another any i ive im we what who which before after since until except apart besides "
    "without unlike not no only".split()
)
GENERAL = ITEM_NOUNS | frozenset("anything everything something".split())
OF_GENERAL = frozenset("by from with that which starring featuring".split())  # "films by the director of X"
MAKERS = frozenset(
    "director author writer composer cinematographer editor producer actor actress star publisher".split()
)
SUBJECTS = SELF | OTHERS | {"it", "the", "a", "there"}  # "I love that you never know"
PARTS = frozenset("of in from for about".split())  # "the ending of X": a part, not X
TOLD = frozenset(("that", "about"))  # "I read that X is long"
OF_DOMAIN = {"read": "book", "reread": "book", "couldnt put down": "book"} | dict.fromkeys(
    ("saw", "watched", "rewatched", "walked out of"), "movie"
)
