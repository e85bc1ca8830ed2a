"""YAML syntax errors in sentences for people who don't write YAML for a living.

libyaml says where it gave up; the functions below look at the text around that place for
the usual mistakes. Each returns a problem if it recognises its mistake, and `reword` calls
them in order, from the most specific to the least. Where several edits could be meant, the first
is proposed after which the file can be parsed further (`Fault.first_that_works`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace as replaced

from yaml import MarkedYAMLError
from yaml.events import ScalarEvent

from generator.reading.problems import Fix, Problem
from generator.reading.source_text import SourceText
from generator.reading.yaml_closing import (
    bracket_above,
    bracket_left_open,
    bracket_not_closed,
    colon_before_bracket,
    comment_that_closes,
    text_after_bracket,
    too_many_commas,
)
from generator.reading.yaml_colons import colon_in_text, line_without_key
from generator.reading.yaml_columns import list_or_indentation
from generator.reading.yaml_faults import Fault, Scalar
from generator.reading.yaml_quotes import (
    comment_cut,
    quote_not_closed,
    text_after_quote,
    unknown_escape,
)
from generator.reading.yaml_special_characters import (
    directive,
    fence,
    other_dash,
    space_nearby,
    special_character,
    tab_in_indentation,
    text_below_sign,
)

_CONFLICT = re.compile(
    r"^<{7} [^\n]*\n(?P<first>(?:(?!<{7} |>{7} )[^\n]*\n){0,400}?)={7}\n"
    r"(?:(?!<{7} )[^\n]*\n){0,400}?>{7} [^\n]*",
    re.M,
)
#: A line that git writes between two versions.
_CONFLICT_LINE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


def reword(
    source: SourceText,
    error: MarkedYAMLError,
    last: ScalarEvent | None,
    works: Callable[[Fix], bool],
    names: Mapping[str, bool],
) -> Problem:
    """`error` as a problem in words for authors. `last` is the last text parsed before it; for
    `works` and `names` see `Fault`.
    """
    at = error.problem_mark.index if error.problem_mark else 0
    began = error.context_mark.index if error.context_mark else at
    end = len(source.text)
    words = f"{error.context or ''}: {error.problem or ''}"
    fault = Fault(source, words, min(at, end), min(began, end), _span(last), works, names)
    for recognise in _MISTAKES:
        problem = recognise(fault)
        if problem is not None:
            is_valid = problem.fix is None or works(problem.fix)
            return problem if is_valid else replaced(problem, fix=None)
    return bracket_above(fault) or _unknown(source, fault.at)


def unreadable(source: SourceText, last: ScalarEvent | None) -> Problem:
    """The problem of a file of which libyaml doesn't say where it stopped."""
    span = _span(last)
    return _unknown(source, span.end if span else 0)


def _span(event: ScalarEvent | None) -> Scalar | None:
    if event is None or event.start_mark is None or event.end_mark is None:
        return None
    return Scalar(event.start_mark.index, event.end_mark.index, event.style or "")


def _unknown(source: SourceText, offset: int) -> Problem:
    return source.error(
        "yaml-syntax",
        offset,
        "The file can't be read as YAML from here on.",
        "Look at this line and the one above: are quotes and brackets closed, is there a space "
        "after each colon and dash, do lines that belong together start in the same column?",
    )


def _conflict(fault: Fault) -> Problem | None:
    """Two versions of the same lines, as git leaves them in a conflict."""
    source = fault.source
    match = _CONFLICT.search(source.text)
    if match is None:
        return _rest_of_conflict(fault)
    first, last = source.at(match.start()).line, source.at(match.end()).line
    lines = match["first"].splitlines()
    return source.error(
        "yaml-conflict",
        match.start(),
        "There are two versions of these lines here, as git leaves them where it can't join them.",
        "Keep one version, and delete the other and the lines of <, = and >.",
        fix=Fix(first, last, tuple(lines)),
    )


def _rest_of_conflict(fault: Fault) -> Problem | None:
    """A line that git wrote between two versions, of which the others were deleted."""
    source, last = fault.source, fault.last
    for offset in (fault.at, fault.began, last.start if last else 0):
        if _CONFLICT_LINE.match(source.line(offset)):
            number = source.at(offset).line
            return source.error(
                "yaml-conflict",
                source.start_of(number),
                "This line is a rest of two versions that git couldn't join.",
                "Check the lines around it, and remove this line.",
                fix=Fix(number, number, ()),
            )
    return None


_MISTAKES: tuple[Callable[[Fault], Problem | None], ...] = (
    _conflict,
    fence,
    directive,
    unknown_escape,
    tab_in_indentation,
    space_nearby,
    comment_that_closes,
    quote_not_closed,
    comment_cut,
    bracket_left_open,
    too_many_commas,
    other_dash,
    text_below_sign,
    special_character,
    text_after_quote,
    colon_in_text,
    colon_before_bracket,
    bracket_not_closed,
    line_without_key,
    text_after_bracket,
    list_or_indentation,
)
