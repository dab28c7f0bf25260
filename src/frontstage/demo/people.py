"""The accounts of the demonstration: one for each role, and colleagues who give the year its hands."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from frontstage.people.public import Role, Team, User

PASSWORD = "binjiang-2026"  # noqa: S105  # printed on purpose; a demonstration holds nothing of anybody's
# user name, shown name, role, language, teams
STAFF = (
    ("chen", "陈静", Role.AGENT, "zh-hans", ("desk_day",)),
    ("wang", "王磊", Role.AGENT, "zh-hans", ("desk_day",)),
    ("gao", "高敏", Role.AGENT, "zh-hans", ("desk_day",)),
    ("xu", "许涛", Role.AGENT, "zh-hans", ("desk_complaints",)),
    ("zhao", "赵玉兰", Role.TEAM_LEAD, "zh-hans", ("desk_day", "desk_complaints")),
    ("sun", "孙建国", Role.FIELD_WORKER, "zh-hans", ("field_east",)),
    ("ma", "马强", Role.FIELD_WORKER, "zh-hans", ("field_east",)),
    ("zhou", "周斌", Role.FIELD_WORKER, "zh-hans", ("field_west",)),
    ("luo", "罗勇", Role.FIELD_WORKER, "zh-hans", ("field_west",)),
    ("tang", "唐晓东", Role.FIELD_WORKER, "zh-hans", ("field_east",)),
    ("wei", "魏国强", Role.FIELD_WORKER, "zh-hans", ("field_west",)),
    ("lin", "林晓燕", Role.QUALITY_MANAGER, "zh-hans", ()),
    ("he", "何文", Role.HEAD_OF_SERVICE, "zh-hans", ()),
    ("admin", "系统管理员", Role.ADMINISTRATOR, "zh-hans", ("desk_day", "desk_complaints")),
)


def create_staff() -> dict[str, User]:
    """Everybody who works here, by user name. The password is hashed once for all."""
    hashed = make_password(PASSWORD)
    teams = {team.code: team for team in Team.objects.all()}
    found = {}
    for username, name, role, language, codes in STAFF:
        user = User.objects.create(
            username=username,
            email=f"{username}@binjiang.example",
            password=hashed,
            display_name=name,
            roles=[role],
            language=language,
        )
        user.teams.set([teams[code] for code in codes])
        found[username] = user
    return found


def create_customer_account() -> User:
    """Liu, the customer who signs in."""
    return User.objects.create(
        username="liu",
        email="liu@binjiang.example",
        password=make_password(PASSWORD),
        display_name="刘洋",
        roles=[Role.CUSTOMER],
        language="zh-hans",
    )
