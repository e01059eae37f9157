"""Django's settings. The only module that reads the environment.

Every secret may come from a file instead: NAME_FILE holds its path.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from acuse.project import logs

logs.configure()
PACKAGE = Path(__file__).resolve().parent.parent


def value(name: str, default: str = "") -> str:
    """The setting from the environment, or from the file that NAME_FILE names."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        return Path(file).read_text().strip()
    return os.environ.get(name, default)


def database(url: str) -> dict[str, object]:
    """Django's form of a postgresql:// URL; a socket folder may stand in ?host=.

    What a connection asks five times is prepared there; ?prepare=no for a pooler that cannot.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    prepare = query.pop("prepare", "yes") != "no"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "server_side_binding": prepare,
            "prepare_threshold": 5 if prepare else None,
            **query,
        },
    }


HOME = Path(value("ACUSE_HOME", "var")).resolve()
DEBUG = value("ACUSE_DEBUG") == "1"


def _secret_key() -> str:
    """The installation's key: given, or drawn once and kept beside the other keys."""
    given = value("ACUSE_SECRET_KEY")
    if given:
        return given
    kept = HOME / "keys" / "web"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept.touch(mode=0o600)
        kept.write_text(os.urandom(48).hex())
    return kept.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = value("ACUSE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in value("ACUSE_ORIGINS").split(",") if origin]
BASE_URL = value("ACUSE_BASE_URL", "http://127.0.0.1:8000")

DATABASES = {"default": database(value("DATABASE_URL", "postgresql:///acuse"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "acuse.store",
    "acuse.web",
    "acuse.cli",
]
MIDDLEWARE = [
    "acuse.api.envelope.Envelope",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # lanes are told by acuse.flow.jobs
ROOT_URLCONF = "acuse.project.urls"
WSGI_APPLICATION = "acuse.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(str(folder) for folder in PACKAGE.glob("web/*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "acuse.web.shell.context.shell",
            ],
        },
    }
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "acuse.web.account.adapter.ClosedAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

SECURE_COOKIES = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE_COOKIES else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
}

LANGUAGE_CODE = "es"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the package: nothing is collected
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# The pretended outside world, where this installation has one: companies of environment SANDBOX.
SANDBOX_URL = value("ACUSE_SANDBOX_URL")
SANDBOX_SMTP = value("ACUSE_SANDBOX_SMTP")  # host:port; mail of SANDBOX companies goes only there
SANDBOX_IMAP = value("ACUSE_SANDBOX_IMAP")  # host:port; their mail is read only there
SANDBOX_POP3 = value("ACUSE_SANDBOX_POP3")
SANDBOX_HURRY = float(value("ACUSE_SANDBOX_HURRY", "1"))  # scales the waits of SANDBOX documents
# Where reports on mail come back: name@domain, or a domain that is there for nothing else.
RETURN_PATH = value("ACUSE_RETURN_PATH")
RETURN_MAILBOX = value("ACUSE_RETURN_MAILBOX")  # imaps://user@host/folder: where they lie
RETURN_MAILBOX_PASSWORD = value("ACUSE_RETURN_MAILBOX_PASSWORD")
NOTED_DAYS = int(value("ACUSE_NOTED_DAYS", "90"))  # what changed nothing is kept; 0 for always
INTAKE = value("ACUSE_INTAKE")  # host:port: where `acuse up` takes them in by LMTP or SMTP
ASK_DELIVERED = value("ACUSE_ASK_DELIVERED") == "1"  # the installation's server tells of success
# Mailboxes that are read may stand on this machine or a private network, at any port.
PRIVATE_MAILBOXES = value("ACUSE_PRIVATE_MAILBOXES") == "1"
# Where authorities may call back, as seen from outside: "" sends them no such address.
CALLBACK_URL = value("ACUSE_CALLBACK_URL").rstrip("/")
# Bytes of the largest message that the mail server takes, base64 counted; many take 10 MB.
MAIL_LARGEST = int(value("ACUSE_MAIL_LARGEST", "10000000"))
# By which servers mail leaves, for the DNS panel: as an SPF names them, and their addresses.
SPF = tuple(value("ACUSE_SPF").lower().split())  # include:_spf.empresa.example ip4:192.0.2.1
SENDING_IPS = tuple(str(ip_address(one)) for one in value("ACUSE_SENDING_IPS").split())
RESOLVERS = tuple(value("ACUSE_RESOLVERS").split())  # host:port; without them the system's
DNS_SECONDS = float(value("ACUSE_DNS_SECONDS", "5"))  # for all questions about one sender
# A pretended mail provider on this machine, for rehearsals: every provider's mail goes there.
PROVIDER_URL = value("ACUSE_PROVIDER_URL")
# Mails that may take one road in a minute, unless the road says otherwise; 0 for no limit.
MAIL_PER_MINUTE = int(value("ACUSE_MAIL_PER_MINUTE", "0"))
ROUTE_PASSWORD = value("ACUSE_ROUTE_PASSWORD")  # of the mail server that `acuse route set` names
SIGNER_SOCKET = Path(value("ACUSE_SIGNER_SOCKET", str(HOME / "signer.sock")))
KEYS = HOME / "keys"
WORKERS = int(value("ACUSE_WORKERS", "1"))
WORKER_THREADS = int(value("ACUSE_WORKER_THREADS", "4"))
SWEEP_SECONDS = float(value("ACUSE_SWEEP_SECONDS", "2"))
# Where customers open the page of a document without logging in; without it there are none.
PUBLIC_URL = value("ACUSE_PUBLIC_URL").rstrip("/")
SANDBOX_PUBLIC_URL = value("ACUSE_SANDBOX_PUBLIC_URL").rstrip("/")  # of rehearsals, else
PUBLIC_LINK_DAYS = int(value("ACUSE_PUBLIC_LINK_DAYS", "1825"))  # 0: for ever
CLIENT_ADDRESS_HEADER = value("ACUSE_CLIENT_ADDRESS_HEADER")  # in which a proxy of ours tells it
