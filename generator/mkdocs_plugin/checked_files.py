"""The project's files as a build needs them: read, checked, with their problems in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from generator.build.pipeline import Pipeline
from generator.build.snapshot import Snapshot
from generator.configuration.config_file import ProjectError
from generator.configuration.mkdocs_config import language, registries
from generator.configuration.plugin_settings import PluginConfig, plugin_settings, severities
from generator.configuration.project import check_address, language_warnings
from generator.configuration.theme_defaults import contradictions
from generator.mkdocs_plugin import other_plugins
from generator.reading import problem_formats
from generator.reading.problems import Problem, Severity
from generator.reading.selection import Selection
from generator.reading.source_files import SourceFiles
from generator.rules.base import CheckSettings

_log = get_plugin_logger("briefings")
#: What an owner should know and needn't change now. It is not below MkDocs' logger, whose warnings
#: are errors in a strict build.
notices = logging.getLogger("briefings")


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """The files of a project, and everything that is wrong with them."""

    snapshot: Snapshot
    problems: list[Problem]

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop a publication."""
        return [problem for problem in self.problems if problem.severity is Severity.ERROR]


def check_config(config: MkDocsConfig, own: PluginConfig) -> CheckSettings:
    """The settings of the rules. ``own`` are this plugin's options.

    PluginError for a configuration that can't work; a warning for one that works only in part.
    """
    try:
        if config.site_url:
            check_address(config.site_url)
    except ProjectError as error:
        raise PluginError(f"`site_url`: {error}") from None
    try:
        options = plugin_settings(dict(own))
        today = datetime.now().astimezone().date()
        settings = CheckSettings(
            severities(options.rules),
            language(config),
            today,
            leave_out_broken_translations=options.leave_out_broken_translations,
        )
    except ProjectError as error:
        raise PluginError(str(error)) from None
    if refused := [*contradictions(config), *other_plugins.refusals(config)]:
        raise PluginError(" ".join(refused))
    for notice in language_warnings(language(config)):
        notices.warning(notice)
    for warning in other_plugins.warnings(config):
        _log.warning(warning)
    return settings


def read_and_check(
    config: MkDocsConfig,
    own: PluginConfig,
    selection: Selection,
    pipeline: Pipeline,
    settings: CheckSettings,
) -> CheckedFiles:
    """Read and check the project. PluginError if a file can't be read."""
    try:
        files = SourceFiles(Path(config.docs_dir), registries(config, own), selection)
        snapshot = pipeline.read(files)
        return CheckedFiles(snapshot, pipeline.problems(snapshot, settings))
    except OSError as error:
        raise PluginError(f"{error.filename}: {error.strerror}.") from None


def log_problems(
    checked: CheckedFiles, log_error: Callable[[str], None], *, is_strict: bool
) -> None:
    """Log each error by ``log_error``, each unpublished file, and the number of problems."""
    for problem in checked.errors:
        log_error(problem_formats.line(problem))
    # A file that isn't published, such as an editor's copy, must not fail a strict build.
    log_unpublished = _log.info if is_strict else _log.warning
    for problem in checked.problems:
        if problem.rule == "not-published":
            log_unpublished(problem_formats.line(problem))
    if checked.problems:
        summary = problem_formats.summary(checked.problems)
        _log.info(f"{summary}; `briefings check` lists them")
