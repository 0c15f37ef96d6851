"""Open laboratories of a spreadsheet beside those of the portal: found, compared, listed, taken back."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import cast

from django.db.models import ProtectedError, Q
from django.db.models.functions import Length

from accounts.advisory import hold_name
from accounts.uscc import normalise
from catalog.mall.services import refresh_provider
from catalog.models import LabBatch, LabField, Laboratory, LabType, Product, Provider, Region, SheetRow
from catalog.search import search_text_of_laboratory
from catalog.sheets.kind import TOUCHED, Outcome, SheetKind, State, Verdict, Wrong, trailed
from catalog.sheets.laboratories import COLUMNS, LaboratoryRow
from catalog.sheets.reading import Line
from records.steps import write
from ui.figures import are_figures
from ui.names import as_compared
from ui.pinyin import sort_key

OF_PROVIDER = ("name", "region", "city", "address", "contact", "phone", "summary")
OF_LABORATORY = ("host_name", "host_uscc", "kind", "instruments", "status")
KEPT_BY_UNIT = frozenset(("address", "contact", "phone", "summary"))  # of a laboratory that keeps its own desk
FOR_NEW = ("region", "kind", "areas")
LABELS = {"region": Region, "kind": LabType, "status": Laboratory.Status}
PREFIX, FIGURES = "JJJ", 5
SEQUENCE = 4  # figures of a number that only counts the rows of a list
STANDS_ALREADY = "发布前平台上已经有了这家实验室（{number}），没有重复新增。请重新上传核对。"
HAS_SERVICES = "发布之后有人修改过，或已有服务、订单，没有删除，状态改为“退出”。"
NO_SUCH = "平台上没有编号 {number}。新的实验室请把“编号”留空，由平台编号；已在平台上的，请照平台的编号填写。"
OTHER_NUMBER = "表里的编号是 {number}，依托单位代码和名称却与平台上的 {other}（{name}）相同，请核对编号。"
OTHER_DAY = "第 {batch} 批已于 {day} 发布，表里写的是 {typed}，请改为同一天或留空。"
TWO_DAYS = "第 {batch} 批在{place}行写的发布日期是 {day}，这一行是 {typed}，请改为同一天。"
LACKING = "平台上还没有这家实验室，新增时请填写{names}。"
NO_DAY = "第 {batch} 批还没有发布日期，请填写“发布日期”。"
Key = tuple[str, str]  # credit code of the host, the name as it is compared


class LaboratoryKind(SheetKind[Laboratory]):
    """开放实验室: found by number, else by the code of the 依托单位 and the name."""

    columns = COLUMNS

    def prepare(self, lines: Sequence[Line]) -> None:
        """Fetch the laboratories of these numbers and hosts, and all batches."""
        self.form = LaboratoryRow()
        codes = {normalise(line.values["host_uscc"]) for line in lines}
        numbers = {line.values["number"].upper() for line in lines}
        found = self.known(Q(host_uscc__in=codes) | Q(number__in=numbers))
        self.by_key = {key: laboratory for laboratory in found for key in [key_of_laboratory(laboratory)]}
        self.by_number = {laboratory.number: laboratory for laboratory in found}
        self.days = {batch.number: batch.published_on for batch in LabBatch.objects.all()}
        self.typed_days: dict[int, tuple[dt.date, str]] = {}

    def known(self, which: Q) -> list[Laboratory]:
        """Laboratories with what stands in `state_of`."""
        return list(Laboratory.objects.filter(which).select_related("provider", "batch"))

    def judged(self, line: Line, row: SheetRow) -> None:
        """New, changed or the same; wrong where a cell is, or the list contradicts itself or the portal."""
        cleaned = self.checked(line, line.values)
        code, name = cleaned["host_uscc"], cleaned["name"]
        self.meet((code, as_compared(name)), line, "是同一家实验室（依托单位代码和名称都相同）")
        laboratory = self.found(cleaned.pop("number").upper(), (code, as_compared(name)))
        day, batch = cleaned.pop("published_on"), cleaned.pop("batch")
        if laboratory is None:
            batch = batch or self.sheet.batch
        if batch is not None:
            self.check_day(batch, day, line)
        data = {name: value for name, value in (cleaned | {"batch": batch}).items() if value}
        if laboratory is None:
            self.judge_new(row, data)
            return
        row.target = laboratory.pk
        self.meet(laboratory.pk, line, "是同一家实验室（编号相同）")
        self.compare(row, self.state_of(laboratory), self.to_write(laboratory, data))

    def lacking(self, line: Line) -> list[str]:
        """What a laboratory that the portal does not know lacks, where it is told which one is meant."""
        told = self.form.cleaned_data
        code, name = told.get("host_uscc", ""), told.get("name", "")
        known = line.values["number"] or (code, as_compared(name)) in self.by_key or not {code, name}.isdisjoint({""})
        empty = [] if known else [name for name in FOR_NEW if not line.values[name]]
        return [LACKING.format(names=self.names_of(empty))] if empty else []

    def found(self, number: str, key: Key) -> Laboratory | None:
        """The laboratory that is meant; a short number only counts the rows of a list."""
        by_key = self.by_key.get(key)
        if not number or (are_figures(number) and len(number) <= SEQUENCE):
            return by_key
        found = self.by_number.get(number)
        if found is None:
            raise Wrong(NO_SUCH.format(number=number))
        if by_key is not None and by_key.pk != found.pk:
            raise Wrong(OTHER_NUMBER.format(number=number, other=by_key.number, name=by_key))
        return found

    def check_day(self, batch: int, typed: dt.date | None, line: Line) -> None:
        """Raise Wrong where a batch would be published on two days, or on none."""
        day = self.days.get(batch)
        if typed is None and batch == self.sheet.batch:
            typed = self.sheet.published_on
        if day is not None and typed not in {None, day}:
            raise Wrong(OTHER_DAY.format(batch=batch, day=day, typed=typed))
        if day is not None:
            return
        if typed is None:
            if batch not in self.typed_days:
                raise Wrong(NO_DAY.format(batch=batch))
            return
        first, place = self.typed_days.setdefault(batch, (typed, f"第 {line.number} "))
        if first != typed:
            raise Wrong(TWO_DAYS.format(batch=batch, place=place, day=first, typed=typed))

    def judge_new(self, row: SheetRow, data: State) -> None:
        """A laboratory that the portal does not know; more is asked of it."""
        lacking = [name for name in FOR_NEW if not data.get(name)]
        if lacking:
            raise Wrong(LACKING.format(names=self.names_of(lacking)))
        day = self.days.get(data["batch"]) or self.typed_days[data["batch"]][0]
        row.verdict, row.data = Verdict.NEW, data | {"published_on": day.isoformat()}
        row.words = f"依托{data['host_name']}，第 {data['batch']} 批"

    def to_write(self, laboratory: Laboratory, data: State) -> State:
        """What the list may change of a known laboratory; the same name in another spelling is no change."""
        left = KEPT_BY_UNIT if laboratory.provider.unit_id else frozenset()
        now = self.state_of(laboratory)
        same = {name for name in ("name", "host_name") if as_compared(str(data[name])) == as_compared(str(now[name]))}
        return {name: value for name, value in data.items() if name not in left | same}

    def held(self, keys: Iterable[int | None]) -> dict[int, Laboratory]:
        """The laboratories, their providers held."""
        found = Laboratory.objects.filter(pk__in=list(keys))
        list(
            Provider.objects.select_for_update(of=("self",), no_key=True)
            .filter(laboratory__in=found)
            .order_by("pk")
            .values_list("pk")
        )
        return {laboratory.pk: laboratory for laboratory in found.select_related("provider", "batch")}

    def state_of(self, thing: Laboratory) -> State:
        """What stands of a laboratory."""
        state: State = {name: getattr(thing.provider, name) for name in OF_PROVIDER}
        state |= {name: getattr(thing, name) for name in OF_LABORATORY}
        return state | {"areas": list(thing.fields), "batch": thing.batch.number}

    def make(self, rows: list[SheetRow]) -> None:
        """New laboratories with their providers; of a batch that is not published yet they are not seen before the end."""
        hold_name("laboratory numbers")
        stands = {
            key_of_laboratory(laboratory): laboratory
            for laboratory in self.known(Q(host_uscc__in={row.data["host_uscc"] for row in rows}))
        }
        batches = self.batches_of({row.data["batch"] for row in rows})
        made: list[tuple[SheetRow, Laboratory]] = []
        for row in rows:
            other = stands.get((row.data["host_uscc"], as_compared(row.data["name"])))
            if other is not None:
                row.outcome, row.outcome_words = Outcome.LEFT, STANDS_ALREADY.format(number=other.number)
                continue
            laboratory = Laboratory(provider=Provider(uscc=row.data["host_uscc"], is_admitted=True))
            fill(laboratory, row.data, batches)
            made.append((row, laboratory))
        number_all([laboratory for _, laboratory in made])
        Provider.objects.bulk_create([laboratory.provider for _, laboratory in made])
        Laboratory.objects.bulk_create([laboratory for _, laboratory in made])
        for row, laboratory in made:
            row.target, row.outcome = laboratory.pk, Outcome.WRITTEN

    def batches_of(self, numbers: set[int]) -> dict[int, LabBatch]:
        """The batches; those that are new are written down, to be published at the end."""
        found = {batch.number: batch for batch in LabBatch.objects.filter(number__in=numbers)}
        for number in sorted(numbers - found.keys()):
            found[number] = LabBatch.objects.create(number=number)
            self.sheet.made_batches = sorted({*self.sheet.made_batches, number})
        return found

    def put(self, changes: list[tuple[Laboratory, State]]) -> None:
        """Write what changes, and what is searched after it."""
        batches = self.batches_of({data["batch"] for _, data in changes if "batch" in data})
        changed = [fill(laboratory, data, batches) for laboratory, data in changes]
        providers = [laboratory.provider for laboratory in changed]
        for provider in providers:
            provider.name_key = sort_key(provider.name)
        Provider.objects.bulk_update(providers, [*OF_PROVIDER, "name_key", "uscc"])
        search_again(changed)
        Laboratory.objects.bulk_update(changed, [*OF_LABORATORY, "fields", "batch", "search_text"])
        for laboratory, data in changes:
            if "name" in data:
                refresh_provider(laboratory.provider)

    def finish(self) -> None:
        """Publish the batches that were not."""
        rows = self.sheet.rows.filter(verdict=Verdict.NEW, outcome=Outcome.WRITTEN)
        days = dict(rows.values_list("data__batch", "data__published_on").distinct())
        for batch in LabBatch.objects.filter(number__in=days, published_on=None):
            batch.published_on = dt.date.fromisoformat(days[batch.number])
            batch.save(update_fields=["published_on"])

    def finish_undoing(self) -> None:
        """Take back the batches that this file has made, where nothing is in them."""
        LabBatch.objects.filter(number__in=self.sheet.made_batches, laboratories=None).delete()

    def touched(self, things: list[Laboratory]) -> set[int]:
        """Those that have a trail, or whose provider has."""
        providers = trailed([thing.provider for thing in things])
        return super().touched(things) | {thing.pk for thing in things if thing.provider_id in providers}

    def remove(self, thing: Laboratory, touched: set[int]) -> None:
        """Delete the laboratory with its provider."""
        if thing.pk in touched:
            raise ProtectedError(TOUCHED, {thing})
        thing.provider.delete()

    def put_away(self, thing: Laboratory) -> str:
        """A laboratory that somebody has worked with, or that orders or services name, leaves the list and keeps its row."""
        if thing.status != Laboratory.Status.REMOVED:
            thing.status = Laboratory.Status.REMOVED
            thing.save(update_fields=["status"])
            write(thing, "lab_removed", by=self.by, text=f"撤销表格“{self.sheet.name}”")
        return HAS_SERVICES

    def in_words(self, name: str, value: object) -> str:
        """Choices by their labels."""
        if name == "areas":
            return "、".join(LabField(one).label for one in cast("list[str]", value))
        return str(LABELS[name](value).label if name in LABELS and value else value)


def key_of_laboratory(laboratory: Laboratory) -> Key:
    """By what a laboratory is known beside its number."""
    return laboratory.host_uscc, as_compared(laboratory.provider.name)


def fill(laboratory: Laboratory, data: State, batches: dict[int, LabBatch]) -> Laboratory:
    """Let a laboratory and its provider hold what is given."""
    for name, value in data.items():
        if name in OF_PROVIDER:
            setattr(laboratory.provider, name, value)
        elif name in OF_LABORATORY:
            setattr(laboratory, name, value)
    if "host_uscc" in data:
        laboratory.provider.uscc = data["host_uscc"]
    laboratory.fields = data.get("areas", laboratory.fields)
    if "batch" in data:
        laboratory.batch = batches[data["batch"]]
    return laboratory


def number_all(laboratories: list[Laboratory]) -> None:
    """Give new laboratories the next numbers and their search text."""
    last = (
        Laboratory.objects.filter(number__regex=rf"^{PREFIX}[0-9]+$")
        .order_by(Length("number").desc(), "-number")
        .first()
    )
    start = int(last.number.removeprefix(PREFIX)) if last is not None else 0
    for number, laboratory in enumerate(laboratories, start + 1):
        laboratory.number = f"{PREFIX}{number:0{FIGURES}d}"
        laboratory.search_text = search_text_of_laboratory(laboratory, ())


def search_again(laboratories: list[Laboratory]) -> None:
    """Bring the search text of these laboratories up to date."""
    keys = [laboratory.provider_id for laboratory in laboratories]
    services: dict[int, list[str]] = {key: [] for key in keys}
    named = Product.objects.filter(provider__in=keys, status=Product.Status.ON_SALE)
    for provider, name in named.values_list("provider_id", "name"):
        services[provider].append(name)
    for laboratory in laboratories:
        laboratory.search_text = search_text_of_laboratory(laboratory, services[laboratory.provider_id])
