"""Signing in, second steps, sessions, headers, and production settings."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import PASSWORD, Cast

SIGN_IN = "/account/login/"


def try_sign_in(client: Client, login: str, password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": login, "password": password}).status_code


@pytest.mark.parametrize("login", ["chen", "chen@example.org"])
def test_people_sign_in_by_name_or_by_mail(cast: Cast, login: str) -> None:
    cache.clear()
    client = Client()
    assert try_sign_in(client, login) == 302
    assert client.get("/welcome/")["Location"] == "/desk/"


def test_guessing_is_throttled(cast: Cast) -> None:
    cache.clear()
    client = Client()
    for _ in range(6):
        assert try_sign_in(client, "chen", "wrong wrong wrong") == 200
    answer = client.post(SIGN_IN, {"login": "chen", "password": PASSWORD})
    assert answer.status_code == 200  # even the right one, for a while
    assert "Too many" in answer.content.decode()
    cache.clear()


def test_strangers_cannot_register(cast: Cast) -> None:
    answer = Client().get("/account/signup/")
    assert b"password1" not in answer.content


def test_a_second_step_can_be_set_up_and_sessions_revoked(cast: Cast) -> None:
    cache.clear()
    client = Client()
    try_sign_in(client, "chen")
    assert client.get("/account/2fa/").status_code == 200
    activation = client.get("/account/2fa/totp/activate/", follow=True)
    assert activation.status_code == 200
    assert client.get("/account/sessions/").status_code == 200
    assert client.post("/account/sessions/").status_code == 302


def test_every_page_carries_the_strict_headers(cast: Cast) -> None:
    for where in ("/", SIGN_IN):
        answer = Client().get(where)
        policy = answer["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert " style=" not in answer.content.decode()
        assert "onclick=" not in answer.content.decode()


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("FRONTSTAGE_", "DJANGO_", "DATABASE_"))}
    given = {
        "FRONTSTAGE_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "frontstage.config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        **environment,
    }
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, env=kept | given, capture_output=True, text=True, check=False, timeout=120)


def test_production_is_clean_under_djangos_own_check() -> None:
    secret = "".join(chr(33 + (i * 37) % 90) for i in range(64)).replace("%", "x")
    done = production(
        "check", "--deploy", FRONTSTAGE_SECRET_KEY=secret, FRONTSTAGE_HOSTS="service.example.org"
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_production_has_no_default_secret() -> None:
    done = production("check")
    assert done.returncode != 0
    assert "FRONTSTAGE_SECRET_KEY" in done.stderr


def test_passwords_are_kept_by_argon2() -> None:
    from frontstage.config import settings

    assert settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
