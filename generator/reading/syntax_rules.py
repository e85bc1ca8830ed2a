"""What keeps a file from being read: each rule with its reason and examples.

The modules of ``reading`` report these, so a site can't turn them off.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.problems import Severity


@dataclass(frozen=True, slots=True)
class SyntaxRule:
    """A rule's id and reason, and YAML that passes and fails, if an example of it is possible."""

    id: str
    reason: str
    passing: str = ""
    failing: str = ""
    severity: Severity = Severity.ERROR


SYNTAX_RULES = (
    SyntaxRule(
        "value",
        "Each key takes one kind of value: a date, a language, an id, or one of a few words.",
        "published: 2025-03-04",
        "published: 4 March 2025",
    ),
    SyntaxRule(
        "missing-key",
        "Some keys are always needed: readers must see what is disputed, who says it, and when.",
        "sources:\n  - {id: gauge, title: Gauge}",
        "sources:\n  - {id: gauge}",
    ),
    SyntaxRule(
        "unknown-key",
        "A misspelt key would be ignored, and the text under it would be lost.",
        "title: Norland accuses Esteria",
        "titel: Norland accuses Esteria",
    ),
    SyntaxRule(
        "file-name",
        "A file's name becomes its address, so it is an id, such as `river/halden`. A translation "
        "has its original's id and its language in the name, such as `river/halden.fr`.",
    ),
    SyntaxRule(
        "not-published",
        "A file that is neither a source, a page nor an asset of a listed type can be a copy of "
        "something that isn't ready, so readers never get it.",
        severity=Severity.WARNING,
    ),
    SyntaxRule(
        "unreadable",
        "What can't be read would be missing from the site, and nobody would know.",
    ),
    SyntaxRule(
        "too-many-marks",
        "Prose with over 40,000 characters of Markdown markup in one file would delay all others.",
    ),
    SyntaxRule(
        "yaml-alias",
        "A value written elsewhere hides what is meant from readers of the file.",
        "title: Norland",
        "title: *name",
    ),
    SyntaxRule(
        "yaml-anchor",
        "A name for a value is only needed to repeat it elsewhere, which briefings don't do.",
        "title: Norland",
        "title: &name Norland",
    ),
    SyntaxRule(
        "yaml-bidi-control",
        "A character that overrides the reading direction can make a text read as another one.",
        "title: Norland accuses Esteria",
        'title: "Norland \\u202Eairetse"',
    ),
    SyntaxRule(
        "yaml-bracket-not-closed",
        "Each opening bracket needs a closing one.",
        "topics: [water, rivers]",
        "topics: [water, rivers",
    ),
    SyntaxRule(
        "yaml-colon-in-text",
        "A colon and a space turn the words before them into a key. Quotes make them text.",
        'title: "Norland: the river"',
        "title: Norland: the river",
    ),
    SyntaxRule(
        "yaml-comment-cuts-text",
        "A space and # begin a comment, so the rest of the text would be lost.",
        'title: "Lock #4 is closed"',
        "title: Lock #4 is closed",
    ),
    SyntaxRule(
        "yaml-comma-in-text",
        "Inside {…} a comma ends a text, so the rest would be lost. Put the text in quotes.",
        'sources:\n  - {id: gauge, title: "Gauge, a record"}',
        "sources:\n  - {id: gauge, title: Gauge, a record}",
    ),
    SyntaxRule(
        "yaml-conflict",
        "If git leaves two versions of the same lines, somebody has to choose one.",
        "title: Norland accuses",
        "<<<<<<< HEAD\ntitle: Norland accuses\n=======\ntitle: Esteria denies\n>>>>>>> other\n",
    ),
    SyntaxRule(
        "yaml-control-character",
        "A control character can't be seen, and can't be shown on a page.",
        "title: Norland",
        'title: "Nor\\x07land"',
    ),
    SyntaxRule(
        "yaml-directive",
        "A line that begins with % is an instruction to YAML, which briefings don't use.",
        "title: Norland",
        "%TITLE Norland",
    ),
    SyntaxRule(
        "yaml-duplicate-key",
        "If a key has two values, only one can be shown.",
        "title: Norland accuses Esteria",
        "title: Norland accuses Esteria\ntitle: Esteria accuses Norland",
    ),
    SyntaxRule(
        "yaml-empty",
        "An empty file makes no page.",
        "title: Norland accuses Esteria",
        "",
    ),
    SyntaxRule(
        "yaml-escape",
        "In double quotes, a backslash begins a code for a character.",
        'title: "Locks \\\\ gates"',
        'title: "Locks \\gates"',
    ),
    SyntaxRule(
        "yaml-indentation",
        "Lines that belong together begin in the same column.",
        "positions:\n  - id: claim\n    party: norland",
        "positions:\n  - id: claim\n   party: norland",
    ),
    SyntaxRule(
        "yaml-key-in-text",
        "A key that is indented too far becomes part of the text above it.",
        "title: Norland\nsummary: Esteria denies.",
        "title: >\n  Norland\n  summary: Esteria denies.",
        Severity.WARNING,
    ),
    SyntaxRule(
        "yaml-key-is-collection",
        "A key is a word, not a list.",
        "title: Norland",
        "[title]: Norland",
    ),
    SyntaxRule(
        "yaml-key-not-text",
        "A key is a word. YAML reads a number without quotes as a number.",
        "title: Norland",
        "2025: Norland",
    ),
    SyntaxRule(
        "yaml-lone-surrogate",
        "Half of a character can't be shown or stored.",
        'title: "Norland"',
        'title: "\\ud800"',
    ),
    SyntaxRule(
        "yaml-merge-key",
        "Keys copied from elsewhere hide what is meant from readers of the file.",
        "title: Norland",
        "<<: Norland",
    ),
    SyntaxRule(
        "yaml-missing-colon",
        "A key is followed by a colon, a space and its value.",
        "title: Norland accuses\nsummary: Esteria denies.",
        "title: Norland accuses\nsummary Esteria denies.",
    ),
    SyntaxRule(
        "yaml-missing-dash",
        "Each item of a list begins with a dash and a space.",
        "topics:\n  - water\n  - rivers",
        "topics:\n  - water\n  rivers",
    ),
    SyntaxRule(
        "yaml-missing-key",
        "A value comes after its key.",
        "title: Norland\nsummary: Esteria denies.",
        "title: Norland\n: Esteria denies.",
    ),
    SyntaxRule(
        "yaml-missing-space",
        "A space follows the colon of a key and the dash of a list item.",
        "title: Norland",
        "title:Norland",
    ),
    SyntaxRule(
        "yaml-not-a-mapping",
        "A file consists of keys and their values.",
        "title: Norland",
        "- Norland",
    ),
    SyntaxRule(
        "yaml-nothing",
        "YAML has a word for nothing, which no page shows. Quotes make it text.",
        'title: "null"',
        "title: null",
        Severity.WARNING,
    ),
    SyntaxRule(
        "yaml-not-utf-8", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    SyntaxRule(
        "yaml-utf-16", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    SyntaxRule(
        "yaml-utf-32", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    SyntaxRule(
        "yaml-quote-not-closed",
        "A text that begins with a quotation mark ends with one.",
        'title: "Norland accuses"',
        'title: "Norland accuses',
    ),
    SyntaxRule(
        "yaml-odd-character",
        "YAML takes a no-break space for a letter, and an invisible character makes a key unknown.",
        "title: Norland",
        "title:\u00a0Norland",
    ),
    SyntaxRule(
        "yaml-quote-not-opened",
        "A quotation mark without its partner is shown on the page like any other character.",
        "title: Norland speaks",
        'title: Norland speaks"',
        Severity.WARNING,
    ),
    SyntaxRule(
        "yaml-several-documents",
        "Each file is one briefing.",
        "title: Norland",
        "title: Norland\n---\ntitle: Esteria",
    ),
    SyntaxRule(
        "yaml-special-character",
        "Some characters mean something to YAML at the beginning of a text. Quotes make them text.",
        'title: "@norland speaks"',
        "title: @norland speaks",
    ),
    SyntaxRule("yaml-syntax", "This isn't YAML, and none of the usual mistakes explains it."),
    SyntaxRule(
        "yaml-tab",
        "Lines are indented with spaces. A tab has a different width in each editor.",
        "positions:\n  - id: claim",
        "positions:\n\t- id: claim",
    ),
    SyntaxRule(
        "yaml-tag",
        "A tag sets a data type, and briefings don't use tags.",
        "title: Norland",
        "title: !name Norland",
    ),
    SyntaxRule(
        "yaml-tag-directive",
        "%TAG defines data types, which briefings don't use.",
        "title: Norland",
        "%TAG ! tag:x,2025:\n---\ntitle: Norland",
    ),
    SyntaxRule(
        "yaml-text-after-bracket",
        "A value in brackets ends with the bracket that closes it.",
        "sources:\n  - {id: gauge, title: Gauge}",
        "sources:\n  - {id: gauge}, title: Gauge",
    ),
    SyntaxRule(
        "yaml-text-after-quote",
        "A text in quotes ends with the quotation mark that closes it.",
        "title: '\"Water\" is the word'",
        'title: "Water" is the word',
    ),
    SyntaxRule("yaml-too-deep", "Nothing in a briefing is nested so deeply."),
    SyntaxRule(
        "yaml-too-many-commas",
        "A comma goes between two items of a list, and nowhere else.",
        "topics: [water, rivers]",
        "topics: [water,, rivers]",
    ),
    SyntaxRule(
        "yaml-too-large",
        "A file over 1 MiB, or with over 100,000 names and values, would delay all others.",
    ),
    SyntaxRule(
        "yaml-too-many-problems", "A list of more than a hundred problems would help nobody."
    ),
)
