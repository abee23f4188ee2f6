"""Settings come from the environment; what is missing or malformed keeps Zicht from starting, all of it at once."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from zicht.site.env import Environment, SettingsError

SHOWN = """
import json, pathlib
from zicht.site import settings
plain = (str, int, pathlib.Path)
shown = {name: value for name, value in vars(settings).items() if name.isupper() and isinstance(value, plain)}
print(json.dumps(shown, default=str))
"""


def complete(folder: Path) -> dict[str, str]:
    return {"ZICHT_SECRET_KEY": "0123456789" * 5, "ZICHT_HOSTS": "zicht.example", "ZICHT_DATA": str(folder)}


def settings_of_a_process(environment: Mapping[str, str]) -> dict[str, object]:
    """Give the settings as a process of its own sees them."""
    done = subprocess.run([sys.executable, "-c", SHOWN], env=environment, capture_output=True, text=True, check=True)
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


# --- readers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", ["", "short", "x" * 60, " " * 60])
def test_a_secret_is_long_and_no_repetition(raw: str) -> None:
    environment = Environment({"ZICHT_SECRET_KEY": raw})
    environment.secret("ZICHT_SECRET_KEY", at_least=50)
    assert environment.problems == ["ZICHT_SECRET_KEY must have at least 50 characters, 10 of them different."]


def test_a_secret_must_be_there() -> None:
    environment = Environment({})
    environment.secret("ZICHT_SECRET_KEY", at_least=50)
    assert environment.problems == ["ZICHT_SECRET_KEY is missing."]


def test_settings_that_contradict_each_other_are_refused() -> None:
    environment = Environment({})
    environment.refuse_together("ZICHT_DEBUG", True, "ZICHT_HTTPS", True)
    environment.refuse_together("ZICHT_DEBUG", True, "ZICHT_HTTPS", False)
    assert environment.problems == ["ZICHT_DEBUG and ZICHT_HTTPS cannot both be yes."]


@pytest.mark.parametrize("raw", ["true", "1", "Yes", "on", ""])
def test_a_flag_is_yes_or_no_and_nothing_like_it(raw: str) -> None:
    environment = Environment({"ZICHT_FLAG": raw})
    assert environment.flag("ZICHT_FLAG", True), "the safe default stays in force until Zicht refuses to start"
    assert environment.problems == ["ZICHT_FLAG must be yes or no."]


def test_a_flag_is_read() -> None:
    environment = Environment({"ZICHT_ON": "yes", "ZICHT_OFF": "no"})
    assert environment.flag("ZICHT_ON", False)
    assert not environment.flag("ZICHT_OFF", True)
    assert not environment.problems


def test_a_choice_names_its_options_when_it_is_none_of_them() -> None:
    environment = Environment({"ZICHT_FACE": "staf"})
    assert environment.choice("ZICHT_FACE", ("both", "staff"), "both") == "both"
    assert environment.problems == ["ZICHT_FACE must be one of: both, staff."]


def test_hosts_are_separated_by_commas() -> None:
    environment = Environment({"ZICHT_HOSTS": "zicht.example, staff.zicht.example"})
    assert environment.hosts("ZICHT_HOSTS") == ["zicht.example", "staff.zicht.example"]


@pytest.mark.parametrize(
    "raw",
    ["*", "*.example", ".example", "https://zicht.example", "zicht.example:8000", "a b", "a.example,,b.example", ""],
)
def test_a_host_that_lets_others_pose_as_this_site_is_refused(raw: str) -> None:
    environment = Environment({"ZICHT_HOSTS": raw})
    environment.hosts("ZICHT_HOSTS")
    assert len(environment.problems) == 1


def test_a_folder_must_be_absolute_and_exist(tmp_path: Path) -> None:
    environment = Environment(
        {"ZICHT_HERE": str(tmp_path), "ZICHT_RELATIVE": "var", "ZICHT_GONE": str(tmp_path / "gone")}
    )
    assert environment.folder("ZICHT_HERE") == tmp_path
    environment.folder("ZICHT_RELATIVE")
    environment.folder("ZICHT_GONE")
    assert [problem.split(" ", 1)[0] for problem in environment.problems] == ["ZICHT_RELATIVE", "ZICHT_GONE"]


def test_without_an_address_the_database_is_one_file(tmp_path: Path) -> None:
    database = Environment({}).database("ZICHT_DATABASE_URL", tmp_path / "zicht.sqlite3")
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == tmp_path / "zicht.sqlite3"


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    address = "postgresql://zi%40cht:p%2Fw@db.example:5433/zicht?sslmode=require"
    database = Environment({"ZICHT_DATABASE_URL": address}).database("ZICHT_DATABASE_URL", tmp_path)
    taken = {name: database[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert taken == {
        "NAME": "zicht",
        "USER": "zi@cht",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "raw", ["mysql://a@b/c", "postgresql://a@b", "postgresql://a:sEc/ret@b/c", "postgresql://[a/c", "", "zicht"]
)
def test_another_database_address_is_refused_without_repeating_it(raw: str, tmp_path: Path) -> None:
    environment = Environment({"ZICHT_DATABASE_URL": raw})
    environment.database("ZICHT_DATABASE_URL", tmp_path)
    assert len(environment.problems) == 1
    assert not raw or raw not in environment.problems[0]
    assert "sEc" not in environment.problems[0]


# --- refusing -----------------------------------------------------------------------------------------------------


def test_all_problems_are_named_at_once() -> None:
    environment = Environment({"ZICHT_FLAG": "perhaps"})
    environment.secret("ZICHT_SECRET_KEY", at_least=50)
    environment.flag("ZICHT_FLAG", True)
    with pytest.raises(SettingsError) as refused:
        environment.refuse_if_wrong()
    assert refused.value.problems == ["ZICHT_SECRET_KEY is missing.", "ZICHT_FLAG must be yes or no."]


def test_a_name_that_is_nearly_a_setting_is_refused_with_the_setting_that_was_meant() -> None:
    environment = Environment({"ZICHT_HTPS": "no"})
    environment.flag("ZICHT_HTTPS", True)
    with pytest.raises(SettingsError) as refused:
        environment.refuse_if_wrong()
    assert refused.value.problems == ["ZICHT_HTPS is not a setting of Zicht. Is ZICHT_HTTPS meant?"]


def test_other_programs_settings_are_left_alone() -> None:
    environment = Environment({"PATH": "/bin", "ZICHTBAAR": "yes"})
    environment.refuse_if_wrong()


@pytest.mark.parametrize(
    ("name", "value"),
    [("ZICHT_SECRET_KEY", "too-short-a-secret"), ("ZICHT_DATABASE_URL", "mysql://user:hunter2@db/zicht")],
)
def test_a_value_is_never_repeated(name: str, value: str, tmp_path: Path) -> None:
    environment = Environment({name: value})
    environment.secret("ZICHT_SECRET_KEY", at_least=50)
    environment.database("ZICHT_DATABASE_URL", tmp_path)
    with pytest.raises(SettingsError) as refused:
        environment.refuse_if_wrong()
    assert value not in str(refused.value)
    assert "hunter2" not in str(refused.value)


# --- the settings file --------------------------------------------------------------------------------------------


def test_the_least_an_organisation_sets_gives_the_safest_settings(tmp_path: Path) -> None:
    shown = settings_of_a_process(complete(tmp_path))
    assert shown["DEBUG"] is False
    assert shown["DEMO"] is False
    assert shown["REQUIRE_SECOND_FACTOR"] is True
    assert shown["SECURE_SSL_REDIRECT"] is True
    assert shown["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert shown["SESSION_COOKIE_SECURE"] is shown["CSRF_COOKIE_SECURE"] is True
    assert str(shown["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert str(shown["CSRF_COOKIE_NAME"]).startswith("__Host-")


def test_without_https_no_cookie_claims_to_be_bound_to_it(tmp_path: Path) -> None:
    shown = settings_of_a_process({**complete(tmp_path), "ZICHT_HTTPS": "no"})
    assert not str(shown["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert shown["SESSION_COOKIE_SECURE"] is False
    assert shown["SECURE_HSTS_SECONDS"] == 0


def test_the_keys_may_lie_apart_from_the_data(tmp_path: Path) -> None:
    keys = tmp_path / "elsewhere"
    keys.mkdir()
    assert settings_of_a_process({**complete(tmp_path), "ZICHT_KEYS": str(keys)})["KEYS_FOLDER"] == str(keys)
    assert settings_of_a_process(complete(tmp_path))["KEYS_FOLDER"] == str(tmp_path / "keys")
