"""Free text taken apart: which titles a language model recommends, whatever form its list has.

Numbered, bulleted and quoted lists, bare lines, Markdown tables, JSON, and titles in running text. The parser
knows no catalogue: an entry comes with several readings, best first, and `bench.titles_match` decides. The
text is data from beginning to end; nothing in it is obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bench.titles_json import said_in_json
from bench.titles_readings import Said, entry, quoted, row, shown, strong, tidy, years_in
from bench.titles_reply import recommended
from bench.titles_shape import is_facet, may_be_title, without_heading
from kg.text import name_key, split_title, words

MAX_TITLES = 200
_MAX_TEXT = 50_000  # characters: a model that does not stop says nothing new behind them

_THOUGHT = re.compile(r"^.*</think(?:ing)?>|<think(?:ing)?>.*\Z", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_BOLD_MARK = re.compile(r"^(\s*)(\*\*|__|\*|_)(#?\d{1,3}[.)]\s*)")
_NUMBER = re.compile(
    r"\s*(?:#\d{1,3}[.):]?\s+|\d{1,3}[.)]\s*(?!\d)|\(\d{1,3}\)\s+|\[\d{1,3}\]\s+|[a-h]\)\s+)"
)
_BULLET = re.compile(r"\s*(?:[-*+–—·]\s+|[•‣◦▪●○■►→✓]\s*)")
_RULE_ROW = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*$")
_HEADER = re.compile(r"^\s*(?:#{1,6}|>)\s+")
_LEAD = re.compile(
    r"^(?:.{0,300}?\b(?:recommend|suggest|try|like|enjoy|watch|read|include|consider|are)\b:?|[^:]{0,300}:)"
    r"\s+(?=[A-Z0-9\"“'])"
)
_SPEAKS = re.compile(r"(?:I|I['’]d|You|We|My|Try|Consider|Based on|Given|Here)\b")
_PIECES = re.compile(r"(\s*[,;]\s*(?:(?:and|or|&)\s+)?|\s+(?:and|&|[|/+])\s+)")
_DATED_LIST = re.compile(
    r"(?:[^()\[\]]+[(\[]\d{4}[)\]](?:\s*(?:[,;/&]|and\b|or\b)+|\s+(?=[A-Z0-9\"“])|\s*\.?$)){2,}"
)
_URGES = re.compile(r"\b(?:recommend|suggest|try|watch|read|consider|enjoy)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:The (?:film|movie|book|novel) )?(?P<title>[A-Z0-9].{0,100}?),? (?:is|was) (?:an?|another|one|the)\b",
)
_REMARK = re.compile(r"(?:[:.]|\s[–—-])\s+(?=(?:This|That|It|The (?:film|movie|book|novel))\b)")
_STOP = re.compile(r"(?<=[^\W\d_]{4})[.!?]\s+(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SMALL = frozenset("a an and as at but by for from in into is it of on or the to with".split())
_CHATTER = frozenset(
    name_key(said)
    for said in (
        "enjoy|none|n/a|nothing|no|yes|not sure|unknown|sure|certainly|of course|okay|no recommendations"
        "|happy watching|happy reading|happy viewing|hope this helps|no results|no matches"
    ).split("|")
)


def parse(text: str, asked: str = "", *, cut: bool = False) -> list[Said]:
    """Return what a text recommends, in its order: at most `MAX_TITLES` entries, none of them empty.

    `asked` is what the model was told, whose sentences it may repeat; `cut` says that its limit ended the
    reply, so that the last title may be half of one.
    """
    plain = recommended(_plain(text), asked, cut=cut)
    told = said_in_json(plain)
    if told is None:
        lines = [line for line in plain.splitlines() if line.strip() and not is_facet(line)]
        told = _from_table(lines) or _from_list(lines) or _from_lines(lines, _spoken(asked))
    return [said for said in told if name_key(said.text)][:MAX_TITLES]


def _plain(text: str) -> str:
    """Return the text without what the model thought aloud, fences, and characters that cannot be written."""
    spoken = _THOUGHT.sub("", text[-_MAX_TEXT:] if "</think" in text else text[:_MAX_TEXT])
    return _FENCE.sub("", spoken).encode("utf-8", "replace").decode("utf-8")


def _from_table(lines: Sequence[str]) -> list[Said]:
    rules = [place for place, line in enumerate(lines) if "|" in line and _RULE_ROW.match(line)]
    return [said for line in lines[rules[0] + 1 :] if "|" in line for said in row(line)] if rules else []


def _from_list(lines: Iterable[str]) -> list[Said]:
    """Return the entries of the outermost numbered list, else of the outermost bulleted one."""
    said = [_BOLD_MARK.sub(r"\1\3\2", _HEADER.sub("", line)) for line in lines]
    for mark in (_NUMBER, _BULLET):
        marked = [(line, found.end()) for line in said if (found := mark.match(line))]
        marked = [pair for pair in marked if not _is_heading(pair[0][pair[1] :])]
        others = [line for line in said if not mark.match(line) and not _aside(tidy(line))]
        if not marked or (len(marked) == 1 and len(others) > 1):
            continue
        least = min(_indent(line) for line, _ in marked)
        outer = [line[end:] for line, end in marked if _indent(line) == least]
        return [each for line in outer for each in _from_entry(line)]
    return []


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())


def _from_entry(line: str) -> list[Said]:
    """Return what a line of a list names: one title, or several quoted ones in a row."""
    text = tidy(line)
    several = quoted(text, only=True)
    found = several if len(several) > 1 else [_cut_short(entry(text))]
    return [said._replace(titled=may_be_title(said.text, listed=True)) for said in found]


def _cut_short(said: Said) -> Said:
    """Return an entry without the sentence that its title begins: 'Heat is a film about a thief'."""
    subject = _SUBJECT.match(said.text)
    if not subject:
        return said
    title = entry(_REMARK.split(subject["title"])[0])
    return title._replace(readings=said.readings + title.readings)


def _from_lines(lines: Iterable[str], asked: str) -> list[Said]:
    given = [without_heading(tidy(line)) for line in lines]
    listed = sum(not _aside(line) for line in given) > 1
    return [said for line in given for said in _from_line(line, asked, listed=listed)]


def _from_line(text: str, asked: str, *, listed: bool) -> Iterator[Said]:
    """Yield what a line without a mark names: a title, some with commas between, or those in a sentence.

    A sentence that names what the request named (`asked`) recommends nothing by it.
    """
    if _is_heading(text) or name_key(text) in _CHATTER:
        return
    lead = _LEAD.match(text)
    sentence = _is_prose(text) or bool(lead and _SPEAKS.match(text)) or bool(_STOP.search(strong(text)))
    found = quoted(text, only=not sentence)
    if len(found) > 1 or (found and sentence):
        yield from (_unasked(found, asked) if sentence else found)
    elif sentence:
        yield from _unasked(_in_sentence(text, lead), asked)
    elif _DATED_LIST.match(text):
        yield from years_in(text, whole=True)
    else:
        yield _cut_short(_listed(text))._replace(titled=may_be_title(text, listed=listed))


def _in_sentence(text: str, lead: re.Match[str] | None) -> list[Said]:
    """Return the dated titles of a sentence, what it lists, or its subject: 'Heat is a film'."""
    rest = text[lead.end() :] if lead else text
    if dated := years_in(rest):
        return dated
    subject = _SUBJECT.match(text)
    found = [entry(subject["title"])._replace(titled=False)] if subject else []
    if lead:
        said = _listed(_STOP.split(rest)[0])
        # Only a verb of recommending says that unknown names are titles.
        found.append(said._replace(titled=bool(_URGES.search(lead[0])) and may_be_title(rest, listed=False)))
    return found


def _unasked(found: Iterable[Said], asked: str) -> list[Said]:
    """Return the titles of a sentence that the request does not name, those that look like titles."""
    told = [said for said in found if name_key(said.text) not in _CHATTER and not _named(said, asked)]
    return [said._replace(titled=said.titled and may_be_title(said.text, listed=True)) for said in told]


def _named(said: Said, asked: str) -> bool:
    told = said.pieces[::2] or (split_title(said.text).title,)
    return any(_spoken(each) in asked for each in told if each.strip())


def _spoken(text: str) -> str:
    return f" {' '.join(words(text))} "


def _listed(text: str) -> Said:
    """Return a line as one entry, with the pieces between its commas that may be titles of their own."""
    pieces = _PIECES.split(text.strip("[]() ").rstrip("."))
    return entry(text)._replace(pieces=tuple(pieces) if len(pieces) > 1 else ())


def _is_heading(text: str) -> bool:
    return shown(tidy(text)).rstrip().endswith(":")


def _aside(text: str) -> bool:
    return _is_heading(text) or _is_prose(text) or name_key(text) in _CHATTER


def _is_prose(text: str) -> bool:
    """Tell a sentence from a title: it ends like one or is long, and most of its words are small."""
    words = _WORD.findall(strong(text))
    content = [word for word in words if word.lower() not in _SMALL]
    small = sum(word[0].islower() for word in content)
    ends = text.rstrip("\"”’' ")[-1:] in (".", "!", "?", "…")
    return (
        len(words) >= 3 and 2 * small >= len(content) and (len(words) >= 12 or (ends and text[:1].isupper()))
    )
