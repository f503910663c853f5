"""Dialogue acts: what a message may do to the last answer, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.builtin.interpret.theme import Theme


@dataclass(frozen=True, slots=True)
class More:
    """More items under the same conditions: 'any others?'; `count` of them, or as many as there are."""

    count: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the items that were shown: 'which would you start with?'."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Items that are not wanted, because they are known or not liked; `more`: others than those shown."""

    items: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Accept:
    """An item is chosen: 'the second one it is'; None where it is not said which."""

    item: str | None


@dataclass(frozen=True, slots=True)
class ShiftYears:
    """Newer or older items than those shown."""

    newer: bool


@dataclass(frozen=True, slots=True)
class ShiftFame:
    """Lesser or better known items than those shown."""

    lesser: bool


@dataclass(frozen=True, slots=True)
class MoreLike:
    """Items near some that were shown: 'more like the second one', 'something like them but DARKER'."""

    items: tuple[str, ...]
    theme: Theme = field(default_factory=Theme)


@dataclass(frozen=True, slots=True)
class LikeBut:
    """Items near one that was shown, and beyond it in years, or in a measure that `shift` names.

    'more like the first but newer', 'like that one, only shorter'.
    """

    item: str
    newer: bool | None
    shift: CompareShown | None = None


@dataclass(frozen=True, slots=True)
class LikeNamed:
    """What was asked for, what goes best with titles that are named first: 'like *Alien* or *Jaws*'."""

    items: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """Conditions on these relations no longer hold: 'never mind the director'; `years` likewise."""

    relations: frozenset[str]
    years: bool


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """A name was meant in another role: 'I meant the actor'."""

    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SamePerson:
    """More by somebody who was named: 'what else did she write?'; any role if there are none.

    It `adds` to what held where it says so: 'but he has to be in it too'; `count` of them: 'two more by her'.
    Whoever is `named` in the text itself is meant: 'Rooney Mara! What else has she done?'.
    """

    roles: tuple[str, ...]
    adds: bool = False
    count: int | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class EndOf:
    """The first, last or best known that somebody made, by `order`: 'his FIRST one', 'and her LATEST?'."""

    order: str


@dataclass(frozen=True, slots=True)
class Together:
    """The two people named last, each with its relation: both of them, or `denied` neither."""

    values: tuple[tuple[str, str], ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class SwitchDomain:
    """The same of another domain: 'what about books?'."""

    domain: str


@dataclass(frozen=True, slots=True)
class Substitute:
    """A value in place of another: 'what about Hitchcock?', 'rather one by Tim Burton'."""


@dataclass(frozen=True, slots=True)
class Refine:
    """Further conditions beside those that hold: 'only from the 90s', 'but no westerns'.

    `instead`: they take the place of those of their kind ('make it a comedy'). `against` are names that are
    said of what was shown, as what is wrong with it ('these are all *American*'); what is `dropped` neither
    holds any more nor is ruled out ('forget *horror*, make it a comedy').
    """

    instead: bool = False
    against: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Others:
    """What held on these relations is no longer wanted: 'by somebody else', 'another genre'.

    Nor are those of `against`: 'I know my Tolkien; somebody else please'.
    """

    relations: frozenset[str]
    against: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Without:
    """Values that held, each with its relation, are ruled out: 'another with her, but without him'."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Allow:
    """What was ruled out may be offered again: 'you can include him after all'.

    Or it is `wanted`: 'and with?'.
    """

    values: tuple[str, ...]
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """Something is said to be no obstacle: 'black and white is fine', 'older ones are ok too'."""


@dataclass(frozen=True, slots=True)
class CompareShown:
    """Items with lower or higher values than those shown: 'cheaper', 'too short'; `words` say so."""

    relation: str
    lower: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vary:
    """The same with a wish that nothing here can be compared by: 'something shorter'."""


Act = (
    More
    | Pick
    | Reject
    | Accept
    | ShiftYears
    | ShiftFame
    | MoreLike
    | LikeBut
    | LikeNamed
    | Drop
    | ChangeRole
    | SamePerson
    | EndOf
    | Together
    | SwitchDomain
    | Substitute
    | Refine
    | Others
    | Without
    | Allow
    | Permit
    | CompareShown
    | Vary
)
