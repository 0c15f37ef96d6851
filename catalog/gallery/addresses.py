"""Where the made sizes of a picture are found, and what a page writes to show one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from catalog.models.gallery import Picture, fitted
from records.pictures.sizes import CARD, LARGE, PAGE

SAMPLE = "0" * 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a page shows it."""

    key: str
    width: int
    height: int
    words: str

    @property
    def card(self) -> str:
        """The address of the smallest."""
        return address(self.key, CARD)

    @property
    def page(self) -> str:
        """Of that as wide as a page shows it."""
        return address(self.key, PAGE)

    @property
    def large(self) -> str:
        """Of the largest."""
        return address(self.key, LARGE)

    @property
    def card_size(self) -> tuple[int, int]:
        """(width, height) of the smallest."""
        return fitted(self.width, self.height, CARD)

    @property
    def page_size(self) -> tuple[int, int]:
        """(width, height) of that as wide as a page shows it."""
        return fitted(self.width, self.height, PAGE)


def shown(picture: Picture) -> Shown | None:
    """The picture as a page shows it; None until it is made."""
    return Shown(picture.key, picture.width, picture.height, picture.words) if picture.made_at else None


def all_shown(pictures: Iterable[Picture]) -> list[Shown]:
    """Those of them that are made."""
    return [one for one in map(shown, pictures) if one]


def address(key: str, size: str) -> str:
    """Where the made size is fetched."""
    return sample_address(size).replace(SAMPLE, key)


@lru_cache(maxsize=8)
def sample_address(size: str) -> str:
    """The address of one picture: working out that of each costs more than drawing its card."""
    return reverse("mall_picture", args=[size, SAMPLE])
