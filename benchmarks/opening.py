"""Cases opened per second through the REST interface and the portal's form, against a view that inserts one row.

All three run under the same web server settings on the same PostgreSQL, with synchronous commit on, in one run.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
from urllib.parse import urlencode

from benchmarks.figures import Figure, report
from benchmarks.running import installation, rate, served

CUSTOMERS = 200


def prepare() -> tuple[str, list[str]]:
    """Charter, an agent's key, and customers with a site each."""
    from django.db import connection
    from django.utils import timezone

    from frontstage.charters.public import apply
    from frontstage.customers.public import District, register_customer, site_at
    from frontstage.demo.public import CHARTER
    from frontstage.foundation.actors import SYSTEM
    from frontstage.people.public import add_person, issue_token

    now = timezone.now()
    apply(CHARTER.read_text(encoding="utf-8"), now=now - dt.timedelta(days=1), actor=SYSTEM)
    agent = add_person(
        username="shop", name="Shop", roles=["agent"], teams=["desk_day"], email="", language="en", password="a key for programs"
    )  # fmt: skip
    district = District.objects.get(pk="riverside")
    numbers = []
    for index in range(CUSTOMERS):
        customer = register_customer(
            name=f"Customer {index}", mobile=f"138{index:08d}", language="en", now=now, actor=SYSTEM
        )
        site_at(customer=customer, address=f"{index} River Road", district=district)
        numbers.append(customer.number)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_row (id bigserial PRIMARY KEY, body text NOT NULL)")
    return issue_token(user=agent, name="benchmark", now=now), numbers


def main() -> None:
    with installation():
        token, numbers = prepare()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

        def through_rest(n: int) -> tuple[str, str, bytes, dict[str, str]]:
            body = {"kind": "appliance_repair", "customer": numbers[n % CUSTOMERS], "body": f"No flame, {n}."}
            return "POST", "/api/v1/cases", json.dumps(body).encode(), headers

        def bare(n: int) -> tuple[str, str, bytes, dict[str, str]]:
            return "POST", "/", f"No flame, {n}.".encode(), {}

        with served("benchmarks.bare.application:application") as port:
            limit = rate(port, bare)
        with served("frontstage.config.wsgi:application") as port:
            rest = rate(port, through_rest)
            form = rate(port, through_form(port))
    report(
        "opening",
        [
            Figure(
                "cases opened through REST, against one bare insert", rest / limit, ">= 0.5", rest / limit >= 0.5,
                {"cases per second": round(rest), "bare inserts per second": round(limit)},
            ),
            Figure(
                "cases opened through the portal's form, against one bare insert", form / limit, ">= 0.5",
                form / limit >= 0.5, {"cases per second": round(form)},
            ),
        ],
    )  # fmt: skip


def through_form(port: int):  # type: ignore[no-untyped-def]
    """The portal's form as a browser posts it, with its token against forgery."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/report/appliance_repair/")
    answer = connection.getresponse()
    page = answer.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    cookie = answer.headers["Set-Cookie"].split(";")[0]

    def request(n: int) -> tuple[str, str, bytes, dict[str, str]]:
        said = {
            "csrfmiddlewaretoken": found[1], "name": f"Customer {n % CUSTOMERS}", "mobile": f"138{n % CUSTOMERS:08d}",
            "district": "riverside", "address": f"{n % CUSTOMERS} River Road", "body": f"No flame, {n}.", "key": f"form-{n}",
        }  # fmt: skip
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return "POST", "/report/appliance_repair/", urlencode(said).encode(), headers

    return request


if __name__ == "__main__":
    main()
