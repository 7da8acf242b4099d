"""
One file of settings for every place; the environment decides, and the defaults are the safe ones.

Every variable read here stands in docs/reference/settings.md; a test compares the two.
"""

from __future__ import annotations

from csp.constants import NONE, SELF

from donghanh.config import connection, entrance, env, places, secret
from donghanh.lib import clock

# Safe by default: a developer turns these on, nobody has to turn anything off.
DEBUG = env.flag("DONGHANH_DEBUG", default=False)
#: Pages are reached over https, directly or through a proxy that says so.
HTTPS = env.flag("DONGHANH_HTTPS", default=True)
#: Invented people may be loaded, and their accounts are shown at sign-in.
DEMONSTRATION = env.flag("DONGHANH_DEMONSTRATION", default=False)
#: The day a demonstration stands still on; where people are real the clock is the clock.
_DAY = env.day("DONGHANH_DAY")
if DEMONSTRATION and _DAY is not None:
    clock.pretend(_DAY)

SECRET_KEY = secret.key(places.var())
ALLOWED_HOSTS = env.names("DONGHANH_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("DONGHANH_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_htmx",
    "django_cotton",
    "csp",
    "donghanh.history",
    "donghanh.amendments",
    "donghanh.organisation",
    "donghanh.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "donghanh.documents",
    "donghanh.pictures",
    "donghanh.people",
    "donghanh.directives",
    "donghanh.dossiers",
    "donghanh.forecast",
    "donghanh.targets",
    "donghanh.accompaniment",
    "donghanh.pool",
    "donghanh.meetings",
    "donghanh.papers",
    "donghanh.classes",
    "donghanh.handover",
    "donghanh.promotion",
    "donghanh.activities",
    "donghanh.practices",
    "donghanh.campaigns",
    "donghanh.voices",
    "donghanh.news",
    "donghanh.indicators",
    "donghanh.reports",
    "donghanh.oversight",
    "donghanh.duplicates",
    "donghanh.openfigures",
    "donghanh.ownfile",
    "donghanh.desk",
    "donghanh.rulebook",
    "donghanh.reorganisation",
    "donghanh.web",
    "donghanh.demonstration",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "donghanh.accounts.doors.seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "donghanh.config.headers.told",
]

ROOT_URLCONF = "donghanh.config.urls"
WSGI_APPLICATION = "donghanh.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # django-cotton replaces this by its own loaders when it starts
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "donghanh.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "donghanh.web.templatetags.look",
                "donghanh.web.templatetags.law",
            ],
        },
    },
]
COTTON_DIR = "components"

# The driver keeps the connections; each is tested before use, so a restart of the server is unseen.
DATABASES = {"default": connection.settings(places.var())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is counted to slow somebody down who tries and tries: every process of every machine has to
# see it, and they share nothing but the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Parts of pages, in each process by itself; see donghanh.lib.kept.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/dang-nhap"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Accounts are made by invitation alone; see docs/why/accounts.md.
ACCOUNT_ADAPTER = "donghanh.accounts.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Đồng Hành] "
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_SESSION_REMEMBER = True
# A school stands behind one address: what is counted there are failures, and a class full of
# mistakes does not close the door. One account closes after five, for five minutes.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "100/10m/ip,5/5m/key",
    "request_login_code": "60/10m/ip,3/10m/key",
    "reset_password": "60/10m/ip,3/10m/key",
    "change_password": "5/5m/user",
    "reauthenticate": "10/5m/user",
}
MFA_ADAPTER = "donghanh.accounts.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_TOTP_ISSUER = "Đồng Hành"
MFA_TOTP_TOLERANCE = 1  # half a minute: telephones in a staff room run a little slow or fast
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_FORMS = {
    "activate_totp": "donghanh.accounts.forms.Activate",
    "authenticate": "donghanh.accounts.forms.SecondFactor",
    "reauthenticate": "donghanh.accounts.forms.SecondFactorAgain",
    "add_webauthn": "donghanh.accounts.forms.AddPasskey",
}
SOCIALACCOUNT_ADAPTER = "donghanh.accounts.adapters.Providers"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_QUERY_EMAIL = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
_PROVIDERS = entrance.providers()
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": _PROVIDERS,
        "provider_class": "donghanh.accounts.provider.OwnProvider",
    }
}

_MAIL = entrance.mail(places.var(), demonstration=DEMONSTRATION)
#: Whether mail can be sent; without it no page offers what needs it.
MAIL: bool = _MAIL.pop("MAIL")
globals().update(_MAIL)

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [places.ROOT / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served from the rooms themselves: nothing to collect, nothing to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 600
WHITENOISE_AUTOREFRESH = DEBUG

# Nothing inline, nothing from elsewhere: a script slipped into a text stays text.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *entrance.origins(_PROVIDERS)],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Only a proxy that overwrites the headers may be trusted, so the place must say there is one.
PROXY = env.flag("DONGHANH_PROXY", default=False)
#: Processes that serve pages, on all machines: what each counts by itself is shared out among them.
WEB_PROCESSES = env.count("DONGHANH_WEB_PROCESSES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY else None
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day: a machine left alone in a staff room signs out
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# A letter is small; whatever is larger is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# A picture may be larger; of no file more is kept than this, whatever is sent.
FILE_UPLOAD_MOST = 24_000_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "donghanh.lib.uploads.Bounded",
]
#: A picture as a telephone takes it, and room above it; see donghanh.lib.picturefile.
PICTURE_MOST_BYTES = 20_000_000
PICTURE_MOST_POINTS = 40_000_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("DONGHANH_LOG_LEVEL", "WARNING")},
}
