"""Settings, from the environment. Every variable is optional.

GOLDENTHREAD_HOME        the data folder (default .goldenthread)
GOLDENTHREAD_DEMO        1: sign the demo's user in by itself, on this machine only, on demo data only
GOLDENTHREAD_DEMO_TODAY  the day that it is in the demonstration, as 2022-06-07 (default: today)
GOLDENTHREAD_HOSTS       host names served, separated by commas (default: this machine only)
GOLDENTHREAD_SECRET_KEY  signs sessions; made and kept in the data folder if not given
GOLDENTHREAD_HTTPS       1 where pages are served over HTTPS: secure cookies, HSTS, redirects
GOLDENTHREAD_COLOUR      the colour of the header, as #rrggbb
GOLDENTHREAD_ADDRESS     the address at which people reach the pages, for links in mails (default http://localhost:8000)
GOLDENTHREAD_SMTP_URL    the mail server, as smtp+starttls://user:password@mail.example.org:587; without it none is sent
GOLDENTHREAD_MAIL_FROM   from whom mail comes
GOLDENTHREAD_IN_PROCESS_WORKER   0: run no jobs beside the pages, because `goldenthread worker` does
GOLDENTHREAD_VISIT_PRIVATE_LINKS  1: look at links among the evidence that lead into the organisation's own network too
DATABASE_URL, DATABASE_OWNER_URL   the application's and the owner's connection (default: the embedded server)
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from csp.constants import NONE, SELF

from goldenthread.web.database import django_databases, home
from goldenthread.web.mail import SECONDS, mail_server
from goldenthread.web.secrets import secret_key

WEB = Path(__file__).parent
HOME = home()
DEMO = os.environ.get("GOLDENTHREAD_DEMO") == "1"
DEMO_TODAY = date.fromisoformat(day) if DEMO and (day := os.environ.get("GOLDENTHREAD_DEMO_TODAY")) else None
HTTPS = os.environ.get("GOLDENTHREAD_HTTPS") == "1"
DEBUG = False
SECRET_KEY = os.environ.get("GOLDENTHREAD_SECRET_KEY") or secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("GOLDENTHREAD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "procrastinate.contrib.django",
    "goldenthread.record",
    "goldenthread.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "goldenthread.web.middleware.headers.PrivacyHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "goldenthread.web.middleware.typed.WithoutNulls",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldenthread.web.middleware.demo.DemoSignIn",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "goldenthread.web.middleware.council.CouncilMiddleware",
    "goldenthread.web.middleware.caching.UnchangedPages",
]
ROOT_URLCONF = "goldenthread.web.urls"
WSGI_APPLICATION = "goldenthread.web.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "goldenthread.web.shell.shell",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": [WEB / "templates" / "jinja"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "goldenthread.web.jinja.environment",
            "context_processors": CONTEXT_PROCESSORS,
            "auto_reload": False,
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DATABASES = django_databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_I18N = False
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"
CIVIL_TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600  # addresses carry a digest of the content: see assets.py

FILE_UPLOAD_HANDLERS = ["goldenthread.web.uploads.BoundedUploadHandler"]
COUNCIL_COLOUR = os.environ.get("GOLDENTHREAD_COLOUR", "#1d4f6e")
MAX_UPLOAD_BYTES = 10 * 1024 * 1024
VISITS_PRIVATE_LINKS = os.environ.get("GOLDENTHREAD_VISIT_PRIVATE_LINKS") == "1"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

AUTH_USER_MODEL = "record.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "goldenthread.web.views.general.form_expired"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "goldenthread.web.accounts.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Golden Thread"

ADDRESS = os.environ.get("GOLDENTHREAD_ADDRESS", "http://localhost:8000")
DEFAULT_FROM_EMAIL = os.environ.get("GOLDENTHREAD_MAIL_FROM", "Golden Thread <goldenthread@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
SENDS_MAIL = False
if server := mail_server(os.environ):
    SENDS_MAIL = True
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = server.host, server.port, SECONDS
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = server.user, server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = server.starttls, server.tls
PROCRASTINATE_IMPORT_PATHS = ["goldenthread.web.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [
            SELF,
            "data:",
        ],  # data: is the square code that a phone reads when two-step sign-in is set up
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
