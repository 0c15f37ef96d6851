"""What the trail calls the acts on an announcement."""

from notifications.models import Announcement
from records.kinds import Kind, kind_of


@kind_of(Announcement)
class AnnouncementKind(Kind):
    """通知公告."""

    page = "announcement_detail"
    steps = {
        "announcement_kept": "起草通知公告",
        "announcement_confirmed": "确认发送通知公告",
        "announcement_stopped": "停止发送通知公告",
        "announcement_dropped": "删除通知公告草稿",
        "announcement_ended": "通知公告发送结束",
    }
