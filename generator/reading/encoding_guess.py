"""The encoding in which a file was probably saved that isn't UTF-8."""

from __future__ import annotations

import re
from typing import NamedTuple

#: So many bytes of words are enough for a guess.
_SAMPLE = 10_000
#: How much of a word is shown on each side of a byte, in bytes.
_SHOWN = 40
#: From how many bytes on a text in an East Asian script is recognised.
_LEAST_BYTES = 30
#: How much the frequency of letters must be that of a language, from 0 to 1.
_LEAST_COHERENCE = 0.25
_LATIN = re.compile(rb"[A-Za-z]")
_OTHERS_IN_A_ROW = re.compile(rb"[\x80-\xff]{3}")
#: Half-width katakana, and Han among Hangul, which other scripts turn into.
_UNLIKELY = re.compile("[\uff61-\uff9f]|[\uac00-\ud7a3][\u4e00-\u9fff]")
_NAMES = {
    "big5": "Big5", "big5hkscs": "Big5", "cp950": "Big5", "cp874": "Windows-874",
    "cp932": "Shift JIS", "shift_jis": "Shift JIS", "shift_jis_2004": "Shift JIS",
    "cp949": "EUC-KR", "euc_kr": "EUC-KR", "euc_jp": "EUC-JP", "euc_jis_2004": "EUC-JP",
    "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030", "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U", "cp866": "CP866",
    **{f"cp125{n}": f"Windows-125{n}" for n in (1, 3, 5, 6)},
    **{f"iso8859_{n}": f"ISO-8859-{n}" for n in (5, 6, 7, 8, 11)},
}  # fmt: skip


class Encoding(NamedTuple):
    """An encoding as Python calls it, and as authors read it."""

    codec: str
    name: str

    def word_at(self, content: bytes, index: int) -> str:
        """The word of ``content`` with the byte at ``index``, without what is far from it."""
        before = re.split(rb"\s", content[max(0, index - _SHOWN) : index])[-1]
        after = re.split(rb"\s", content[index : index + _SHOWN])[0]
        word = (before + after).decode(self.codec, "replace")
        return word.rstrip("\ufffd") if len(after) == _SHOWN else word  # half a letter


WINDOWS_1252 = Encoding("cp1252", "Windows-1252")


def guess_encoding(content: bytes) -> Encoding | None:
    """The encoding of ``content``: Windows-1252 if it looks like a Latin script, another one if its
    words have a meaning in that, and None if that can't be said.
    """
    words = b" ".join(word for word in content.split() if not word.isascii())
    others = sum(byte >= 0x80 for byte in words)
    if others <= len(_LATIN.findall(words)) or not _OTHERS_IN_A_ROW.search(words):
        return WINDOWS_1252
    # It takes a third of a second to import.
    from charset_normalizer import from_bytes

    best = from_bytes(_sample(words)).best()
    if best is None or best.encoding not in _NAMES:
        return None
    # In too short a text, any bytes make letters of Chinese, Japanese and Korean.
    is_certain = best.coherence >= _LEAST_COHERENCE if best.coherence else others >= _LEAST_BYTES
    if not is_certain or _UNLIKELY.search(str(best)):
        return None
    return Encoding(best.encoding, _NAMES[best.encoding])


def _sample(words: bytes) -> bytes:
    """The first of the words; none is cut within a letter."""
    if len(words) <= _SAMPLE:
        return words
    return words[:_SAMPLE].rpartition(b" ")[0] or words
