"""What the viewer shows of a paper: a page as a picture, the data of an invoice as a table, or a true sentence."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from records.models import Document
from records.pictures.models import BROKEN, HEAVY, UNSHOWN, PagePicture, Pictured, table_of
from records.pictures.places import FULL, TURN, Place
from records.pictures.services import KINDS, is_kept, storage
from records.storing.kept import StoreAway

TRIES = 40  # how often a page asks whether its picture is there
WAITS = (500, 1000, 2000, 3000)  # milliseconds before each try; the last one for all further ones
LOAD = "请下载原件查看。"
SAID = {
    HEAVY: "这一页太大或太复杂，没有生成图像，" + LOAD,
    BROKEN: "这份材料的版面读不出来，没有生成图像，" + LOAD,
    UNSHOWN: "这一页里没有可以显示的图像，" + LOAD,
}
NO_KIND = "这种文件不能在页面里显示，" + LOAD
NO_PAGES = "这份文件没有可以显示的版面，下面是其中的数据；版式请下载原件，用相应的阅读器查看。"
DATA = "这是一份数据文件，没有版面，下面是其中的内容。"
NOTHING = "这份文件里没有可以显示的内容，" + LOAD
LATE = "图像还没有生成，可能正在排队。您可以稍后再看，或者下载原件。"
NO_SUCH_PAGE = "这份材料共 {} 页，没有第 {} 页，现在显示最后一页。"


@dataclass
class View:
    """One look at a paper; tries: how often the page has asked already."""

    paper: Document
    place: Place
    tries: int = 0
    pictured: Pictured | None = field(init=False)
    is_away: bool = field(init=False, default=False)  # the place for papers has not answered

    def __post_init__(self) -> None:
        self.pictured = Pictured.objects.filter(sha256=self.paper.sha256).first()

    @property
    def pages(self) -> int:
        """How many pages it has as pictures; 0 where that is not known, or it has none."""
        return (self.pictured and self.pictured.pages) or 0

    @property
    def page(self) -> int:
        """The page that is shown: the last one where more are asked for than there are."""
        return min(self.place.page, self.pages) if self.pages else self.place.page

    @cached_property
    def rows(self) -> dict[int, PagePicture]:
        """What is known of the page and of the next one, by its number."""
        if self.pictured is None or not self.pages:
            return {}
        return {row.number: row for row in self.pictured.pictures.filter(number__range=(self.page, self.page + 1))}

    @cached_property
    def picture(self) -> PagePicture | None:
        """The picture of the page, once there is one."""
        row = self.rows.get(self.page)
        return row if row and self._is_kept(row.number if row.width else None) and not self.is_away else None

    @property
    def wanted(self) -> int:
        """The page that the worker is to make: this one, or the next, so that it is there when somebody turns; 0 for none."""
        if self.is_lacking:
            return self.page
        turns_on = self.page < self.pages and self.page + 1 not in self.rows and not self.is_away
        return self.page + 1 if turns_on else 0

    @cached_property
    def is_lacking(self) -> bool:
        """Whether the worker has to make something before all is there that can be shown."""
        if self.paper.content_type not in KINDS or (self.pictured and self.pictured.trouble):
            return False
        if self.pictured is None or self.pictured.pages is None:
            return True
        is_drawn = self.picture is not None if self.pages else self.pictured.begun_at is None
        return not (is_drawn and self._is_kept(0)) and not self.is_away

    def _is_kept(self, number: int | None) -> bool:
        """Whether the picture of the page is there, or there is to be none (None); where nobody can say, it is let be."""
        try:
            return number is None or (self.pictured is not None and is_kept(self.pictured, number))
        except StoreAway:
            self.is_away = True
            return True

    @property
    def is_waiting(self) -> bool:
        """Whether the page asks again by itself."""
        return self.is_lacking and self.tries < TRIES

    @property
    def pause(self) -> int:
        """Milliseconds until it asks."""
        return WAITS[min(self.tries, len(WAITS) - 1)]

    @property
    def sentence(self) -> str:
        """Why there is no picture; "" where there is one, or one is on its way."""
        if self.paper.content_type not in KINDS:
            return NO_KIND
        if self.is_lacking:
            return "" if self.is_waiting else LATE
        if trouble := (self.pictured and self.pictured.trouble) or (self.picture and self.picture.trouble):
            return SAID[trouble]
        if self.pages:
            return ""
        if not (self.pictured and self.pictured.table):
            return NOTHING
        return DATA if KINDS[self.paper.content_type] == "xml" else NO_PAGES

    @property
    def beyond(self) -> str:
        """What is said where a page is asked for that there is not."""
        asked = self.place.page
        return NO_SUCH_PAGE.format(self.pages, asked) if self.pages and asked > self.pages else ""

    @cached_property
    def table(self) -> dict[str, Any]:
        """{rows: [(how deep, label, value or None)], left: how many have no place} of an invoice's data; {} where there is none."""
        if self.pictured is None or not self.pictured.table or self.page > 1:
            return {}
        try:
            with storage().open(table_of(self.pictured.sha256)) as content:
                told: dict[str, Any] = json.load(content)
        except OSError:
            return {}
        return told

    @property
    def box(self) -> dict[str, str] | None:
        """The marked box in pixels of the picture."""
        box, picture = self.place.box, self.picture
        if box is None or picture is None or self.page != self.place.page:
            return None
        wide, high = picture.width, picture.height
        sides = {"x": box.left * wide, "y": box.top * high}
        sides |= {"width": (box.right - box.left) * wide, "height": (box.bottom - box.top) * high}
        return {name: f"{value:.1f}" for name, value in sides.items()}

    @property
    def lying(self) -> dict[str, Any]:
        """How the picture lies as it is turned: width and height of the whole, and its transformation."""
        wide, high = (self.picture.width, self.picture.height) if self.picture else (0, 0)
        turn = self.place.turn
        moved = {90: f"translate({high} 0)", 180: f"translate({wide} {high})", 270: f"translate(0 {wide})"}
        across = turn in {90, 270}
        return {
            "width": high if across else wide,
            "height": wide if across else high,
            "transform": f"{moved[turn]} rotate({turn})" if turn else "",
        }

    def _to(self, place: Place, name: str = "paper") -> str:
        query = place.query()
        return reverse(name, args=[self.paper.pk]) + (f"?{query}" if query else "")

    @cached_property
    def urls(self) -> dict[str, str]:
        """Where its links lead; "" where there is no page."""
        turn, page, args = self.place.turn, self.page, [self.paper.pk]
        here = Place(page, self.place.box, turn)
        picture = reverse("paper_picture", args=[self.paper.pk, page])
        return {
            "here": self._to(here),
            "wait": self._to(here, "paper_wait"),
            "part": reverse("paper_part", args=args),
            "before": self._to(Place(page - 1, None, turn)) if page > 1 else "",
            "next": self._to(Place(page + 1, None, turn)) if page < self.pages else "",
            "turned": self._to(Place(page, self.place.box, (turn + TURN) % FULL)),
            "picture": picture,
            "zoom": f"{picture}?size=zoom",
            "original": reverse("document", args=args),
        }
