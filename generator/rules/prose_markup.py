"""Texts have only the markup that is rendered; readers would see any other as typed."""

import re
from collections.abc import Iterator

from generator.model.field_errors import shown
from generator.model.introspection import FieldPath
from generator.model.prose_markdown import visible_text, without_citations
from generator.rules.base import Finding, Findings, RuleContext, warning

_PROSE = "Prose has paragraphs, *emphasis*, **strong emphasis**, lists and links."
_AS_TYPED = "Remove these characters: this text is printed as typed."
_NOT_IN_PROSE = (
    (re.compile(r"</?[a-zA-Z][^<>]*>|<!--"), "HTML tags"),
    (re.compile(r"^ {0,3}#{1,6}\s+\S+", re.M), "Headings"),
    (re.compile(r"^\S.*\n(?:={3,}|-{3,})$", re.M), "Headings and tables"),
    (re.compile(r"!\[[^\[\]]*\]\([^()]*\)"), "Images"),
    (re.compile(r"```|`[^`\n]+`"), "Code marks"),
    (re.compile(r"^ {0,3}>\s", re.M), "Block quotations"),
    (re.compile(r"^ {0,3}\[[^\[\]@][^\[\]]*\]:\s*\S+", re.M), "Link definitions"),
    (re.compile(r"~~[^~\n]+~~"), "Strike-through marks"),
    (re.compile(r"\[\^[^\[\]]+\]"), "Footnotes"),
    (re.compile(r"^\|.*\|$", re.M), "Tables"),
)
_CITE = "Write `[@source-id]` or `[@source-id, p. 3]`, one for each source."
_LINK = (
    "Write `[words](https://…)` or `[words](briefing:id)`, both brackets closed, no space between."
)
#: Incomplete markup of prose, its name, and what to write.
_UNREAD = (
    (re.compile(r"\[@[^\]\n]{0,60}\]?|@\[[\w-]+\]?"), "This citation", _CITE),
    (
        re.compile(
            r"\[?[^\[\]\n]{0,40}\]"
            r"(?:\([^()\s]{0,40}| \((?:https?|mailto|briefing|actor):[^()\s]{0,40})"
        ),
        "This link",
        _LINK,
    ),
    (re.compile(r"(?<![\w:])(?:briefing|actor):[a-z0-9][\w/-]*"), "This link", _LINK),
    (
        re.compile(r"\*\*[^*\n]{0,30}|(?<!\w)__(?=\w)[^_\n]{0,30}|(?<=\w)__(?!\w)"),
        "This mark of strong emphasis",
        "Write `**words**`, with no space inside the asterisks and no empty line between them.",
    ),
    (
        re.compile(r"(?<![\w*])\*(?=\w)[^*\n]{0,30}|(?<=\w)\*(?![\w*])"),
        "This mark of emphasis",
        "Write `*words*`, with no space inside the asterisks, or `\\*` for an asterisk.",
    ),
    (re.compile(r"`[^`\n]{0,30}"), "This code mark", "Prose has no code. Remove it."),
)
#: Markup of prose and of other tools, which lines and quotations don't have.
_ANYWHERE = (
    (re.compile(r"\[@[\w-][^\]\n]{0,60}\]?"), "Citations"),
    (re.compile(r"!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,300}\)?"), "Links"),
    (re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--"), "HTML tags"),
    (re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,6});"), "HTML's names of characters"),
    (re.compile(r"\*\*(?=\S)[^*\n]*(?:\*\*)?|(?<=\S)\*\*"), "Marks of emphasis"),
    (re.compile(r"(?<!\w)__(?=\w)[^_\n]+__(?!\w)"), "Marks of emphasis"),
)
_IN_A_LINE = (
    *_ANYWHERE,
    (re.compile(r"(?<![\w*])\*(?=[^\s*])[^*\n]*[^\s*]\*(?![\w*])"), "Marks of emphasis"),
    (re.compile(r"(?<!\w)_(?=[^\s_])[^_\n]*[^\s_]_(?!\w)"), "Marks of emphasis"),
    (re.compile(r"`[^`\n]*`?"), "Code marks"),
    (re.compile(r"^#{1,6}\s+\S+"), "Headings"),
    (re.compile(r"^>\s[^\W\d]\S*"), "Block quotations"),
    (re.compile(r"\[\^[^\[\]]+\]"), "Footnotes"),
    (re.compile(r"~~[^~\n]+~~"), "Strike-through marks"),
    (re.compile(r"\[\[[^\[\]]+\]\]|\{\{.*?\}\}|\{%.*?%\}"), "Template marks"),
)
#: Quotation marks that come in pairs, with those that can close each.
_PAIRS = (("“", "”"), ("«", "»"), ("‹", "›"), ("「", "」"), ("『", "』"))
_EITHER_WAY = "„“”»«"
#: Each pattern above needs one of these. Most texts have none, and the searches for them are fast.
_SIGNS = re.compile(r"[<>#`|~*{&@\"“”«»‹›「」『』\]_]")
_WORDS = ("===", "---", "briefing:", "actor:")


