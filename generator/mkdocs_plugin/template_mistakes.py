"""A mistake in a template of the theme, such as a site's own partial, in one sentence."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError


def template_mistake(error: TemplateError, folder: Path) -> str:
    """Which template can't be used, in which line, and why.

    Files in ``folder``, which is the project's, are named from there.
    """
    path, line = _position(error)
    if is_own := Path(path).is_relative_to(folder):
        path = Path(path).relative_to(folder).as_posix()
    if isinstance(error, TemplateNotFound):
        if is_own:
            return f"{path}:{line}: the theme has no template `{error.name}`. Correct the name."
        return (
            f"The theme has no template `{error.name}`, which its settings require. Look for a "
            "wrong name under `theme`."
        )
    if not path:
        return f"A template of the theme can't be used: {error}."
    reason = str(error.message or error).rstrip(".")
    return f"{path}:{line}: this template can't be used: {reason}. Correct this line."


def _position(error: TemplateError) -> tuple[str, int | None]:
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    # Jinja adds the lines of templates to the traceback.
    frames = traceback.extract_tb(error.__traceback__)
    return next(
        ((frame.filename, frame.lineno) for frame in reversed(frames) if _is_template(frame)),
        ("", None),
    )


def _is_template(frame: traceback.FrameSummary) -> bool:
    return not frame.filename.endswith(".py") and not frame.filename.startswith("<")
