"""The pages that the owner of a site wrote by hand, in the languages of the site.

``about.fr.md`` is the page ``about.md`` in French.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from generator.configuration.page_front_matter import is_written_in


@dataclass(frozen=True, slots=True)
class HandwrittenPages:
    """The file of each page by its path (``about.md``), for each language of the site.

    A page that isn't translated is shown as it was written, or left out.
    """

    files: Mapping[str, Mapping[str, File]] = field(default_factory=dict)

    @classmethod
    def find(
        cls,
        files: Files,
        languages: tuple[str, ...],
        leaves_out: Callable[[str], bool],
        is_published: Callable[[File], bool],
    ) -> HandwrittenPages:
        """Those in ``files``. ``leaves_out`` says which languages have only their own."""
        originals: dict[str, File] = {}
        translations: dict[str, dict[str, File]] = {tag: {} for tag in languages}
        for path, tag, file in _by_language(files, languages):
            if is_published(file):
                pages = translations[tag] if tag else originals
                pages[path] = file
        for tag, own in translations.items():
            for path, file in originals.items():
                if path not in own and not (leaves_out(tag) and not _is_in(file, tag)):
                    own[path] = file
        return cls(translations)

    def __contains__(self, path: str) -> bool:
        """Whether an edition has a page written by hand at ``path``."""
        return bool(self.languages_of(path))

    def languages_of(self, path: str) -> tuple[str, ...]:
        """The languages in which the page at ``path`` exists; empty if no hand wrote it."""
        return tuple(tag for tag, pages in self.files.items() if path in pages)

    def choose(self, files: Files, config: MkDocsConfig, language: str) -> None:
        """Leave those of the edition in ``language`` in ``files``."""
        own = self.files[language]
        for path, tag, file in list(_by_language(files, tuple(self.files))):
            if tag or (path in self and own.get(path) is not file):
                files.remove(file)
        for path, file in own.items():
            if file.src_uri != path:
                files.append(File.generated(config, path, abs_src_path=str(file.abs_src_path)))


def _by_language(files: Files, languages: tuple[str, ...]) -> Iterator[tuple[str, str, File]]:
    """Each page with its path and the language that its name has, or "" without one."""
    endings = {f".{tag}.md": tag for tag in languages}
    for file in files.documentation_pages():
        ending = next((end for end in endings if file.src_uri.endswith(end)), None)
        if ending is None:
            yield file.src_uri, "", file
        else:
            yield f"{file.src_uri.removesuffix(ending)}.md", endings[ending], file


def _is_in(file: File, language: str) -> bool:
    return is_written_in(file.content_bytes, language)
