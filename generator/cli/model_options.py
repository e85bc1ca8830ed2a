"""Command-line options from a model: one for each key, with the key's description as help."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

import click
from pydantic import BaseModel

from generator.model.fields import Reference
from generator.model.introspection import Key, keys

#: With more choices than this, the help text lists them instead of the metavar.
_FEW = 8


def options(model: type[BaseModel], *, required: bool = True) -> list[click.Option]:
    """An option for each key of ``model``; for a nested model, one for each of its keys.

    The help of nested keys never says that they are ``required``, because the nested model isn't.
    """
    result: list[click.Option] = []
    for key in keys(model):
        if key.model:
            result += options(key.model, required=False)
        else:
            result.append(_option(model, key, required))
    return result


def fields(model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the options by the keys of ``model``, without empty ones."""
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
    """``values``, plus answers to prompts for required keys of ``model`` that are missing.

    Raises ``click.MissingParameter`` if the input is not a terminal.
    """
    result = dict(values)
    by_name = {option.name: option for option in context.command.params}
    for key in keys(model):
        if not key.is_needed or result[key.name] is not None:
            continue
        option = by_name[key.name]
        if not at_a_terminal():
            raise click.MissingParameter(ctx=context, param=option)
        label = key.name.replace("_", " ").capitalize()
        result[key.name] = click.prompt(label, type=option.type)
    return result


def at_a_terminal() -> bool:
    """Whether there is a user who can answer prompts."""
    return sys.stdin.isatty()


def _option(model: type[BaseModel], key: Key, required: bool) -> click.Option:
    choices = _choices(model.model_fields[key.attribute].annotation)
    metavar = key.role.to.upper() if isinstance(key.role, Reference) else None
    texts = [key.description]
    if required and key.is_needed:
        texts.append("Required.")
    if key.many:
        texts.append("You can use this option more than once.")
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
    """The words that a key's annotation accepts, or nothing if it accepts any."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next(filter(None, map(_choices, get_args(annotation))), ())
