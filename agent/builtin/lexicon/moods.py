"""Words for how something should feel, and the kinds of items that usually do: what a theme means by them."""

from __future__ import annotations

from kg.text import fold, tokens

_MOODS = {
    "comedy": "funny funnier hilarious amusing witty laugh laughs laughing humour humor humorous silly goofy",
    "horror": "scary scarier creepy frightening terrifying spooky chilling gruesome",
    "romance": "romantic love lovers",
    "thriller": "suspenseful gripping tense suspense thrilling edge twists twisty",
    "action": "exciting explosive adrenaline fights chases",
    "drama": "moving emotional touching heartbreaking tearjerker sad poignant",
    "animation children": "kids kid child children animated cartoon family daughter son",
    "adventure": "adventurous swashbuckling epic quest",
    "fantasy": "magical magic enchanted fairy whimsical",
    "science fiction sci-fi": "futuristic space robots aliens dystopian futures",
    "mystery crime": "whodunit detective sleuth puzzling murder",
    "war": "wartime battlefield soldiers military",
    "musical": "singing songs dancing",
    "western": "cowboys gunslingers frontier",
}
# Words that ask and say nothing of what is asked for.
_ASKING = frozenset(
    "a an and any anything are best book books by can choose could did do else enjoy favourite favourites "
    "film films find for from get give go going good got great have help here hey hi i id ideas if im in "
    "is it ive just know lately like liked me might more movie movies my need new next nice not novel "
    "novels now of on one ones or our people please read reading really recommend recommendation "
    "recommendations see seen shall should show some something suggest suggestion suggestions surprise "
    "take tell that the them then there these they thing things this those to today tomorrow tonight try "
    "us want watch watched watching we weekend well what whats which will would you your".split()
)
_KINDS = {word: kind for kind, words in _MOODS.items() for word in words.split()}


def theme_of(text: str) -> str:
    """Return a text with the kinds of items that its words suggest, for comparison with descriptions.

    '' if it only asks: the description nearest to "recommend me something" is near by chance.
    """
    words = [fold(token.raw).replace("'", "") for token in tokens(text)]
    if _ASKING.issuperset(words):
        return ""
    kinds = dict.fromkeys(_KINDS[word] for word in words if word in _KINDS)
    return " ".join([text, *kinds])
