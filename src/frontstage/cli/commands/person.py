"""frontstage person add|token"""

from __future__ import annotations

import click

from frontstage.cli import exits, starting
from frontstage.cli.output import console

ROLES = (
    "agent",
    "team_lead",
    "field_worker",
    "quality_manager",
    "head_of_service",
    "administrator",
)


@click.group("person")
def command() -> None:
    """Give people who work here an account, and programs a key."""


@command.command(
    "add", epilog="\b\nExample:\n  frontstage person add mei --name 梅芳 --role agent --team desk_day"
)
@click.argument("username")
@click.option("--name", required=True, help="The name that colleagues and customers see.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be repeated."
)
@click.option("--team", "teams", multiple=True, help="A team of the charter, by code. May be repeated.")
@click.option("--email", default="", help="For signing in by e-mail.")
@click.option("--language", type=click.Choice(["en", "zh-hans"]), default="zh-hans", show_default=True)
@click.password_option(help="Asked for when left out.")
def add(
    username: str,
    name: str,
    roles: tuple[str, ...],
    teams: tuple[str, ...],
    email: str,
    language: str,
    password: str,
) -> None:
    """Add somebody who works here."""
    with starting.installation():
        from frontstage.foundation.errors import Refusal
        from frontstage.people.public import add_person

        try:
            user = add_person(
                username=username,
                name=name,
                roles=roles,
                teams=teams,
                email=email,
                language=language,
                password=password,
            )
        except Refusal as refusal:
            raise exits.Stop(str(refusal), code=exits.WRONG_USE) from None
    console.print(f"{user} can sign in as {username}.", markup=False)


@command.command("token", epilog="\b\nExample:\n  frontstage person token till --for 'web shop'")
@click.argument("username")
@click.option("--for", "purpose", required=True, help="What the key is for; shown in the list of keys.")
def token(username: str, purpose: str) -> None:
    """Give a program a key for the REST interface, in this person's name and within her roles. Shown once."""
    with starting.installation():
        from django.utils import timezone

        from frontstage.people.public import User, issue_token

        user = User.objects.filter(username=username, is_active=True).first()
        if user is None or not user.may("use_api"):
            raise exits.Stop(
                f"{username} is nobody who may use the REST interface.",
                remedy="Name an agent, team lead, quality manager, head of service or administrator.",
                code=exits.WRONG_USE,
            )
        key = issue_token(user=user, name=purpose, now=timezone.now())
    console.print(key, markup=False, highlight=False)
