"""What a voice is given to read: ruby resolved, ticket numbers spelled out, no hidden commands."""

from __future__ import annotations

import re
from collections.abc import Callable

_RUBY = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
_NUMBER = re.compile(r"\b([A-Z])(\d{3,4})(?!\d)", re.ASCII)
_JAPANESE = r"\u3040-\u30ff\u3400-\u9fff\uff00-\uffef、。々"
_SPACE = re.compile(r"[ \u2009\u3000]+")
_SPACE_BETWEEN = re.compile(rf"(?<=[{_JAPANESE}]) (?=[{_JAPANESE}])")

Phonemes = Callable[[str], str]
"""Text to phonemes separated by spaces, as OpenJTalk writes them: つらい → `ts u r a i`."""


def plain(text: str) -> str:
    """The text without ruby, ticket numbers spelled: a caller listens for "A, 0, 1, 2", not for "twelve"."""
    return _spelled(_RUBY.sub(r"\1", text))


def for_japanese(text: str, phonemes: Phonemes) -> str:
    """The text for OpenJTalk.

    Kanji are read best as kanji, since the dictionary knows their accent and where a word ends; the ruby is
    spoken only where the dictionary would read the kanji otherwise (方 as ホー where かた is meant). What
    stands around counts: 持 is ジ, in 持って it is モ. The spaces that part words on the screen go: they
    would be heard as pauses.
    """
    words = [_read_right(word, phonemes) for word in _SPACE.split(text)]
    return _spelled(_SPACE_BETWEEN.sub("", " ".join(words)))


def _read_right(word: str, phonemes: Phonemes) -> str:
    """The word with each ruby resolved to the kanji where they are read so, and to the ruby elsewhere."""
    while match := _RUBY.search(word):
        before, after = word[: match.start()], word[match.end() :]
        rest = _RUBY.sub(r"\1", after)
        as_kanji, as_ruby = (_sound(phonemes(before + said + rest)) for said in match.groups())
        word = before + match[1 if as_kanji == as_ruby else 2] + after
    return word


def for_espeak(text: str) -> str:
    """The text for espeak-ng, which would speak what stands between [[ and ]] as phonemes."""
    return plain(text).replace("[[", "[ ").replace("]]", " ]")


def _spelled(text: str) -> str:
    return _NUMBER.sub(lambda match: " ".join((match[1], *match[2])), text)


def _sound(phonemes: str) -> str:
    """Phonemes as heard: long vowels written either way and voiceless vowels are the same."""
    return phonemes.lower().replace("o u", "o o").replace("e i", "e e")
