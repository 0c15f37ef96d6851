"""The portal as it is set up, with the floor page, the counter and the undoing of what a bench has posted."""

from tten import settings as own
from tten.settings import *  # noqa: F403
from tten.settings import MEDIA_ROOT, MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.middleware.BenchMiddleware", *MIDDLEWARE]
STATIC_ROOT = MEDIA_ROOT.parent / "static"  # the bench's own, hashed and compressed as in production
MONEY_REAUTH_SECONDS = STAFF_IDLE_SECONDS = 86400  # asked as ever, but nobody signs in twice in a run
LIMITS = {
    what: (10**9, seconds) for what, (_, seconds) in getattr(own, "LIMITS", {}).items()
}  # counted as ever, but passed by nobody
