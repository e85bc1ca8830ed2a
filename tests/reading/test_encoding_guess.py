"""What authors read of a file in another encoding than UTF-8. Fictional data."""

from __future__ import annotations

import pytest

from generator.reading.problems import Problem
from generator.reading.source_text import decode

TEXT = "title: Norland\nsummary: {0}\npositions:\n  - id: claim\n    text: {0}\n"


def problem(text: str, encoding: str) -> Problem:
    decoded = decode("briefings/x.yml", TEXT.format(text).encode(encoding))
    assert isinstance(decoded, Problem)
    return decoded


@pytest.mark.parametrize(
    ("encoding", "name", "text"),
    [
        ("cp1256", "Windows-1256", "تقول نورلاند إن إستريا تحول مياه النهر."),
        ("cp1251", "Windows-1251", "Норланд говорит, что Эстерия забирает воду."),
        ("koi8_r", "KOI8-R", "Норланд говорит, что Эстерия забирает воду."),
        ("cp1253", "Windows-1253", "Η Νορλανδία λέει ότι η Εστερία παίρνει νερό."),
        ("gb18030", "GB18030", "诺兰说埃斯特里亚违反条约取水。"),
        ("big5", "Big5", "諾蘭說埃斯特里亞違反條約取水。"),
        ("shift_jis", "Shift JIS", "ノーランドは、エステリアが水を取っていると言う。"),
        ("euc_kr", "EUC-KR", "노를란드는 에스테리아가 물을 빼돌린다고 말한다."),
        ("cp1252", "Windows-1252", "L’Estérie prélève de l’eau à Orm."),
        ("cp1252", "Windows-1252", "été"),
    ],
)
def test_an_encoding_is_named_with_the_word_as_it_reads_in_it(
    encoding: str, name: str, text: str
) -> None:
    encoding_problem = problem(text, encoding)
    assert f"Read as {name} " in encoding_problem.message
    assert text.split()[0][:10] in encoding_problem.message
    assert encoding_problem.hint.startswith(f"The file was probably saved as {name}")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp1251", "вода"), ("big5", "取水"), ("cp1256", "ماء النهر"), ("koi8_r", "Норланд")],
)
def test_no_encoding_is_named_for_a_text_that_is_too_short(encoding: str, text: str) -> None:
    encoding_problem = problem(text, encoding)
    assert encoding_problem.message.endswith(
        " isn't UTF-8 text. Its encoding could not be recognised."
    )
    assert encoding_problem.hint.startswith("The file was probably saved in another encoding.")


def test_a_long_file_is_recognised_by_its_beginning() -> None:
    encoding_problem = problem("Норланд говорит, что Эстерия забирает воду. " * 5_000, "cp1251")
    assert "Windows-1251" in encoding_problem.message
