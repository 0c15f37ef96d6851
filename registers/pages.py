"""外部核验: each register with its connection, what it was asked today, and what waits for it."""

from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Max

from registers.kinds import Register, Trouble, is_connected, line_of
from registers.limits import asked_today
from registers.models import Question, Reply
from ui.templatetags.ui import when

HEAD = ("数据来源", "接入情况", "今日查询", "待核验", "最近得到的结果", "没有得到结果的原因")
OFF = "未接入：没有配置接口，有关内容由人工核对"


def table_of_registers() -> dict[str, Any]:
    """One row for each register, for components/rows_table.html."""
    rows = [row_of(register) for register in Register]
    cells = [[(label, value, "") for label, value in zip(HEAD, row, strict=True)] for row in rows]
    return {"title": "接入和查询情况", "head": HEAD, "lines": cells, "total": None}


def row_of(register: Register) -> list[str]:
    """What the table says of one register."""
    line, latest = line_of(register), Reply.objects.filter(register=register).aggregate(at=Max("at"))["at"]
    waiting = list(
        Question.objects.filter(register=register, closed_at=None).order_by().values("trouble").annotate(n=Count("pk"))
    )
    return [
        register.label,
        (f"已接入：{urlsplit(line.address).netloc or '演示数据'}" if is_connected(register) else OFF),
        f"{asked_today(register)} 次，每日最多 {line.a_day} 次" if is_connected(register) else "—",
        f"{sum(row['n'] for row in waiting)} 项",
        when(latest),
        "、".join(f"{Trouble(row['trouble']).label} {row['n']} 项" for row in waiting if row["trouble"]) or "—",
    ]
