"""A Content-Security-Policy for each page: only its own scripts run, and nothing is fetched.

The theme's inline scripts are allowed by the hash of their text, so that no other script can run
(W3C, Content Security Policy Level 3, 8.3).
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_CHARSET = re.compile(r"<meta charset=[^>]*>")
#: Scripts of these types are data, which a browser doesn't run.
_DATA = re.compile(r"""\btype=["']?application/(?:ld\+)?json""")


def with_policy(html: str) -> str:
    """A page with its policy after the declaration of the encoding, before any script."""
    scripts = [text for attributes, text in _SCRIPT.findall(html) if not _DATA.search(attributes)]
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{_hashes(scripts)}",
            f"style-src 'self'{_hashes(_STYLE.findall(html))}",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="strict-origin-when-cross-origin">'
    )
    return _CHARSET.sub(lambda match: match[0] + meta, html, count=1)


def _hashes(texts: list[str]) -> str:
    hashes = dict.fromkeys(b64encode(sha256(text.encode()).digest()).decode() for text in texts)
    return "".join(f" 'sha256-{text_hash}'" for text_hash in hashes)
