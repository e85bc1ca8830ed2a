"""Options of a command made from a model: one for each key, explained as the format does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import click
from pydantic import BaseModel

from generator.model.fields import Reference
from generator.model.introspection import Key, keys, meaning

#: More choices than these are listed in the help text, not in the option's own line.
_FEW = 8


def options(model: type[BaseModel], *, required: bool = True) -> list[click.Option]:
    """An option for each key of ``model``; for a list of mappings, one for each key of those.

    Whoever needs no such mapping needs none of its keys: they are told as not ``required``.
    """
    result: list[click.Option] = []
    for key in keys(model):
        if key.model:
            result += options(key.model, required=False)
        else:
            result.append(_option(model, key, required))
    return result


def fields(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """What the options gave, under the keys of ``model``; keys that got nothing are left out."""
    result: dict[str, Any] = {}
    for key in keys(model):
        if key.model is None:
            value = list(values[key.name]) if key.many else values[key.name]
        else:
            item = fields(key.model, values)
            value = [item] if item and key.many else item
        if value not in (None, [], {}):
            result[key.name] = value
    return result


def ask_for_missing(
    context: click.Context, model: type[BaseModel], values: Mapping[str, Any]
) -> dict[str, Any]:
    """``values``, with what ``model`` can't do without asked for, if somebody is there to answer.

    Raises ``click.MissingParameter`` where nobody is.
    """
    result = dict(values)
    by_name = {option.name: option for option in context.command.params}
    for key in keys(model):
        if not model.model_fields[key.attribute].is_required() or result[key.name] is not None:
            continue
        option = by_name[key.name]
        if not at_a_terminal():
            raise click.MissingParameter(ctx=context, param=option)
        result[key.name] = click.prompt(_label(key), type=option.type)
    return result


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def _option(model: type[BaseModel], key: Key, required: bool) -> click.Option:
    field = model.model_fields[key.attribute]
    choices = _choices(field.annotation)
    metavar = key.role.to.upper() if isinstance(key.role, Reference) else None
    texts = [meaning(model, key.attribute)]
    if required and field.is_required():
        texts.append("Required.")
    if key.many:
        texts.append("Can be given several times.")
    if len(choices) > _FEW:
        metavar = key.name.upper()
        texts.append(f"One of: {', '.join(choices)}.")
    return click.Option(
        [f"--{key.name.replace('_', '-')}", key.name],
        type=click.Choice(choices) if choices else None,
        multiple=key.many,
        metavar=metavar,
        help=" ".join(filter(None, texts)),
    )


def _choices(annotation: Any) -> tuple[str, ...]:
    """The words that a key's annotation accepts; none if it accepts any."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next(filter(None, map(_choices, get_args(annotation))), ())


def _label(key: Key) -> str:
    return key.name.replace("_", " ").capitalize()
