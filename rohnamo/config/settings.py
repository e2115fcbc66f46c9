"""One settings file; what differs between machines comes from the environment.

ROHNAMO_HOME: the folder with all state. DATABASE_URL: PostgreSQL instead of the SQLite file in the home.
ROHNAMO_ORIGIN: public address, as in https://example.org; empty means this machine only.
"""

import os
from urllib.parse import urlsplit

from rohnamo.config.databases import databases
from rohnamo.core import keys
from rohnamo.core.home import REPOSITORY, home

ORIGIN = os.environ.get("ROHNAMO_ORIGIN", "")
IS_LOCAL = not ORIGIN

SECRET_KEY = keys.web_secret()
# An error page shows local values, names among them: never where strangers can reach it.
DEBUG = IS_LOCAL and os.environ.get("ROHNAMO_DEBUG") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if IS_LOCAL else [urlsplit(ORIGIN).hostname or ""]

INSTALLED_APPS = [
    "rohnamo.core",
    "rohnamo.ui",
    "rohnamo.staff",
    "rohnamo.places",
    "rohnamo.figures",
    "rohnamo.projects",
    "rohnamo.people",
    "rohnamo.deliveries",
    "rohnamo.results",
    "rohnamo.intake",
    "rohnamo.iati",
    "rohnamo.workspace",
    "rohnamo.portal",
    "rohnamo.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "rohnamo.core.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "rohnamo.core.middleware.LanguageOfAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rohnamo.staff.middleware.LanguageOfUser",
    "rohnamo.staff.middleware.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "rohnamo.config.urls"
WSGI_APPLICATION = "rohnamo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rohnamo.projects.context.mission",
                "rohnamo.staff.context.reader",
                "rohnamo.workspace.context.navigation",
            ],
        },
    },
]

DATABASES = databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database: rate limits and one-time codes need an "add" that only one of two processes can win.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "ru"
LANGUAGES = [("tg", "Тоҷикӣ"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [REPOSITORY / "rohnamo" / "locale"]
TIME_ZONE = "Asia/Dushanbe"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STATIC_ROOT = home() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": os.environ.get("ROHNAMO_STATIC_STORAGE", HASHED_STATIC)},
}
PUBLIC_ROOT = home() / "public"

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "/work/account/login/"
LOGIN_REDIRECT_URL = "/work/"
LOGOUT_REDIRECT_URL = "/work/account/login/"
ACCOUNT_ADAPTER = "rohnamo.staff.adapters.InvitedOnly"
ACCOUNT_FORMS = {
    "login": "rohnamo.staff.forms.SignInForm",
    "reauthenticate": "rohnamo.staff.forms.PasswordAgainForm",
    "change_password": "rohnamo.staff.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Behind nginx the address of the visitor is the last one that it added.
ALLAUTH_TRUSTED_PROXY_COUNT = 0 if IS_LOCAL else 1
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,5/5m/key"}
MFA_ADAPTER = "rohnamo.staff.adapters.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL
# Cheap phones have slow clocks, and reading six digits takes a tired person a while: the codes beside are taken too.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Rohnamo"
MFA_FORMS = {
    "authenticate": "rohnamo.staff.forms.CodeForm",
    "reauthenticate": "rohnamo.staff.forms.CodeAgainForm",
    "activate_totp": "rohnamo.staff.forms.AddAppForm",
    "add_webauthn": "rohnamo.staff.forms.AddPasskeyForm",
    "edit_webauthn": "rohnamo.staff.forms.RenamePasskeyForm",
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOCAL
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/work/"
SECURE_SSL_REDIRECT = not IS_LOCAL
# A public address means that nginx in front ends the encryption and says so; it must overwrite this header.
SECURE_PROXY_SSL_HEADER = None if IS_LOCAL else ("HTTP_X_FORWARDED_PROTO", "https")
# Neither subdomains of the address nor the browsers' preload list are ours to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_HSTS_SECONDS = 0 if IS_LOCAL else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [ORIGIN] if ORIGIN else []
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Log lines name routes and ids, never query strings or form values: both may hold a name.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"rohnamo": {"level": "INFO"}},
}
