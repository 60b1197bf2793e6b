"""Settings. Everything that differs between installations is read from the environment; docs/settings.md lists it."""

import os

from csp.constants import NONE, SELF

from candour.config.environment import refuse_mistakes
from candour.config.home import database, home
from candour.kernel.logs import lines

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
    "candour.kernel.limits",
    "candour.kernel.people",
    "candour.kernel.access",
    "candour.kernel.web",
    "candour.kernel.scales",
    "candour.kernel.records",
    "candour.kernel.opened",
    "candour.kernel.actions",
    "candour.kernel.evidence",
    "candour.kernel.notices",
    "candour.kernel.establishment",
    "candour.kernel.service",
    "candour.kernel.papers",
    "candour.kernel.intake",
    "candour.kernel.publication",
    "candour.kernel.retention",
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
    "candour.kernel.logs.middleware.told",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "candour.kernel.web.middleware.shut",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "candour.kernel.signin.middleware.lifetime",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "candour.kernel.web.middleware.readable",
    "candour.kernel.access.middleware.actor",
    "candour.kernel.opened.middleware.noted",
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
] + [{"NAME": "candour.kernel.signin.passwords.WordsOfThePlace"}]
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
# Where the bytes of files lie: a folder, or a bucket of an S3-compatible object store, which may be told to hold them.
STORE_BUCKET = os.environ.get("CANDOUR_S3_BUCKET", "")
STORE_LOCK = os.environ.get("CANDOUR_S3_LOCK", "")
STORE_LOCK_YEARS = int(os.environ.get("CANDOUR_S3_LOCK_YEARS", "7"))
FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}}
if STORE_BUCKET:
    FILES = {
        "BACKEND": "candour.kernel.evidence.objects.ObjectStore",
        "OPTIONS": {
            "bucket_name": STORE_BUCKET,
            "endpoint_url": os.environ.get("CANDOUR_S3_ENDPOINT") or None,
            "region_name": os.environ.get("CANDOUR_S3_REGION", "eu-west-2"),
            "access_key": os.environ.get("CANDOUR_S3_KEY", ""),
            "secret_key": os.environ.get("CANDOUR_S3_SECRET", ""),
            "lock": STORE_LOCK,
        },
    }
STORAGES = {
    "default": FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

BACKGROUND = True  # packs are made beside the request that asked for them
FILE_LIMIT = int(os.environ.get("CANDOUR_FILE_LIMIT", "25")) * 1024**2  # bytes of one file taken in: a paper, evidence
FILES_QUOTA = int(os.environ.get("CANDOUR_FILES_QUOTA", "0")) * 1000**3  # bytes of the files of one body; 0: no limit
ORPHAN_DAYS = int(os.environ.get("CANDOUR_ORPHAN_DAYS", "7"))  # for which bytes are left that nothing names
SCANNER = os.environ.get("CANDOUR_CLAMD", "")
UNSCANNED = os.environ.get("CANDOUR_UNSCANNED", "refuse")  # what becomes of a file while the scanner is away
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
# With __Host- a browser takes a cookie over HTTPS alone, from this host alone, and no other host can set one of its name.
HOST_ONLY = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{HOST_ONLY}sessionid", f"{HOST_ONLY}csrftoken"
KNOWN_COOKIE_NAME = f"{HOST_ONLY}candour_known"  # of a browser that somebody signed in from
CSRF_FAILURE_VIEW = "candour.kernel.web.unsent.refused"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token themselves
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REDIRECT_EXEMPT = [
    r"^health/",  # asked by what watches the machine, on the machine itself
    r"^(api|scim)/",  # a script that asks in the clear must notice, and not be led on: kernel/service/api
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Words of the trade: the body's own names for itself and its panel.
PANEL_NAME = os.environ.get("CANDOUR_PANEL_NAME", "Joint Audit, Risk and Assurance Panel")

# Whether a public paper admits a restricted risk as its reference and REDACTED, or leaves it out altogether.
ADMIT_REDACTED = os.environ.get("CANDOUR_ADMIT_REDACTED", "1") == "1"

# How often somebody may do a thing within a minute (kernel/limits/rules.py says whose count each is); 0 counts nothing.
LIMITS = {
    "public": int(os.environ.get("CANDOUR_LIMIT_PUBLIC", "300")),
    "search": int(os.environ.get("CANDOUR_LIMIT_SEARCH", "120")),
    "papers": int(os.environ.get("CANDOUR_LIMIT_PAPERS", "60")),
    "uploads": int(os.environ.get("CANDOUR_LIMIT_UPLOADS", "60")),
    "guesses": int(os.environ.get("CANDOUR_LIMIT_GUESSES", "20")),
    "api": int(os.environ.get("CANDOUR_LIMIT_API", "600")),
}

OPENED_DAYS = int(os.environ.get("CANDOUR_OPENED_DAYS", "730"))  # for which it is kept who opened restricted records

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
# Where letters that cannot be delivered come back to, and how they are fetched from there.
MAIL_RETURN = os.environ.get("CANDOUR_MAIL_RETURN") or DEFAULT_FROM_EMAIL
RETURNED = {
    "host": os.environ.get("CANDOUR_IMAP_HOST", ""),
    "port": int(os.environ.get("CANDOUR_IMAP_PORT") or 993),
    "user": os.environ.get("CANDOUR_IMAP_USER", ""),
    "password": os.environ.get("CANDOUR_IMAP_PASSWORD", ""),
    "folder": os.environ.get("CANDOUR_IMAP_FOLDER") or "INBOX",
    "tls": os.environ.get("CANDOUR_IMAP_TLS", "1") == "1",
    "token_url": os.environ.get("CANDOUR_IMAP_TOKEN_URL", ""),
    "client": os.environ.get("CANDOUR_IMAP_CLIENT", ""),
    "secret": os.environ.get("CANDOUR_IMAP_SECRET", ""),
}

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

# Lines for programs where it is in earnest, for people in the demonstration.
LOGGING = lines.settings_of(words=DEMO)
SLOW_QUERY_MS = int(os.environ.get("CANDOUR_SLOW_QUERY_MS") or 500)