@warning(
    "Markup that a text can't have, or that isn't closed, would be shown on the page as typed.",
    passing="summary: Norland says *Esteria* takes water.",
    failing="summary: Norland says <b>Esteria</b> takes water.",
)
def rule(context: RuleContext) -> Findings:
    for path, role, text in context.texts():
        if not _SIGNS.search(text) and not any(words in text for words in _WORDS):
            continue
        for words, message, hint in _literal_markup(role.kind, text):
            if words == '"' and text.rstrip().endswith('"') and _is_plain(context, path):
                continue  # the reader reports it
            yield Finding(path, message, hint, words=words, as_written=True)


def _is_plain(context: RuleContext, path: FieldPath) -> bool:
    """Whether a text is typed without quotes and without `|` or `>`."""
    return context.document.typed(path)[1][:1] not in ('"', "'", "|", ">")


def _literal_markup(kind: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Markup that is shown as typed: the words, the message and the hint."""
    where = {"prose": "prose", "line": "this line", "quote": "a quotation"}[kind]
    patterns = {"prose": _NOT_IN_PROSE, "line": _IN_A_LINE, "quote": _ANYWHERE}[kind]
    for pattern, what in patterns:
        if match := pattern.search(text):
            words = match[0].strip()
            message = f"{what} aren't read in {where}, so readers will see {shown(words)}."
            yield words, message, _PROSE if kind == "prose" else _AS_TYPED
            return
    if kind == "prose" and (unread := _unread(text)):
        yield unread
    elif mark := _lone_quotation_mark(text):
        message = f"The quotation mark {mark} has no partner in this text."
        yield mark, message, "Remove it, or add the other one."


def _unread(text: str) -> tuple[str, str, str] | None:
    """The first incomplete markup in prose: the words, the message and the hint."""
    if not re.search(r"[\[\]*`@]|__|\b(?:briefing|actor):", without_citations(text)):
        return None
    rendered = visible_text(text)
    for pattern, what, hint in _UNREAD:
        if match := pattern.search(rendered):
            words = match[0].strip()
            message = (
                f"{what} isn't closed or is written otherwise, so readers will see {shown(words)}."
            )
            return words, message, hint
    return None


def _lone_quotation_mark(text: str) -> str:
    """A quotation mark without partner at the beginning or end of ``text``, or an empty text."""
    bare = text.strip()
    if bare.count('"') % 2 and (bare[0] == '"' or re.search(r'(?<!\d)"$', bare)):
        return '"'
    for opening, closing in _PAIRS:
        if bare.startswith(opening) and set(bare[1:]).isdisjoint(closing + _EITHER_WAY):
            return opening
        if bare.endswith(closing) and set(bare[:-1]).isdisjoint(opening + _EITHER_WAY):
            return closing
    return ""
