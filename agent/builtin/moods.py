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
_KINDS = {word: kind for kind, words in _MOODS.items() for word in words.split()}


def theme_of(text: str) -> str:
    """Return a text with the kinds of items that its words suggest, for comparison with descriptions."""
    words = [fold(token.raw) for token in tokens(text)]
    kinds = dict.fromkeys(_KINDS[word] for word in words if word in _KINDS)
    return " ".join([text, *kinds])
