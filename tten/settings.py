"""Every setting, once, from the environment; safe by default. docs/settings.md is drawn from this file."""

from pathlib import Path

from csp.constants import NONE, SELF

from tten.clock import SCHEDULE
from tten.outside import asking, backups, limits, line_beside, notices, paper_store, registers, replica, sealing
from tten.patience import ONCE_MORE, PATIENCE, broker_options, line_options
from tten.queues import ROUTES
from tten.secret_files import FileEnv
from tten.watching.conf import logging_of, watching

env = FileEnv()
BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.bool("DEBUG", default=False)  # developer pages; never in production
DEMO = env.bool("DEMO", default=False)  # shows the demo accounts on the login page
SECRET_KEY = env.str("SECRET_KEY", default="only-for-debug-" * 4 if DEBUG else FileEnv.NOTSET)  # signs
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"])  # names of the site
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])  # its addresses behind a proxy
HTTPS = env.bool("HTTPS", default=not DEBUG)  # redirects, HSTS and secure cookies; off only on loopback

INSTALLED_APPS = [
    "tten",
    "backups",
    "seals",
    "help",
    "news",
    "redemption",
    "vouchers",
    "orders",
    "catalog",
    "accounts",
    "accounts.login.wechat",
    "papers",
    "registers",
    "reviews",
    "notifications",
    "records",
    "policy",
    "ui",
    "tten.apps.TtenAdminConfig",  # django.contrib.admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "accounts.security.sessions.apps.DevicesConfig",  # allauth.usersessions
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
]

MIDDLEWARE = [
    "tten.watching.middleware.WatchMiddleware",
    "tten.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tten.packing.PackingMiddleware",
    "csp.middleware.CSPMiddleware",
    "tten.outages.PatientMiddleware",
    "tten.outages.SessionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tten.replica.positions.PositionMiddleware",
    "accounts.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.GuardMiddleware",
    "tten.dear.DearMiddleware",
    "tten.middleware.ReceivedMiddleware",
    "tten.middleware.OnceMiddleware",
    "tten.middleware.PlainTextMiddleware",
    "tten.middleware.NotAllowedMiddleware",
    "tten.middleware.RuleBrokenMiddleware",
    "tten.outages.OutageMiddleware",
    "tten.watching.middleware.ViewMiddleware",
]

ROOT_URLCONF = "tten.urls"
WSGI_APPLICATION = "tten.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tten.context.frame",
                "accounts.security.idle.idle",
            ],
            "builtins": ["ui.templatetags.contacts", "ui.templatetags.sending"],
        },
    }
]
POLICY_PHONE = env.str("POLICY_PHONE", default="23532900-836/821")  # 政策咨询, as every page and notice names it
SUPPORT_PHONE = env.str("SUPPORT_PHONE", default="23532900-817")  # 技术支持
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

