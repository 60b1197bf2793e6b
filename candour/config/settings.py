"""Settings. Everything that differs between installations is read from the environment; docs/settings.md lists it."""

import os

from csp.constants import NONE, SELF

from candour.config.environment import refuse_mistakes
from candour.config.home import database, home

refuse_mistakes(os.environ)

HOME = home()
DEBUG = False
DEMO = os.environ.get("CANDOUR_DEMO") == "1"
SECRET_KEY = os.environ.get("CANDOUR_SECRET_KEY", "")
if not SECRET_KEY:
    from candour.config.secret import kept_secret

    SECRET_KEY = kept_secret(HOME)
ALLOWED_HOSTS = os.environ.get("CANDOUR_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in {"127.0.0.1", "localhost", "[::1]"}]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_htmx",
    "candour.config",
    "candour.kernel.history",
    "candour.kernel.jobs",
    "candour.kernel.people",
    "candour.kernel.access",
    "candour.kernel.web",
    "candour.kernel.scales",
    "candour.kernel.records",
    "candour.kernel.actions",
    "candour.kernel.evidence",
    "candour.kernel.notices",
    "candour.kernel.establishment",
    "candour.kernel.service",
    "candour.kernel.papers",
    "candour.kernel.intake",
    "candour.kernel.publication",
    "candour.kernel.signin",
    "candour.boards",
    "candour.risks",
    "candour.audits",
    "candour.performance",
    "candour.finance",
    "candour.plan",
    "candour.commissioning",
    "candour.inspections",
    "candour.recommendations",
    "candour.desk",
    "candour.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "candour.kernel.signin.middleware.lifetime",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "candour.kernel.web.middleware.readable",
    "candour.kernel.access.middleware.actor",
]

ROOT_URLCONF = "candour.config.urls"
WSGI_APPLICATION = "candour.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("username", "name", "email")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = ["candour.kernel.access.backend.PostBackend"]
LOGIN_URL = "sign-in"
PROVE_URL = "sign-in-again"  # where somebody shows once more who they are, before what is dangerous
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

POOL = int(os.environ.get("CANDOUR_DB_POOL") or 0)
DATABASES = {"default": database(os.environ.get("DATABASE_URL"), pool=POOL)}
if os.environ.get("DATABASE_URL_REPLICA"):
    DATABASES["replica"] = database(os.environ["DATABASE_URL_REPLICA"], pool=POOL) | {"TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["candour.kernel.history.replica.Router"]

# Pages are kept in the memory of each process; about 80 kB a page.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 400},
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django_cotton.cotton_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "candour.kernel.web.context.shell",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "candour.kernel.web.templatetags.candour"],
        },
    }
]

COTTON_ISOLATE_BY_DEFAULT = (
    True  # a component sees its own attributes, never a variable of the page that happens to match
)

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

BACKGROUND = True  # packs are made beside the request that asked for them
FILE_LIMIT = int(os.environ.get("CANDOUR_FILE_LIMIT", "25")) * 1024**2  # bytes of one file taken in: a paper, evidence
FILE_UPLOAD_HANDLERS = [
    "candour.kernel.evidence.upload.Cut",  # what exceeds the limit is never written to the disk
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a bulk review form of a directorate has many small answers

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
# How long a sign-in lasts: so many hours at most, and so many minutes without a page. The demonstration's outlasts both.
SESSION_HOURS = 336 if DEMO else int(os.environ.get("CANDOUR_SESSION_HOURS", "12"))
IDLE_MINUTES = 336 * 60 if DEMO else int(os.environ.get("CANDOUR_IDLE_MINUTES", "60"))
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
HTTPS = os.environ.get("CANDOUR_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Words of the trade: the body's own names for itself and its panel.
PANEL_NAME = os.environ.get("CANDOUR_PANEL_NAME", "Joint Audit, Risk and Assurance Panel")

# Whether a public paper admits a restricted risk as its reference and REDACTED, or leaves it out altogether.
ADMIT_REDACTED = os.environ.get("CANDOUR_ADMIT_REDACTED", "1") == "1"

API_PER_MINUTE = 600  # requests of one service token, in each process of the server

ROLES = "candour.config.roles.ROLES"
PERMISSIONS = "candour.config.permissions.AREAS"

# Notices by e-mail. Without a server they wait in the outbox: `candour notices` says so and sends nothing.
SITE = os.environ.get("CANDOUR_SITE", "http://127.0.0.1:8000").rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("CANDOUR_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("CANDOUR_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CANDOUR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CANDOUR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("CANDOUR_SMTP_TLS", "1") == "1"
EMAIL_TIMEOUT = 20  # seconds, so that a server that does not answer holds a run up no longer
DEFAULT_FROM_EMAIL = os.environ.get("CANDOUR_MAIL_FROM", "candour@localhost")

# Signing in with the organisation's account (OpenID Connect), and whether local accounts may sign in beside it.
DIRECTORY = {
    "issuer": os.environ.get("CANDOUR_OIDC_ISSUER", "").rstrip("/"),
    "client": os.environ.get("CANDOUR_OIDC_CLIENT", ""),
    "secret": os.environ.get("CANDOUR_OIDC_SECRET", ""),
    "name": os.environ.get("CANDOUR_OIDC_NAME", "your organisation’s account"),
    "claim": os.environ.get("CANDOUR_OIDC_CLAIM", "roles"),
}
LOCAL_ACCOUNTS = os.environ.get("CANDOUR_LOCAL_ACCOUNTS", "1") == "1"
# Whether who may see restricted records gives a second step of Candour's own after the organisation's sign-in, too.
SECOND_FOR_RESTRICTED = os.environ.get("CANDOUR_SECOND_FOR_RESTRICTED", "0") == "1"
SOCIALACCOUNT_ADAPTER = "candour.kernel.signin.adapters.DirectoryAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
MFA_ADAPTER = "candour.kernel.signin.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 12

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
