"""How what was typed into the mall's search is read: as it stands, then cut into words, else as far as it goes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import log, log2

from django.db.models import Min

from catalog.models import KnownWord, Shelf, Synonym
from catalog.search import RUN
from ui.limited import numbers_of
from ui.paging import MOST
from ui.words import HAN_WORD, Reading, covered, parts_of, query_words

PIECES = range(2, 5)  # characters of a word that a longer one may be made of
CUT_FROM = 4  # characters of a word that may be cut
STEEP = 1.5  # how much more a longer piece says
FEW = 20  # rows: where no more hold a word as it was typed, those that hold its parts are shown behind them
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


def as_typed(typed: str) -> Reading:
    """Every word, or what the curator says may stand in its place."""
    return all_of(query_words(typed))


def all_of(words: Iterable[str]) -> Reading:
    """All of these words, each once, with what may stand in their places."""
    wanted = list(dict.fromkeys(words))
    ways = Synonym.objects.within(wanted) if wanted else {}
    groups = tuple(tuple(dict.fromkeys([word, *ways[word]])) for word in wanted)
    return Reading(groups, len(groups))


def cut_up(reading: Reading) -> Reading:
    """The same with its long words cut into those of which they are made."""
    pieces = [piece for word in reading.words for piece in (cut(word) or [word])]
    return all_of(pieces) if pieces != reading.words else reading


def less_strictly(typed: Reading, found: int) -> Read:
    """How to read what few rows hold as it was typed, or none."""
    parts = cut_up(typed)
    if parts == typed:
        return Read((typed,)) if found else with_most(typed)
    words, held = " ".join(parts.words), Shelf.objects.search(parts)[: FEW + found].count()
    if held <= found:
        return Read((typed,)) if found else with_most(parts)
    if found:
        return Read((typed, parts), f"含有“{' '.join(typed.words)}”的服务在前，其后按 {words} 为您找到")
    left_out = set("".join(HAN_WORD.findall(" ".join(typed.words)))) - set(words)
    return Read((parts,), f"按 {words} 为您找到", is_whole=not left_out)


def finds_all(typed: str) -> bool:
    """Whether something holds every word, as it is typed or cut."""
    reading = as_typed(typed)
    return is_there(reading) or is_there(cut_up(reading))


def with_most(reading: Reading) -> Read:
    """The rows with most of the words, the rarer ones counting more."""
    held = {group: number for group, number in numbers(reading.groups).items() if number}
    if not held:
        return Read((reading,), is_whole=False)
    rare: list[Group] = []
    for group in sorted(held, key=lambda group: held[group]):
        if rare and sum(held[one] for one in (*rare, group)) > MOST:
            break
        rare.append(group)
    candidates = Reading(tuple(rare), 1)
    worth = {group: round(RARE * log2(2 * (MOST + 1) / number)) for group, number in held.items()}
    best = Shelf.objects.search(candidates)[: MOST + 1].with_worth(worth).aggregate(best=Min("tier"))["best"] or 0
    note = f"没有服务含有全部词语，下面的服务含有其中最多的：{'、'.join(group[0] for group in held)}"
    return Read((candidates,), note, is_whole=False, worth=worth, least=round(-best * SHARE))


def is_there(reading: Reading) -> bool:
    """Whether anything on the shelf meets it."""
    return bool(reading.groups) and Shelf.objects.search(reading).exists()


def numbers(groups: Sequence[Group]) -> dict[Group, int]:
    """How many rows on the shelf hold a word of each group, up to one more than are counted; asked in one query."""
    found = numbers_of([Shelf.objects.search(Reading((group,), 1)) for group in groups], MOST + 1)
    return dict(zip(groups, found, strict=True))


def cut(word: str) -> list[str]:
    """The words of two to four characters of which the word is made, as far as they are known; [] where it is not cut."""
    runs = [run.group() for run in RUN.finditer(word)]
    if len(runs) == 1 and not is_long(word):
        return []
    pieces = [piece for run in runs for piece in (_pieces(run) if is_long(run) else [run])]
    return [piece for piece in pieces if len(piece) > 1]


def is_long(run: str) -> bool:
    """Whether it may be several words."""
    return len(run) >= CUT_FROM and HAN_WORD.fullmatch(run) is not None


def _pieces(run: str) -> list[str]:
    known = KnownWord.objects.filter(text__in=parts_of(run, PIECES) - {run})
    worth = {text: len(text) ** STEEP * log(1 + weight) for text, weight in known.values_list("text", "weight")}
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