DATABASES = {"default": env.db("DATABASE_URL")}  # PostgreSQL: postgres://user:password@host:5432/name
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)  # seconds a connection is kept
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # one that has gone meanwhile is made anew before a page uses it
DATABASE_ROLE = env.str("DATABASE_ROLE", default="command")  # web, worker, migrate or command (tten/patience.py)
STATEMENT_SECONDS = env.int("STATEMENT_SECONDS", default=PATIENCE[DATABASE_ROLE][0])  # the longest statement; 0: no end
LOCK_SECONDS = env.int("LOCK_SECONDS", default=PATIENCE[DATABASE_ROLE][1])  # the longest wait for a lock
IDLE_SECONDS = env.int("IDLE_SECONDS", default=PATIENCE[DATABASE_ROLE][2])  # the longest rest within a transaction
POOLED = env.bool("POOLED", default=False)  # PgBouncer stands before the database and lends a server for a transaction
LINE_SECONDS = (STATEMENT_SECONDS, LOCK_SECONDS, IDLE_SECONDS)
DATABASES["default"] |= line_options(DATABASE_ROLE, LINE_SECONDS, pooled=POOLED, given=DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")  # Redis or Valkey, cache and broker: redis://:password@host:6379/0
CACHE_SECONDS = env.float("CACHE_SECONDS", default=1.0)  # seconds to wait for the cache, which only limits need
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "tten",
        "OPTIONS": {"socket_connect_timeout": CACHE_SECONDS, "socket_timeout": CACHE_SECONDS},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a page needs no cache, and an ended session stays ended
SESSION_COOKIE_AGE = env.int("SESSION_SECONDS", default=8 * 3600)  # seconds after the last page until a login ends

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True  # at most so often: tten/celery.py
CELERY_TASK_ROUTES = ROUTES
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # a worker holds no more than it works at
BROKER_SECONDS = env.float("BROKER_SECONDS", default=2.0)  # seconds to wait for the broker after a commit
VISIBLE_SECONDS = env.int("VISIBLE_SECONDS", default=600)  # seconds until a vanished worker's task goes to another
CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(BROKER_SECONDS, visible=VISIBLE_SECONDS)
CELERY_TASK_PUBLISH_RETRY_POLICY = ONCE_MORE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULER = "tten.beating:OneScheduler"
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = SCHEDULE

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.offices.backends.DutyBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.UnlikePersonValidator"},
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.UncommonValidator"},
    {"NAME": "accounts.passwords.MixedPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.login.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "phone*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "reauthenticate": "accounts.security.second_factor.forms.PasswordForm",
    "login": "accounts.login.account_forms.LoginForm",
    "signup": "accounts.login.account_forms.SignupForm",
    "change_password": "accounts.login.account_forms.ChangePasswordForm",
    "set_password": "accounts.login.account_forms.SetPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PHONE_VERIFICATION_ENABLED = True  # by accounts/login/codes.py, before there is an account
ACCOUNT_PREVENT_ENUMERATION = True  # user names are public handles, numbers and mailboxes are not (ADR 0060)
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
LOCK_TRIES, LOCK_MINUTES = 5, 15  # wrong proofs that stop an account and an address, and for how long
ACCOUNT_RATE_LIMITS = {  # of an address, counted in the cache; those of an account are rows (accounts/login/lockout.py)
    "login_failed": f"60/{LOCK_MINUTES}m/ip",
    "login": "60/m/ip",
    "reset_password": "20/h/ip,5/h/key",
    "second_factor": f"{LOCK_TRIES}/{LOCK_MINUTES}m/key",  # of one account, from whatever address
}
ALLAUTH_USER_CODE_FORMAT = {"length": 6, "numeric": True, "dashed": False}
CODE_MINUTES = 5  # for which a code is good
CODE_SECONDS = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = CODE_MINUTES * 60
CODE_TRIES = ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
SIGN_IN_DAYS = env.int("SIGN_IN_DAYS", default=366)  # days that the login history is kept, 183 at least
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # proxies whose X-Forwarded-For is believed
MFA_ADAPTER = "accounts.security.second_factor.services.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # half minutes by which a phone's clock may differ
MFA_FORMS = {
    "activate_totp": "accounts.security.second_factor.forms.ActivateForm",
    "authenticate": "accounts.security.second_factor.forms.AuthenticateForm",
    "reauthenticate": "accounts.security.second_factor.forms.ReauthenticateForm",
    "add_webauthn": "accounts.security.second_factor.forms.AddPasskeyForm",
    "authenticate_webauthn": "accounts.security.second_factor.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "accounts.security.second_factor.forms.ReauthenticatePasskeyForm",
}
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEMO)  # reviewers and administrators need one
STAFF_IDLE_SECONDS = env.int("STAFF_IDLE_SECONDS", default=1800)  # seconds without a page until staff prove themselves
STAFF_SINGLE_SESSION = env.bool("STAFF_SINGLE_SESSION", default=False)  # a staff member's sign-in ends his others
MONEY_REAUTH_SECONDS = env.int("MONEY_REAUTH_SECONDS", default=900)  # seconds a proof holds; 0 = never asked
DELETION_DAYS = env.int("DELETION_DAYS", default=15)  # days of reflection before an account is deleted
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "user_center"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_FROM_SOURCE = env.bool("STATIC_FROM_SOURCE", default=DEBUG or DEMO)  # no collectstatic: files as they lie
STATIC_URL, STATICFILES_DIRS = "static/", [BASE_DIR / "static"]
STATIC_ROOT = None if STATIC_FROM_SOURCE else BASE_DIR / "var" / "static"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=BASE_DIR / "var/media"))  # papers, outside the web root
AS_THEY_LIE, NAMED_ONCE = "django.contrib.staticfiles.storage.StaticFilesStorage", "ui.static.NamedOnceStorage"
STORAGES = {
    "default": paper_store(env),
    "staticfiles": {"BACKEND": AS_THEY_LIE if STATIC_FROM_SOURCE else NAMED_ONCE},
}
WHITENOISE_USE_FINDERS = STATIC_FROM_SOURCE
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "records.receiving.DiskHandler"]
ROWS_SHOWN = max(env.int("ROWS_SHOWN", default=20), 1)  # rows of a long table that stand on a page at a time
UPLOADS_A_DAY = env.int("UPLOADS_A_DAY", default=200)  # papers that one person may upload in a day
UPLOAD_MB_A_DAY = env.int("UPLOAD_MB_A_DAY", default=500)  # and their megabytes
DROPPED_AT_ONCE = env.int("DROPPED_AT_ONCE", default=20)  # files that wait beside a claim's lists to become rows
SHEET_DAYS = env.int("SHEET_DAYS", default=30)  # for which the file of a 表格导入 is kept; its rows stay
DESK_ACT_ROWS = env.int("DESK_ACT_ROWS", default=20_000)  # rows of one act at a desk of the catalog
READ_PAPERS = env.bool("READ_PAPERS", default=True)  # a worker reads the facts of every paper that is attached
READING_SECONDS = env.int("READING_SECONDS", default=20)  # seconds of CPU that reading one paper may take
READING_MEGABYTES = env.int("READING_MEGABYTES", default=320)  # megabytes of data that it may hold, beside code
READING_PAGES = env.int("READING_PAGES", default=20)  # pages of a paper that are read
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

