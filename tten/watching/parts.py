"""Every part that is looked at, in the order in which it is told, and what to do where it is wrong."""

from tten.watching import grounds, works
from tten.watching.found import Part

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PARTS = (
    Part(
        "database",
        "数据库",
        grounds.database,
        "请查看 PostgreSQL 是否在运行，它的日志和磁盘空间。恢复以前，网站只显示“系统暂时不能办理”，没有提交成功的内容会留在用户的页面上。",
    ),
    Part(
        "cache",
        "缓存",
        grounds.memory,
        "请查看 Valkey（或 Redis）是否在运行。恢复以前可以浏览和办理，但不能登录、不能发送验证码。",
    ),
    Part(
        "broker",
        "任务队列服务",
        grounds.broker,
        "请查看排队用的 Valkey（或 Redis）是否在运行。恢复以前，通知、短信和导出会推迟；它们保存在数据库里，不会丢失。",
    ),
    Part(
        "disk",
        "磁盘空间",
        grounds.disk,
        "请扩充磁盘，或清理不属于本站的文件。材料目录里的文件一个也不要删除。空间用完以后，上传会被退回，其他内容不受影响。",
    ),
    Part(
        "fonts",
        "字体和排版组件",
        grounds.fonts,
        f"请重新安装本站的程序文件，并运行 apt-get install {PACKAGES}。恢复以前不能导出兑现申请表和回执，其他照常。",
    ),
    Part(
        "clock",
        "时钟",
        grounds.clock,
        "请在这台服务器和数据库服务器上启用时间同步（chrony 或 systemd-timesyncd）。时钟校准以前，网站不接受提交，以免记错日期和期限。",
    ),
    Part(
        "queues",
        "后台任务",
        works.queues,
        "请查看负责这个队列的后台进程是否在运行，必要时重新启动它。没有做完的任务会继续做，不会重复。",
    ),
    Part(
        "beat",
        "定时任务",
        works.beat,
        "请启动 beat 进程，只启动一个。停止期间到期的事项在恢复以后补做；企业没有收到提醒的期限会顺延。",
    ),
    Part(
        "audit",
        "核对",
        works.proof,
        "有不符之处时，请保留现场，不要恢复备份，在“防篡改”查看是哪一条，通知审计人员。只是太久没有核对时，请运行 manage.py audit。",
    ),
    Part(
        "backup",
        "备份",
        works.backup,
        "请按《运维手册》设置备份，查看最近一次备份的日志，并立即手动备份一次。",
    ),
)
