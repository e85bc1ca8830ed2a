"""``briefings links``: check every URL in the files, on request only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Set
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click
from pydantic_core import PydanticCustomError

from generator.build.progress import progress
from generator.cli.project_options import (
    folders,
    inside,
    output_format,
    require_briefings,
    shown_path,
    write,
)
from generator.configuration.project import Project
from generator.linkcheck import reports
from generator.linkcheck import wayback as archive
from generator.linkcheck.check_link import LinkChecker
from generator.linkcheck.find_links import Link, Place
from generator.linkcheck.find_links import links as links_of
from generator.linkcheck.http_check import Limits, LinkClient
from generator.linkcheck.rate_limit import RateLimiter, SystemClock
from generator.linkcheck.results_file import Result, ResultsError, as_text, from_text
from generator.linkcheck.scheduler import by_host, check_all
from generator.linkcheck.verdicts import Outcome
from generator.model.urls import read_url
from generator.reading.source_files import read_tree

#: The longest pause that a host can ask for and still be waited for, in seconds.
_LONGEST_WAIT = 60.0
#: Time between two saves of the results, in seconds.
_SAVE_INTERVAL = 5.0
#: If this many hosts all fail, the reason is this machine's network.
_MANY_HOSTS = 3
_COLOURS = {Outcome.DEAD: "red", Outcome.OK: "green"}
#: With fewer links, no progress is shown.
_SHOW_PROGRESS_FROM = 10
_OFF = "off"


def _check_wayback(_ctx: click.Context, _option: click.Parameter, url: str) -> str:
    if url != _OFF:
        try:
            read_url(url)
        except PydanticCustomError as error:
            details = error.context or {}
            message = f"{details.get('message')} {details.get('hint')}"
            raise click.BadParameter(f"{message} Or write `{_OFF}`.") from None
    return url


@click.command(short_help="Check every URL: which pages are gone, moved or changed?")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@output_format("text", "json", help="Text for people, or a JSON list of all links.")
@click.option(
    "--results",
    type=click.Path(path_type=Path, dir_okay=False),
    default="links.json",
    help="The file with the last results. After you stop a run, the next one continues from it.",
)
@click.option(
    "--max-age",
    type=click.FloatRange(min=0),
    default=1.0,
    metavar="DAYS",
    help="Check links again if their last result is older than this.",
)
@click.option(
    "--all",
    "check_again",
    is_flag=True,
    help="Check all links again, even if they have new results.",
)
@click.option("--archive", "copies", is_flag=True, help="Look for archived copies of all links.")
@click.option(
    "--wayback",
    envvar="BRIEFINGS_WAYBACK",
    show_envvar=True,
    default=archive.WAYBACK,
    metavar="URL",
    callback=_check_wayback,
    help="The availability interface of the Wayback Machine, or a similar one. `off` uses none.",
)
@click.option(
    "--pause",
    type=click.FloatRange(0, 60),
    default=1.0,
    metavar="SECONDS",
    help="Time between two requests to one host.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.01, 600),
    default=20.0,
    metavar="SECONDS",
    help="Time limit for each connection and each answer. One link can take three times this.",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 10),
    default=2,
    help="How often to try again after an error that may be temporary.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=8,
    help="How many hosts to contact at once. Each gets one request at a time.",
)
@click.option(
    "--allow-private",
    is_flag=True,
    help="Also check hosts on the local network and this machine, on any port.",
)
@folders
def links(
    project: Project,
    paths: tuple[Path, ...],
    form: str,
    results: Path,
    max_age: float,
    check_again: bool,
    copies: bool,
    wayback: str,
    pause: float,
    timeout: float,
    retries: int,
    jobs: int,
    allow_private: bool,
) -> None:
    """Check every URL in sources, `related` and prose, and report its status.

    With PATHs, only the links of these files or folders are checked.

    \b
    dead      the page is gone, or its host does not exist
    changed   the title or text of the page differs from the last run
    moved     the page redirects permanently to another address
    blocked   the host refuses programs, or its certificate is not valid
    unsure    no clear answer: the server was too slow or had an error
    skipped   not checked: a private address, or not http or https
    ok        the page exists

    For dead pages it proposes archived copies. It changes only the file with its results.

    Exits with 0 if no link is dead, with 1 if one is, with 2 if an option or a PATH was wrong or no
    host answered, and with 130 if you stopped it.
    """
    require_briefings(project)
    wanted, urls = _links(project, paths)
    results_file = _ResultsFile(results)
    if urls is not None:
        results_file.keep_only(urls)
    clock = SystemClock()
    client = LinkClient(
        RateLimiter(clock, pause, _LONGEST_WAIT),
        f"briefing-site/{version('briefing-site')} (checks the links of briefings)",
        limits=Limits(timeout, timeout, 3 * timeout, retries, backoff=2 * pause),
        allow_private=allow_private,
    )
    before = dict(results_file.results)
    checker = LinkChecker(client, before, "" if wayback == _OFF else wayback, every_copy=copies)
    age = 0.0 if check_again else max_age
    groups = by_host(link for link in wanted if not checker.is_done(link, age))
    stopped = _check(groups, checker, results_file, jobs, clock)
    offline = not checker.any_answer and len(groups) >= _MANY_HOSTS
    if offline:
        results_file.results = before
    results_file.save()
    all_results = results_file.results
    checked = [(link, all_results[link.url]) for link in wanted if link.url in all_results]
    _print(checked, form, every_copy=copies)
    for failure in checker.failures:
        click.echo(f"Could not look for archived copies: {failure}", err=True)
    saved = f" Saved in {results.as_posix()}." if checked else ""
    if checked or not offline:
        click.echo(f"{reports.summary(result for _, result in checked)}.{saved}", err=True)
    if offline and not stopped:
        click.echo(
            f"None of {len(groups)} hosts answered, so no new result was saved. Is this machine on "
            "the network? Hosts are contacted directly, without a proxy.",
            err=True,
        )
        sys.exit(2)
    if stopped:
        click.echo("Stopped. Run the same command again to continue.", err=True)
        sys.exit(130)
    sys.exit(any(result.outcome is Outcome.DEAD for _, result in checked))


def _check(
    groups: list[list[Link]],
    checker: LinkChecker,
    results_file: _ResultsFile,
    jobs: int,
    clock: SystemClock,
) -> bool:
    """Check the links and save their results; whether the user stopped it."""
    count = sum(map(len, groups))
    try:
        with progress("Checking links", count, least=_SHOW_PROGRESS_FROM) as advance:
            for link, result in check_all(groups, checker.check, jobs, clock.stop):
                results_file.results[link.url] = result
                if checker.any_answer:
                    results_file.save_now_and_then()
                advance(1)
    except KeyboardInterrupt:
        return True
    return False


def _links(project: Project, paths: Iterable[Path]) -> tuple[list[Link], set[str] | None]:
    """The links in the files at ``paths`` (default: all), and the URLs of all links of the project.

    Prints which files can't be read; then None is in place of all URLs.
    """
    files = read_tree(project.briefings, project.data)
    among: set[str] = set()
    for path in paths:
        if not (own_files := inside(path, files, project)):
            raise click.UsageError(f"{path.as_posix()} has no files of this project.")
        among |= own_files
    found_links, unread = links_of(files)
    for file in unread:
        click.echo(
            f"{shown_path(file, project)} can't be read, so its links are not checked. "
            "`briefings check` says what is wrong.",
            err=True,
        )
    wanted = []
    for link in found_links:
        places = [place for place in link.places if not paths or place.location.path in among]
        if places:
            wanted.append(Link(link.url, tuple(_shown(place, project) for place in places)))
    return wanted, None if unread else {link.url for link in found_links}


def _shown(place: Place, project: Project) -> Place:
    path = shown_path(place.location.path, project)
    return replace(place, location=place.location._replace(path=path))


class _ResultsFile:
    """The file of results. It is saved during the run, so that little is lost if the run stops."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = time.monotonic()
        self._text = as_text({})
        self.results: dict[str, Result] = {}
        try:
            self._text = path.read_text("utf-8")
            self.results = from_text(self._text)
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError, ResultsError) as error:
            raise click.UsageError(
                f"{path.as_posix()} is not a results file of this command. {error}\n"
                "Name another file with --results, or delete this one to check all links again."
            ) from None

    def keep_only(self, urls: Set[str]) -> None:
        """Forget the results of all other links."""
        self.results = {url: result for url, result in self.results.items() if url in urls}

    def save_now_and_then(self) -> None:
        if time.monotonic() - self._written > _SAVE_INTERVAL:
            self.save()

    def save(self) -> None:
        text = as_text(self.results)
        if text != self._text:
            write(self._path, text.encode(), is_new=not self._path.exists())
            self._text = text
        self._written = time.monotonic()


def _print(results: Iterable[tuple[Link, Result]], form: str, *, every_copy: bool) -> None:
    if form == "json":
        click.echo(reports.as_json(results))
        return
    order = list(Outcome)
    for link, result in sorted(results, key=lambda item: order.index(item[1].outcome)):
        proposed = every_copy and result.copy and archive.places_without_copy(link)
        if result.outcome is not Outcome.OK or proposed:
            outcome, _, rest = reports.as_text(link, result).partition(" ")
            heading = click.style(outcome, fg=_COLOURS.get(result.outcome, "yellow"), bold=True)
            click.echo(f"{heading} {rest}\n")
