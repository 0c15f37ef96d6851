"""A browser as people call it, for the lists of sign-ins and of devices."""

BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg/", "Edge"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("HeadlessChrome", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def in_words(agent: str) -> str:
    """The browser of a User-Agent as people call it, such as Chrome，Windows 电脑."""
    named = [next((words for sign, words in table if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return "，".join(filter(None, named)) or "其他浏览器"
