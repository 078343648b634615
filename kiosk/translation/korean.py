"""Korean particles follow the sound before them: 카드를, 카드가, but 연금을, 연금이."""

from __future__ import annotations

_PAIRS = (("이에요", "예요"), ("으로", "로"), ("을", "를"), ("이", "가"), ("은", "는"), ("과", "와"))
_FIRST, _LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8


def with_particle(word: str, following: str) -> str:
    """`word` followed by `following`, whose particle is put right: ("연금", "를 내요") → 연금을 내요."""
    last = ord(word[-1]) if word else 0
    if not _FIRST <= last <= _LAST:
        return word + following
    final = (last - _FIRST) % _FINALS
    for closed, opened in _PAIRS:
        for written in (closed, opened):
            rest = following[len(written) :]
            if following.startswith(written) and not (rest[:1] and _FIRST <= ord(rest[0]) <= _LAST):
                takes_open = final == 0 or (closed == "으로" and final == _RIEUL)
                return word + (opened if takes_open else closed) + rest
    return word + following
