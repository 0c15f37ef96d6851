"""What is said where a file cannot be kept or read: it is gone, or the place for it does not answer."""

from django.conf import settings

from records.rules import RuleBroken

LATER = f"请稍后再试；一直不行请联系技术支持 {settings.SUPPORT_PHONE}。"
NOT_STORED = "文件“{}”没有保存成功：存放材料的地方暂时写不进去，其他内容没有改动。" + LATER
LOST = "文件“{}”现在打不开：它不在存放材料的地方。" + LATER
AWAY = "文件“{}”暂时打不开：存放材料的地方现在没有应答，没有改动任何内容。" + LATER


def file_lost(name: str, trouble: OSError | None = None) -> RuleBroken:
    """What is said where the file of a stored paper cannot be read, by what came of trying."""
    if trouble is None or isinstance(trouble, FileNotFoundError):
        return RuleBroken("R-LOST", LOST.format(name))
    return RuleBroken("R-AWAY", AWAY.format(name))
