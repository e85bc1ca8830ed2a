"""docs/translate.md, followed to the letter in a new site."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

from tests import warm_start
from tests.building import ENVIRONMENT, ROOT
from tests.docs.test_tutorial import blocks

_FILLED = re.compile(r"^(\w+):(?: [^>\n].*| >(?:\n .*)+)$", re.MULTILINE)


def _run(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    words = [str(Path(sys.executable).with_name(program)), *arguments]
    done = warm_start.run(words, cwd=folder, env=ENVIRONMENT)
    assert done.returncode == 0, done.stdout
    return done.stdout


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")


def test_every_command_of_the_page_does_what_it_says(tmp_path: Path) -> None:
    _run("briefings init site --name Fiction", tmp_path)
    folder, output, commands = tmp_path / "site", "", 0
    translation = folder / "briefings" / "example.fr.yml"
    original = folder / "briefings" / "example.yml"
    for block in blocks(ROOT / "docs" / "translate.md"):
        if block.language == "sh":
            output = _run(block.text, folder)
            commands += 1
        elif block.language == "text":
            assert block.text in output or block.text.strip() in output
        elif block.remark == "excerpt":
            assert block.text in translation.read_text("utf-8")
        elif block.remark == "write":
            _replace(translation, _FILLED.sub(r"\1:", block.text), block.text)
        elif block.remark == "original":
            key = block.text.partition(":")[0]
            line = re.search(rf"^{key}: .*\n", original.read_text("utf-8"), re.MULTILINE)
            assert line
            _replace(original, line[0], block.text)
    assert commands == 6
    assert _run("briefings check", folder).endswith("translation checked: 0 errors, 0 warnings\n")
