"""The first sentence of a text: never cut within a sentence, in any script that briefings hold."""

from __future__ import annotations

import pytest

from generator.model.sentences import first_sentence, first_sentences


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Esteria takes water. Norland says so.", "Esteria takes water."),
        ("One sentence without an end", "One sentence without an end"),
        ("Is it so? It is.", "Is it so?"),
        ("Mr. Holm said it. Others deny it.", "Mr. Holm said it."),
        ("The U.S. Treasury said so. Others deny it.", "The U.S. Treasury said so."),
        ("J. Holm left. He came back.", "J. Holm left."),
        ("It fell by 1.10 metres. It rose again.", "It fell by 1.10 metres."),
        ("It fell in 2024. It rose again.", "It fell in 2024."),
        ("Am 5. Mai fiel der Pegel. Er stieg wieder.", "Am 5. Mai fiel der Pegel."),
        ("It reads art. 4 so. Others differ.", "It reads art. 4 so."),
        ("It said: “We left. They stayed.” Norland denies it.",
         "It said: “We left. They stayed.”"),
        ('It said "We left. They stayed." Norland denies it.', 'It said "We left. They stayed."'),
        ("It left (see p. 3. and p. 4.). It came back.", "It left (see p. 3. and p. 4.)."),
        ("埃斯特里亚取水。诺兰否认。", "埃斯特里亚取水。"),
        ("彼は「帰った。残った。」と言った。彼は否定。", "彼は「帰った。残った。」と言った。"),
        ("هل هذا صحيح؟ لا.", "هل هذا صحيح؟"),
        ("ውሃ ወሰደች። ካደች።", "ውሃ ወሰደች።"),
        ("Эстерия берёт воду, см. ст. 4. Норландия отрицает.",
         "Эстерия берёт воду, см. ст. 4. Норландия отрицает."),
        ("", ""),
    ],
)  # fmt: skip
def test_the_first_sentence_ends_where_the_text_certainly_has_an_end(text: str, first: str) -> None:
    assert first_sentence(text) == first


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (3, "It fell."),
        (18, "It fell. It rose."),
        (17, "It fell. It rose."),
        (16, "It fell."),
        (99, "It fell. It rose. It stayed"),
    ],
)
def test_a_text_for_little_room_has_whole_sentences_and_at_least_one(
    length: int, shown: str
) -> None:
    assert first_sentences("It fell. It rose. It stayed", length) == shown
