"""Where the laboratories are: 北京, the districts of Tianjin and the cities of Hebei, drawn as tiles where a map has them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from catalog.mall.facets import with_more, without
from catalog.models import Region

JJJ = """
张家口 ... 承德 ... ...
... 北京 廊坊 唐山 秦皇岛
保定 雄安新区 天津 ... ...
石家庄 衡水 沧州 ... ...
邢台 邯郸 ... ... ...
"""
TIANJIN = """
... ... 蓟州区 ... ...
武清区 ... 宝坻区 宁河区 ...
北辰区 红桥区 河北区 东丽区 滨海新区
西青区 南开区 和平区 河东区 ...
静海区 ... 河西区 津南区 ...
"""
GAP = "..."
WHOLE = {"北京": Region.BEIJING, "天津": Region.TIANJIN}  # tiles of 京津冀 that are a region
UNKNOWN = "未注明"  # the area of what tells none
SHADES = 4

Counts = Mapping[tuple[str, str], int]  # (region, area) → laboratories


def named_in(drawing: str) -> list[str]:
    """The places of a drawing."""
    return [name for name in drawing.split() if name != GAP]


AREAS = {  # name → region
    **dict.fromkeys(named_in(TIANJIN), Region.TIANJIN),
    **dict.fromkeys((name for name in named_in(JJJ) if name not in WHOLE), Region.HEBEI),
}


@dataclass(frozen=True)
class Tile:
    """One place of a drawing; without a name a gap between places."""

    name: str = ""
    url: str = ""
    count: int | None = None  # None where nobody has counted
    shade: int = 0  # of SHADES, the more laboratories the darker
    active: bool = False


@dataclass(frozen=True)
class Drawing:
    """Tiles row by row, and the laboratories of whose place nothing finer is known."""

    label: str
    tiles: list[Tile]
    rest: Tile | None


def counted_at(counts: Counts, region: str = "", area: str = "") -> int:
    """The laboratories of a region or of a place in it; of all where none is named."""
    wanted = "" if area == UNKNOWN else area
    if region and area:
        return counts.get((region, wanted), 0)
    return sum(
        count
        for (its, place), count in counts.items()
        if (not region or its == region) and (not area or place == wanted)
    )


class Atlas:
    """Both drawings of one page of the list; counts: None where there are too many to be counted."""

    def __init__(self, query: QueryDict, counts: Counts | None, page: str = "") -> None:
        """page: the address of the list, where the tiles stand on another one."""
        self.counts, self.url = counts, page + without(query, ("region", "city"))
        self.now = query.get("region", ""), query.get("city", "")

    def drawings(self) -> list[Drawing]:
        """京津冀 by cities, and Tianjin by districts."""
        return [
            self.drawing("京津冀各地", JJJ, Region.HEBEI),
            self.drawing("天津各区", TIANJIN, Region.TIANJIN),
        ]

    def drawing(self, label: str, drawing: str, region: Region) -> Drawing:
        """One of them; region: whose laboratories may lie in none of its tiles."""
        places = {name: self.place(name) for name in named_in(drawing)}
        most = max((self.count(*place) or 0 for place in places.values()), default=0)
        tiles = [self.tile(name, *places[name], most) if name in places else Tile() for name in drawing.split()]
        rest = self.tile(f"{region.label}{UNKNOWN}地点", region, UNKNOWN, most) if self.count(region, UNKNOWN) else None
        return Drawing(label, tiles, rest)

    def place(self, name: str) -> tuple[str, str]:
        """(region, area) of a tile, as the parameters of the list name them."""
        return (WHOLE[name], "") if name in WHOLE else (AREAS[name], name)

    def count(self, region: str, area: str) -> int | None:
        """The laboratories of a tile."""
        return None if self.counts is None else counted_at(self.counts, region, area)

    def tile(self, name: str, region: str, area: str, most: int) -> Tile:
        """The tile leads to its laboratories with whatever else is asked; chosen already, it leads back to all."""
        count, active = self.count(region, area), self.now == (region, area)
        shade = round(SHADES * (count / max(most, count)) ** 0.5 + 0.4) if count else 0
        url = self.url if active else with_more(self.url, {"region": region, "city": area}) if count != 0 else ""
        return Tile(name, url, count, min(shade, SHADES), active)
