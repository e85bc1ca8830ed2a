"""What stands in the way of reading a file: for each rule its reason, and how it looks.

These come from reading (``yaml_source``, ``reading``, ``loading``), not from a check, so a site
can't turn them off.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.problems import Severity


@dataclass(frozen=True, slots=True)
class FormRule:
    """A rule of form: its id, its reason, and YAML that keeps and breaks it, where any can."""

    id: str
    reason: str
    passing: str = ""
    failing: str = ""
    severity: Severity = Severity.ERROR


FORM_RULES = (
    FormRule(
        "value",
        "A value is of the kind its key holds: a date, a language, an id, one of a few words.",
        "published: 2025-03-04",
        "published: 4 March 2025",
    ),
    FormRule(
        "missing-key",
        "Some keys are always needed: readers must see what is disputed, who says it, and when.",
        "sources:\n  - {id: gauge, title: Gauge}",
        "sources:\n  - {id: gauge}",
    ),
    FormRule(
        "unknown-key",
        "A misspelt key would be ignored, and the text under it would be lost.",
        "title: Norland accuses Esteria",
        "titel: Norland accuses Esteria",
    ),
    FormRule(
        "file-name",
        "A file's name becomes its address, so it is an id, such as `river/halden`.",
    ),
    FormRule(
        "not-published",
        "A file that is neither a source, a page nor an asset of a listed type can be a copy of "
        "something that isn't ready; so readers never get it.",
        severity=Severity.WARNING,
    ),
    FormRule(
        "unreadable",
        "What can't be read would be missing from the site, and nobody would know.",
    ),
    FormRule(
        "too-many-marks",
        "Prose with over 40,000 characters of Markdown markup in one file would delay all others.",
    ),
    FormRule(
        "yaml-alias",
        "A value written elsewhere hides from readers of the file what is meant here.",
        "title: Norland",
        "title: *name",
    ),
    FormRule(
        "yaml-anchor",
        "A name for a value serves only to repeat it elsewhere, which briefings don't do.",
        "title: Norland",
        "title: &name Norland",
    ),
    FormRule(
        "yaml-bidi-control",
        "A character that overrides the reading direction can make a text read as another one.",
        "title: Norland accuses Esteria",
        'title: "Norland \\u202Eairetse"',
    ),
    FormRule(
        "yaml-bracket-not-closed",
        "What a bracket opens ends with the bracket that closes it.",
        "topics: [water, rivers]",
        "topics: [water, rivers",
    ),
    FormRule(
        "yaml-colon-in-text",
        "A colon and a space turn the words before them into a key. Quotes make them text.",
        'title: "Norland: the river"',
        "title: Norland: the river",
    ),
    FormRule(
        "yaml-comment-cuts-text",
        "A space and # begin a comment, so the rest of the text would be lost.",
        'title: "Lock #4 is closed"',
        "title: Lock #4 is closed",
    ),
    FormRule(
        "yaml-comma-in-text",
        "Inside {…} a comma ends a text, so the rest of it would be lost; quotes keep it whole.",
        'sources:\n  - {id: gauge, title: "Gauge, a record"}',
        "sources:\n  - {id: gauge, title: Gauge, a record}",
    ),
    FormRule(
        "yaml-conflict",
        "Where git leaves two versions of the same lines, somebody has to choose one.",
        "title: Norland accuses",
        "<<<<<<< HEAD\ntitle: Norland accuses\n=======\ntitle: Esteria denies\n>>>>>>> other\n",
    ),
    FormRule(
        "yaml-control-character",
        "A control character can't be seen, and can't be shown on a page.",
        "title: Norland",
        'title: "Nor\\x07land"',
    ),
    FormRule(
        "yaml-directive",
        "A line that begins with % instructs YAML, which briefings have no use for.",
        "title: Norland",
        "%TITLE Norland",
    ),
    FormRule(
        "yaml-duplicate-key",
        "Of two values under one key only one could be shown.",
        "title: Norland accuses Esteria",
        "title: Norland accuses Esteria\ntitle: Esteria accuses Norland",
    ),
    FormRule(
        "yaml-empty",
        "An empty file says nothing.",
        "title: Norland accuses Esteria",
        "",
    ),
    FormRule(
        "yaml-escape",
        "In double quotes, a backslash begins a code for a character.",
        'title: "Locks \\\\ gates"',
        'title: "Locks \\gates"',
    ),
    FormRule(
        "yaml-indentation",
        "Lines that belong together begin in the same column.",
        "positions:\n  - id: claim\n    party: norland",
        "positions:\n  - id: claim\n   party: norland",
    ),
    FormRule(
        "yaml-key-in-text",
        "A key that is indented too far becomes part of the text above it.",
        "title: Norland\nsummary: Esteria denies.",
        "title: >\n  Norland\n  summary: Esteria denies.",
        Severity.WARNING,
    ),
    FormRule(
        "yaml-key-is-collection",
        "The name of a field is a word, not a list.",
        "title: Norland",
        "[title]: Norland",
    ),
    FormRule(
        "yaml-key-not-text",
        "The name of a field is a word; YAML would read a bare number as a number.",
        "title: Norland",
        "2025: Norland",
    ),
    FormRule(
        "yaml-lone-surrogate",
        "Half of a character can't be shown or stored.",
        'title: "Norland"',
        'title: "\\ud800"',
    ),
    FormRule(
        "yaml-merge-key",
        "Keys copied from elsewhere hide from readers of the file what is meant here.",
        "title: Norland",
        "<<: Norland",
    ),
    FormRule(
        "yaml-missing-colon",
        "A field is its name, a colon, a space and its value.",
        "title: Norland accuses\nsummary: Esteria denies.",
        "title: Norland accuses\nsummary Esteria denies.",
    ),
    FormRule(
        "yaml-missing-dash",
        "Each item of a list begins with a dash and a space.",
        "topics:\n  - water\n  - rivers",
        "topics:\n  - water\n  rivers",
    ),
    FormRule(
        "yaml-missing-key",
        "A value comes after the name of its field.",
        "title: Norland\nsummary: Esteria denies.",
        "title: Norland\n: Esteria denies.",
    ),
    FormRule(
        "yaml-missing-space",
        "A space follows the colon of a key and the dash of a list item.",
        "title: Norland",
        "title:Norland",
    ),
    FormRule(
        "yaml-not-a-mapping",
        "A file consists of keys and their values.",
        "title: Norland",
        "- Norland",
    ),
    FormRule(
        "yaml-nothing",
        "YAML has a word for nothing, which no page shows; as a text it goes in quotes.",
        'title: "null"',
        "title: null",
        Severity.WARNING,
    ),
    FormRule(
        "yaml-not-utf-8", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    FormRule(
        "yaml-utf-16", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    FormRule(
        "yaml-utf-32", "In any encoding but UTF-8 letters turn into others. Save it as UTF-8."
    ),
    FormRule(
        "yaml-quote-not-closed",
        "A text that begins with a quotation mark ends with one.",
        'title: "Norland accuses"',
        'title: "Norland accuses',
    ),
    FormRule(
        "yaml-odd-character",
        "A no-break space is a letter to YAML, and what can't be seen makes a key another one.",
        "title: Norland",
        "title:\u00a0Norland",
    ),
    FormRule(
        "yaml-quote-not-opened",
        "A quotation mark that is left over is printed, as everything in a text is.",
        "title: Norland speaks",
        'title: Norland speaks"',
        Severity.WARNING,
    ),
    FormRule(
        "yaml-several-documents",
        "A file is one briefing.",
        "title: Norland",
        "title: Norland\n---\ntitle: Esteria",
    ),
    FormRule(
        "yaml-special-character",
        "Some characters mean something to YAML at the beginning of a text. Quotes make them text.",
        'title: "@norland speaks"',
        "title: @norland speaks",
    ),
    FormRule("yaml-syntax", "This isn't YAML, and none of the usual mistakes explains it."),
    FormRule(
        "yaml-tab",
        "Lines are indented with spaces. A tab has a different width in each editor.",
        "positions:\n  - id: claim",
        "positions:\n\t- id: claim",
    ),
    FormRule(
        "yaml-tag",
        "A tag sets a data type, which briefings don't do.",
        "title: Norland",
        "title: !name Norland",
    ),
    FormRule(
        "yaml-tag-directive",
        "%TAG defines data types, which briefings don't use.",
        "title: Norland",
        "%TAG ! tag:x,2025:\n---\ntitle: Norland",
    ),
    FormRule(
        "yaml-text-after-bracket",
        "A value in brackets ends with the bracket that closes it.",
        "sources:\n  - {id: gauge, title: Gauge}",
        "sources:\n  - {id: gauge}, title: Gauge",
    ),
    FormRule(
        "yaml-text-after-quote",
        "A text in quotes ends with the quotation mark that closes it.",
        "title: '\"Water\" is the word'",
        'title: "Water" is the word',
    ),
    FormRule("yaml-too-deep", "Nothing in a briefing is nested as deeply."),
    FormRule(
        "yaml-too-many-commas",
        "A comma goes between two items of a list, and nowhere else.",
        "topics: [water, rivers]",
        "topics: [water,, rivers]",
    ),
    FormRule(
        "yaml-too-large",
        "A file over 1 MiB, or with over 100,000 names and values, would delay all others.",
    ),
    FormRule("yaml-too-many-problems", "After a hundred problems more of them would help nobody."),
)
