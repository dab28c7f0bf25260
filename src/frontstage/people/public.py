"""The door to people."""

from frontstage.people.access import acting, address_of, requires, signed_in
from frontstage.people.actions import add_person, choose_language, install_teams, issue_token
from frontstage.people.errors import UnknownPerson
from frontstage.people.models import AccessToken, Team, User
from frontstage.people.queries import field_team_for, people_with, person, team_ids
from frontstage.people.rules import MAY, Role, may

__all__ = [
    "MAY",
    "AccessToken",
    "Role",
    "Team",
    "UnknownPerson",
    "User",
    "acting",
    "add_person",
    "address_of",
    "choose_language",
    "field_team_for",
    "install_teams",
    "issue_token",
    "may",
    "people_with",
    "person",
    "requires",
    "signed_in",
    "team_ids",
]
