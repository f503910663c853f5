"""What things from a country are called: 'Italian films' are films from Italy."""

from __future__ import annotations

from kg.text import name_key

_DEMONYMS = {
    "Argentina": "Argentine Argentinian",
    "Australia": "Australian",
    "Austria": "Austrian",
    "Belgium": "Belgian",
    "Brazil": "Brazilian",
    "Canada": "Canadian",
    "Chile": "Chilean",
    "China": "Chinese",
    "Colombia": "Colombian",
    "Czech Republic": "Czech",
    "Denmark": "Danish",
    "Finland": "Finnish",
    "France": "French",
    "Germany": "German",
    "Greece": "Greek",
    "Hong Kong": "Hongkong",
    "Hungary": "Hungarian",
    "India": "Indian",
    "Iran": "Iranian Persian",
    "Ireland": "Irish",
    "Israel": "Israeli",
    "Italy": "Italian",
    "Japan": "Japanese",
    "Mexico": "Mexican",
    "Netherlands": "Dutch",
    "New Zealand": "Kiwi",
    "Nigeria": "Nigerian",
    "Norway": "Norwegian",
    "Poland": "Polish",
    "Portugal": "Portuguese",
    "Russia": "Russian",
    "South Africa": "South-African",
    "South Korea": "Korean South-Korean",
    "Soviet Union": "Soviet USSR",
    "Spain": "Spanish",
    "Sweden": "Swedish",
    "Taiwan": "Taiwanese",
    "Turkey": "Turkish",
    "United Kingdom": "British English UK Britain England",
    "United States": "American USA America",
    "Albania": "Albanian",
    "Algeria": "Algerian",
    "Armenia": "Armenian",
    "Bolivia": "Bolivian",
    "Bosnia": "Bosnian",
    "Bulgaria": "Bulgarian",
    "Cambodia": "Cambodian",
    "Cameroon": "Cameroonian",
    "Costa Rica": "Costa-Rican",
    "Croatia": "Croatian",
    "Cuba": "Cuban",
    "Ecuador": "Ecuadorian",
    "England": "English",
    "Egypt": "Egyptian",
    "Estonia": "Estonian",
    "Ethiopia": "Ethiopian",
    "Ghana": "Ghanaian",
    "Guatemala": "Guatemalan",
    "Honduras": "Honduran",
    "Iceland": "Icelandic",
    "Indonesia": "Indonesian",
    "Iraq": "Iraqi",
    "Jamaica": "Jamaican",
    "Kenya": "Kenyan",
    "Latvia": "Latvian",
    "Lebanon": "Lebanese",
    "Lithuania": "Lithuanian",
    "Malaysia": "Malaysian",
    "Mongolia": "Mongolian",
    "Morocco": "Moroccan",
    "Nepal": "Nepalese",
    "Nicaragua": "Nicaraguan",
    "Pakistan": "Pakistani",
    "Panama": "Panamanian",
    "Peru": "Peruvian",
    "Romania": "Romanian",
    "Rwanda": "Rwandan",
    "Scotland": "Scottish",
    "Senegal": "Senegalese",
    "Serbia": "Serbian",
    "Slovakia": "Slovak",
    "Slovenia": "Slovenian",
    "Switzerland": "Swiss",
    "Syria": "Syrian",
    "Tanzania": "Tanzanian",
    "Thailand": "Thai",
    "Tunisia": "Tunisian",
    "Uganda": "Ugandan",
    "Ukraine": "Ukrainian",
    "Uruguay": "Uruguayan",
    "Venezuela": "Venezuelan",
    "Vietnam": "Vietnamese",
    "Wales": "Welsh",
    "Yemen": "Yemeni",
    "Africa": "African",
    "Asia": "Asian",
    "Europe": "European",
    "Latin America": "Latin-American",
    "North America": "North-American",
    "Scandinavia": "Scandinavian",
    "South America": "South-American",
}
_OTHER_NAMES = {  # a table may call a country so
    "America": "United States",
    "Britain": "United Kingdom",
    "Czechia": "Czech Republic",
    "Great Britain": "United Kingdom",
    "Holland": "Netherlands",
    "Korea": "South Korea",
    "UK": "United Kingdom",
    "US": "United States",
    "USA": "United States",
    "USSR": "Soviet Union",
    "United States of America": "United States",
}


def _with_plurals(said: list[str]) -> tuple[str, ...]:
    """Return the words and their plurals: 'where are the *Russians*?'."""
    return (*said, *(f"{word}s" for word in said if word.endswith("an")))


_BY_KEY = {name_key(country): _with_plurals(said.split()) for country, said in _DEMONYMS.items()}
_BY_KEY |= {
    name_key(name): (country, *(said for said in _BY_KEY[name_key(country)] if said != name))
    for name, country in _OTHER_NAMES.items()
}


def demonyms_of(key: str) -> tuple[str, ...]:
    """Return the other words for the country whose normal key is `key`; empty if none are known."""
    return _BY_KEY.get(key, ())


_COUNTIES = {
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "shrops": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}


def county_of(word: str) -> str:
    """Return the county that a word is short for, in small letters; the word itself where it is for none."""
    short = word.casefold().rstrip(".")
    return _COUNTIES.get(short, word.casefold())
