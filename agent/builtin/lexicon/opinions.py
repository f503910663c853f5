"""How people say that they liked something, disliked it or have seen it. Words only: no titles, no names.

Three classes of trigger, because each stands elsewhere: a *verb* of the person ("I loved X"), an *effect* on
the person ("X bored me") and a *verdict* on the item ("X was brilliant").
"""

from __future__ import annotations

from typing import Literal, get_args

from agent.builtin.lexicon.load import groups, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS

Sense = Literal["like", "dislike", "seen"]
OpinionClass = Literal["verb", "effect", "verdict"]

TRIGGERS: dict[tuple[str, ...], tuple[OpinionClass, Sense]] = {
    tuple(phrase.split()): (kind, sense)
    for kind in get_args(OpinionClass)
    for sense in get_args(Sense)
    for phrase in groups("opinions", kind).get(sense, ())
}
LONGEST = max(map(len, TRIGGERS))
SELF = words("opinions", "self")
NOT = words("opinions", "not")
ONLY = words("opinions", "only")
OPINION = words("opinions", "opinion")
NEITHER = words("opinions", "neither")
UNSETTLED = words("opinions", "unsettled")
TAKING_BACK = words("opinions", "taking back")
JUDGING = words("opinions", "judging")
UNSURE = words("opinions", "unsure")
WISHES = words("opinions", "wishes")
ASKING = words("opinions", "asking")
ADVERBS = NOT | words("opinions", "adverbs")
NO_ADVERBS = words("opinions", "no adverbs")
OTHERS = words("opinions", "others")
OWNERS = words("opinions", "owners")
HEARSAY = words("opinions", "hearsay")
COPULAS = words("opinions", "copulas")
LINKING = ADVERBS | COPULAS | words("opinions", "linking")
PRONOUNS = words("opinions", "pronouns")
MANY = words("opinions", "many")
ENDS = words("opinions", "ends")
GENERAL = ITEM_NOUNS | words("opinions", "general")
OF_GENERAL = words("opinions", "of general")
MAKERS = words("opinions", "makers")
SUBJECTS = SELF | OTHERS | words("opinions", "subjects")
PARTS = words("opinions", "parts")
TOLD = words("opinions", "told")
OF_DOMAIN = {said: domain for domain, phrases in groups("opinions", "domain").items() for said in phrases}
