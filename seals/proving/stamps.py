"""Stamps: each is of the text of its checkpoint, by somebody whose certificate leads to the roots of the settings."""

from collections.abc import Iterator

from django.conf import settings

from records.walking import walked
from seals.models import Stamp
from seals.stamping import NotStamped, read


def stamps() -> Iterator[str]:
    """Stamps that do not hold; none where no roots are set, by which they could be judged."""
    if not settings.SEALING["stamp_roots"]:
        return
    for stamp in walked(Stamp.objects.select_related("checkpoint"), 500):
        try:
            is_true = read(bytes(stamp.reply), stamp.checkpoint.text).at == stamp.at
            why = "" if is_true else "时间与登记的不符"
        except NotStamped as trouble:
            why = str(trouble)
        if why:
            yield f"时间戳 {stamp.pk}（检查点 {stamp.checkpoint.size}）：{why}。"
