"""How what was typed into the mall's search is read: as it stands, then cut into words, else as far as it goes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import log, log2

from catalog.mall.lexicon import PIECES, Lexicon, is_long
from catalog.models import Shelf
from catalog.search import RUN, TIERS
from ui.limited import MANY, numbers_of, one_or_all
from ui.paging import MOST
from ui.reading import aside
from ui.words import HAN_WORD, Reading, covered, parts_of, query_words

STEEP = 1.5  # how much more a longer piece says
FEW = 20  # rows: where no more hold a word as it was typed, those that hold its parts are shown behind them
EARLY = 60  # rows among which a word that many hold is looked for first
RARE, SHARE = 10, 0.5  # what a rare word is worth; of what the best row holds, so much must be held

Group = tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """What is looked for, the strictest reading first, and what the page says where that is not simply what was typed."""

    readings: tuple[Reading, ...]
    note: str = ""
    is_whole: bool = True  # every word is met
    worth: Mapping[Group, int] = field(default_factory=dict)  # of the words, where not every one is met
    least: int = 0  # of what the words of a row must be worth
    held: int | None = None  # so many rows on the shelf meet it, up to one more than are counted; None: not known


def as_typed(typed: str, lexicon: Lexicon | None = None) -> Reading:
    """Every word, or what the curator says may stand in its place."""
    words = query_words(typed)
    return all_of(words, lexicon or Lexicon.of(words))


def all_of(words: Iterable[str], lexicon: Lexicon) -> Reading:
    """All of these words, each once, with what may stand in their places."""
    wanted = list(dict.fromkeys(words))
    groups = tuple(tuple(dict.fromkeys([word, *lexicon.in_place_of(word)])) for word in wanted)
    return Reading(groups, len(groups))


def cut_up(reading: Reading, lexicon: Lexicon) -> Reading:
    """The same with its long words cut into those of which they are made."""
    pieces = [piece for word in reading.words for piece in (cut(word, lexicon) or [word])]
    return all_of(pieces, lexicon) if pieces != reading.words else reading


def less_strictly(typed: Reading, found: int, lexicon: Lexicon | None = None) -> Read:
    """How to read what few rows hold as it was typed, or none."""
    parts = cut_up(typed, lexicon or Lexicon.of(typed.words))
    if parts == typed:
        return Read((typed,)) if found else with_most(typed)
    words, held = " ".join(parts.words), held_by(parts)
    if held <= found:
        return Read((typed,)) if found else with_most(parts)
    many = held if held > MOST else None  # those of both readings are perhaps more than those of this one
    if found:
        return Read((typed, parts), f"含有“{' '.join(typed.words)}”的服务在前，其后按 {words} 为您找到", held=many)
    left_out = set("".join(HAN_WORD.findall(" ".join(typed.words)))) - set(words)
    return Read((parts,), f"按 {words} 为您找到", is_whole=not left_out, held=held)


def held_by(reading: Reading) -> int:
    """How many rows on the shelf meet it, up to one more than are counted; of more what was found within the last minute."""
    found: int = MANY.fresh(reading) or aside(Shelf.objects.search(reading))[: MOST + 1].count()
    if found > MOST:
        MANY.keep(reading, found)
    return found


def finds_all(typed: str, lexicon: Lexicon) -> bool:
    """Whether something holds every word, as it is typed or cut."""
    words = query_words(typed)
    reading = all_of(words, lexicon)
    ways = list(dict.fromkeys([reading, cut_up(reading, lexicon)]))
    if not words or stands_early(ways):
        return bool(words)
    named = Shelf.objects.in_tier(ways[-1], TIERS[0])
    return one_or_all(named, Shelf.objects.search(*ways), 1)[1] > 0


def stands_early(ways: Sequence[Reading]) -> bool:
    """Whether one of the first rows meets one of them: of very common words the index gives all rows before the first is read."""
    first = Shelf.objects.order_by("place").values("pk")[:EARLY]
    return aside(Shelf.objects.filter(pk__in=first)).search_densely(*ways).exists()


def with_most(reading: Reading) -> Read:
    """The rows with most of the words, the rarer ones counting more."""
    some = {group: number for group, number in numbers(reading.groups).items() if number}
    if not some:
        return Read((reading,), is_whole=False, held=0)
    rare: list[Group] = []
    for group in sorted(some, key=lambda group: some[group]):
        if rare and sum(some[one] for one in (*rare, group)) > MOST:
            break
        rare.append(group)
    candidates = Reading(tuple(rare), 1)
    worth = {group: round(RARE * log2(2 * (MOST + 1) / number)) for group, number in some.items()}
    tiers = tiers_of(candidates, worth)
    least = round(-min(tiers, default=0) * SHARE)
    held = sum(number for tier, number in tiers.items() if tier <= -least) if sum(tiers.values()) <= MOST else None
    note = f"没有服务含有全部词语，下面的服务含有其中最多的：{'、'.join(group[0] for group in some)}"
    return Read((candidates,), note, is_whole=False, worth=worth, least=least, held=held)


def tiers_of(candidates: Reading, worth: Mapping[Group, int]) -> dict[int, int]:
    """What the words are worth that a row holds, the more the less, and how many rows; of as many as are counted and one more."""
    rows = aside(Shelf.objects.search(candidates))[: MOST + 1].with_worth(worth).values_list("tier", flat=True)
    return Counter(rows)


def numbers(groups: Sequence[Group]) -> dict[Group, int]:
    """How many rows on the shelf hold a word of each group, up to one more than are counted; asked in one query."""
    rest = [group for group in groups if not MANY.fresh(group)]
    found = dict(
        zip(rest, numbers_of([Shelf.objects.search(Reading((group,), 1)) for group in rest], MOST + 1), strict=True)
    )
    for group, number in found.items():
        if number > MOST:
            MANY.keep(group, number)
    return {group: found.get(group, MOST + 1) for group in groups}


def cut(word: str, lexicon: Lexicon) -> list[str]:
    """The words of two to four characters of which the word is made, as far as they are known; [] where it is not cut."""
    runs = [run.group() for run in RUN.finditer(word)]
    if len(runs) == 1 and not is_long(word):
        return []
    pieces = [piece for run in runs for piece in (_pieces(run, lexicon) if is_long(run) else [run])]
    return [piece for piece in pieces if len(piece) > 1]


def _pieces(run: str, lexicon: Lexicon) -> list[str]:
    known = {part: lexicon.weights[part] for part in parts_of(run, PIECES) - {run} if part in lexicon.weights}
    worth = {text: len(text) ** STEEP * log(1 + weight) for text, weight in known.items()}
    pieces = _joined(covered(run, worth))
    return [part for piece in pieces for part in ([piece] if piece in worth else twos(piece))]


def _joined(pieces: list[str]) -> Iterator[str]:
    """The pieces, single characters beside each other as one."""
    for is_single, some in groupby(pieces, key=lambda piece: len(piece) == 1):
        run = list(some)
        yield from ["".join(run)] if is_single else run


def twos(run: str) -> list[str]:
    """A run of which nothing is known, in pairs; one character says nothing."""
    return re.findall("..", run) + ([run[-2:]] if len(run) > 1 and len(run) % 2 else [])
