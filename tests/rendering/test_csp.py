"""The policy allows a page's own scripts and nothing else."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from generator.rendering.csp import with_policy

PAGE = (
    '<!doctype html><head><meta charset="utf-8"><script>a()</script></head>'
    '<script src="x.js"></script><script type="application/json">{}</script><script>b()\n</script>'
)


def _policy(html: str) -> dict[str, str]:
    match = re.search('content="(default-src[^"]*)"', html)
    assert match
    return dict(part.split(" ", 1) for part in match[1].split("; "))


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_each_script_in_the_page_is_allowed_by_its_hash_and_no_other() -> None:
    policy = _policy(with_policy(PAGE))
    allowed = f"'self' {_hash('a()')} {_hash('b()' + chr(10))}"
    assert policy["script-src"] == allowed


def test_nothing_unsafe_and_no_other_host_is_allowed() -> None:
    text = with_policy(PAGE)
    assert "unsafe-inline" not in text
    assert "'unsafe-eval'" not in text
    assert not re.search("https?:", text)
    assert _policy(text)["default-src"] == "'none'"


def test_the_policy_is_before_the_first_script() -> None:
    text = with_policy(PAGE)
    assert text.index("Content-Security-Policy") < text.index("<script")
    assert text.count("Content-Security-Policy") == 1


def test_styles_in_the_page_are_allowed_by_hash() -> None:
    policy = _policy(with_policy(PAGE.replace("</head>", "<style>p{}</style></head>")))
    assert policy["style-src"] == f"'self' {_hash('p{}')}"
    assert _policy(with_policy(PAGE))["style-src"] == "'self'"


def test_a_page_that_declares_no_encoding_stays_as_it_is() -> None:
    assert with_policy("<p>text</p>") == "<p>text</p>"
