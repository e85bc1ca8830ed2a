"""The order of names in indexes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.locale.collation import sort_key


@pytest.mark.parametrize(
    ("language", "in_order"),
    [
        ("fr", ["Egypte", "États-Unis", "Éthiopie", "Zambie"]),
        ("de", ["Aachen", "Ägypten", "Algerien", "Österreich", "Polen"]),
        ("es", ["nácar", "nube", "ñandú", "oso"]),
        ("pt", ["Água", "Angola", "Zaire"]),
        ("ru", ["Ёлка", "Енисей", "Ереван", "Иран", "Йемен", "Япония"]),
        ("uk", ["Гана", "Ґава", "Ефіопія", "Єгипет", "Ірак", "Їжак", "Йорк"]),
        ("zh", ["Zeta", "阿尔及利亚", "埃及", "马里", "日本", "乌克兰", "中国"]),
        ("ar", ["إثيوبيا", "الجزائر", "أوكرانيا", "مالي", "مصر"]),
        ("en", ["Éire", "Ellipse", "Zambia"]),
    ],
)
def test_names_are_in_the_order_of_the_alphabet(language: str, in_order: list[str]) -> None:
    shuffled = sorted(in_order, reverse=True)
    assert sorted(shuffled, key=lambda name: sort_key(name, language)) == in_order


@given(st.text(), st.text(), st.sampled_from(["en", "fr", "es", "uk", "zh", "ar"]))
def test_only_equal_names_have_equal_keys(name: str, other: str, language: str) -> None:
    assert (sort_key(name, language) == sort_key(other, language)) is (name == other)
