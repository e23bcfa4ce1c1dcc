"""How many guesses a password withstands, estimated as zxcvbn does by the cheapest chain of patterns (X1).

A listed word, what others know of the person, a run, a keyboard row, a year, a repetition: each is one link
and costs few guesses. Anything else costs a factor of ten a character.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise, product
from math import factorial

#: With the stored hash, fewer can be tried in hours; a little above where zxcvbn begins to call it safe.
ENOUGH_GUESSES = 2 * 10**8
#: The rest of a longer password is ignored: by then it is strong enough, or a chain already.
_LOOKED_AT = 40
_MOST_LINKS = 8
_A_SIGN = 10
#: What each further link costs somebody who does not know how many there are.
_FURTHER = 10_000
_ROWS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm", "qwertzuiop", "1234567890", "!@#$%^&*()", '!"#¤%&/()=')
#: How people disguise a letter; reverted before the words are looked up.
_DRESS = str.maketrans("0134578@$!", "oieastbasi")
_SHORTEST_WORD = 3

#: By where a link begins: where it ends, and its guesses.
_Links = Mapping[int, list[tuple[int, float]]]


def guesses(password: str, words: Mapping[str, int], known: Collection[str] = ()) -> float:
    """`words` with their place in the list, from 1; `known`: what others know of the person, in pieces."""
    typed = password[:_LOOKED_AT]
    ranks = {**words, **{part.casefold(): 1 for part in known if len(part) >= _SHORTEST_WORD}}
    links = _links(typed, ranks)
    size = len(typed)
    # The cheapest chain of n links up to each character.
    best: list[dict[int, float]] = [{0: 1.0}] + [{} for _ in range(size)]
    for start in range(size):
        for many, cost in best[start].items():
            if many == _MOST_LINKS:
                continue
            plain = [(end, float(_A_SIGN ** (end - start))) for end in range(start + 1, size + 1)]
            for end, price in plain + links.get(start, []):
                if cost * price < best[end].get(many + 1, float("inf")):
                    best[end][many + 1] = cost * price
    chains = best[size].items()
    return min((factorial(n) * cost + _FURTHER ** (n - 1) for n, cost in chains), default=1.0)


def _links(typed: str, ranks: Mapping[str, int]) -> _Links:
    found: dict[int, list[tuple[int, float]]] = {}
    lower = typed.casefold()
    if len(lower) != len(typed):
        # A letter that becomes two in lower case: positions would no longer match.
        lower = typed.lower() if len(typed.lower()) == len(typed) else typed
    forms = (lower, lower.translate(_DRESS))
    for start, size in product(range(len(typed)), range(2, len(typed) + 1)):
        end = start + size
        if end > len(typed):
            continue
        part = lower[start:end]
        prices = [*_as_run(part), *_as_year(part), *_as_repeat(part)]
        for n, form in enumerate(forms):
            rank = ranks.get(form[start:end]) or ranks.get(form[start:end][::-1])
            if rank is not None and size >= _SHORTEST_WORD:
                dressed = 2 if n and form[start:end] != part else 1
                prices.append(float(rank * dressed * (2 if typed[start:end] != part else 1)))
        if prices:
            found.setdefault(start, []).append((end, min(prices)))
    return found


def _as_run(part: str) -> Iterator[float]:
    """abcd, 4321, qwert: any row in any direction."""
    steps = {ord(b) - ord(a) for a, b in pairwise(part)}
    if len(part) >= 3 and len(steps) == 1 and steps <= {-1, 1}:
        yield 20.0 * len(part)
    if len(part) >= 3 and any(part in row or part[::-1] in row for row in _ROWS):
        yield 50.0 * len(part)


def _as_year(part: str) -> Iterator[float]:
    if len(part) == 4 and part.isdecimal() and part.startswith(("19", "20")):
        yield 100.0
    # A date in six or eight digits.
    if len(part) in (6, 8) and part.isdecimal() and 1 <= int(part[:2]) <= 31 and 1 <= int(part[2:4]) <= 12:
        yield 36_500.0


def _as_repeat(part: str) -> Iterator[float]:
    """A repetition; its first part costs what it would cost alone."""
    for size in range(1, len(part) // 2 + 1):
        if len(part) % size == 0 and part == part[:size] * (len(part) // size):
            yield float(_A_SIGN**size * (len(part) // size))
            return
