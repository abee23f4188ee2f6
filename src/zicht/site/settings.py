"""Django's settings, safe by default; what an organisation may choose comes from the environment (docs/settings.md)."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from zicht.site.env import Environment
from zicht.site.faces import keep_nothing_of_visitors_pages

environment = Environment()

# --- what an organisation sets ----------------------------------------------------------------------------------
SECRET_KEY = environment.secret("ZICHT_SECRET_KEY", at_least=50)
ALLOWED_HOSTS = environment.hosts("ZICHT_HOSTS")
DATA_FOLDER = environment.folder("ZICHT_DATA")
KEYS_FOLDER = environment.folder("ZICHT_KEYS", DATA_FOLDER / "keys")
DATABASES = {"default": environment.database("ZICHT_DATABASE_URL", DATA_FOLDER / "zicht.sqlite3")}
FACE = environment.choice("ZICHT_FACE", ("both", "visitor", "staff"), "both")
HTTPS = environment.flag("ZICHT_HTTPS", True)
REQUIRE_SECOND_FACTOR = environment.flag("ZICHT_REQUIRE_SECOND_FACTOR", True)
DEMO = environment.flag("ZICHT_DEMO", False)
DEBUG = environment.flag("ZICHT_DEBUG", False)
environment.refuse_together("ZICHT_DEBUG", DEBUG, "ZICHT_HTTPS", HTTPS)
environment.refuse_if_wrong()

# --- the house --------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "zicht.site",
    "zicht.figures",
    "zicht.barriers",
    "zicht.care",
    "zicht.evidence",
    "zicht.cases",
    "zicht.signals",
    "zicht.contact",
    "zicht.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules.apps.AutodiscoverRulesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
# The visitor's side gets neither session nor account: see site/faces.py.
MIDDLEWARE = [
    "zicht.site.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "zicht.site.receiving.RefuseTooLarge",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zicht.site.middleware.StaffSession",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "zicht.site.middleware.StaffForms",
    "zicht.site.middleware.StaffAuthentication",
    "zicht.site.middleware.StaffMessages",
    "allauth.account.middleware.AccountMiddleware",
    "zicht.site.middleware.StaffLogin",
    "zicht.site.middleware.StaffSecondFactor",
]
ROOT_URLCONF = "zicht.site.urls"
ASGI_APPLICATION = "zicht.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "zicht.site.context.frame",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# --- accounts ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# scrypt is memory-hard and needs no package of its own.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Counts wrong sign-ins. Django's 300 entries would let 300 made-up names push out the count of a real one.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}}}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "zicht.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_FORMS = {"login": "zicht.people.forms.SignInForm"}
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# By name and by person, never by address: behind a proxy all share one, and a stranger would lock everybody out.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Zicht"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ADAPTER = "zicht.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "zicht.people.passkey_forms.PasskeyAddForm",
    "authenticate_webauthn": "zicht.people.passkey_forms.PasskeyCodeForm",
    "login_webauthn": "zicht.people.passkey_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "zicht.people.passkey_forms.PasskeyAgainForm",
}

# --- cookies and headers ----------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-zicht" if HTTPS else "zicht"
SESSION_COOKIE_AGE = 8 * 60 * 60  # seconds: one shift
SESSION_ENGINE = "zicht.people.sessions"
SESSION_SERIALIZER = "zicht.people.sessions.SealedSerializer"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_NAME = "__Host-zicht-form" if HTTPS else "zicht-form"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zicht.site.forged.refuse"
CSRF_COOKIE_AGE = None  # gone with the browser, like the session
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# With "no-referrer" a browser sends `Origin: null` with every form, which the check against forged forms refuses.
SECURE_REFERRER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # forged forms are refused by StaffForms; visitors' pages have no forms and get no cookie
    "security.W021",  # preloading HSTS is for the owner of the domain to decide
]
X_FRAME_OPTIONS = "DENY"

# --- language, time, files --------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
VISITOR_PAGE = DATA_FOLDER / "visitor-page"  # what `zicht build-visitor-page` wrote; without it there is no chat
CHECKLIST_PAGE = DATA_FOLDER / "checklist-page"  # what `zicht build-checklist-page` wrote
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "zicht.site.storage.ModuleManifestStorage"},
}
WHITENOISE_ADD_HEADERS_FUNCTION = keep_nothing_of_visitors_pages
FILE_UPLOAD_HANDLERS = ["zicht.people.uploads.InMemoryHandler"]  # no file of anybody lies in /tmp
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024  # bytes; of a larger file nothing is kept
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of one form without files

# --- what is written down about the running program: no address, no path of a person, no form content --------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_content": {"()": "zicht.site.logs.WithoutContent"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["no_content"]}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