MAIL_CARRIER = "accounts.login.demo_mail.EmailBackend" if DEMO else "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=MAIL_CARRIER)  # carrier
DEMO_MAIL_FILE = Path(env.str("DEMO_MAIL_FILE", default=BASE_DIR / "var/mail.log"))  # where a demo writes its mails
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")  # mail server
EMAIL_PORT = env.int("EMAIL_PORT", default=25)  # its port
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")  # account there
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")  # and its password
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)  # STARTTLS
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds to wait for it
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="tten@localhost")  # sender

SMS_CARRIER = "accounts.sms.gateways.to_file" if DEMO else "accounts.sms.gateways.to_console"
SMS_BACKEND = env.str("SMS_BACKEND", default=SMS_CARRIER)  # a function by its path; accounts.sms.aliyun.to_aliyun sends
SMS_FILE = Path(env.str("SMS_FILE", default=BASE_DIR / "var/sms.log"))  # where `to_file` writes them
SMS_ADDRESS = env.str("SMS_ADDRESS", default="https://dysmsapi.aliyuncs.com")  # of the gateway
SMS_KEY = env.str("SMS_KEY", default="")  # access key id there
SMS_SECRET = env.str("SMS_SECRET", default="")  # and its secret, signs each message
SMS_SIGN = env.str("SMS_SIGN", default="天津科服网")  # approved signature before each text
SMS_TEMPLATES = env.dict("SMS_TEMPLATES", default={})  # code=SMS_1,taken=SMS_2,…: accounts/sms/words.py lists the names
REGISTERS, ASKING, NOTICES, SEALING = registers(env, demo=DEMO), asking(env), notices(env), sealing(env)
BACKUPS, WATCH, LIMITS, REPLICA = backups(env), watching(env), limits(env), replica(env)
DATABASES |= line_beside(DATABASES["default"], REPLICA["url"])  # nothing where no replica is set
DATABASE_ROUTERS = ["tten.replica.router.Router"]

WECHAT_APP_ID = env.str("WECHAT_APP_ID", default="")  # of the website application; empty: no 微信登录
WECHAT_SECRET = env.str("WECHAT_SECRET", default="")  # its AppSecret
WECHAT_AUTHORIZE_URL = env.str("WECHAT_AUTHORIZE_URL", default="https://open.weixin.qq.com/connect/qrconnect")  # page
WECHAT_TOKEN_URL = env.str("WECHAT_TOKEN_URL", default="https://api.weixin.qq.com/sns/oauth2/access_token")  # of a code
WECHAT_PROFILE_URL = env.str("WECHAT_PROFILE_URL", default="https://api.weixin.qq.com/sns/userinfo")  # token to person
SOCIALACCOUNT_ADAPTER = "accounts.login.wechat.adapter.SocialAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5  # seconds

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0  # seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # a proxy ends TLS and sets X-Forwarded-Proto itself
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tten.views.csrf_failure"
CONTENT_SECURITY_POLICY = {  # of pages; tten/headers.py has the rest
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = logging_of(env, line=DEBUG or DEMO, role=DATABASE_ROLE)

ICP_NUMBER = env.str("ICP_NUMBER", default="津ICP备00000000号")  # shown in the footer
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")  # base of the links in mails
