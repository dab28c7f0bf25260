"""Every page of the program and who opens it: the one list that the page tests walk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A page: opened at ``address``, and from there by the first link whose address matches each of ``follow``."""

    name: str
    person: str | None
    address: str
    follow: tuple[str, ...] = ()
    status: int = 200


PLACES = (
    Place("portal_home", None, "/"),
    Place("portal_report_leak", None, "/report/gas_leak/"),
    Place("portal_report_repair", None, "/report/appliance_repair/"),
    Place("portal_report_complaint", None, "/report/complaint/"),
    Place("portal_home_signed_in", "liu", "/"),
    Place("portal_my_cases", "liu", "/my/"),
    Place("portal_case", "liu", "/my/", (r"/c/[^/]+/$",)),
    Place("questionnaire", "liu", "/my/", (r"/c/[^/]+/$", r"/surveys/s/")),
    Place("sign_in", None, "/account/login/"),
    Place("sign_out", "wang", "/account/logout/"),
    Place("password", "wang", "/account/password/change/"),
    Place("password_forgotten", None, "/account/password/reset/"),
    Place("second_step", "wang", "/account/2fa/"),
    Place("sessions", "wang", "/account/sessions/"),
    Place("desk", "chen", "/desk/"),
    Place("desk_case", "chen", "/desk/", (r"/desk/cases/[^/]+/$",)),
    Place("desk_new", "chen", "/desk/new/"),
    Place("desk_new_of_kind", "chen", "/desk/new/", (r"/desk/new/[^/]+/$",)),
    Place("desk_as_lead", "zhao", "/desk/"),
    Place("customers", "chen", "/customers/"),
    Place("customer", "chen", "/customers/", (r"/customers/[^/]+/$",)),
    Place("inspections", "zhao", "/visits/inspections/"),
    Place("my_visits", "sun", "/visits/"),
    Place("visit", "sun", "/visits/", (r"/visits/\d+/$",)),
    Place("quality", "lin", "/quality/"),
    Place("quality_answers", "lin", "/quality/", (r"/quality/answers/",)),
    Place("satisfaction", "lin", "/satisfaction/"),
    Place("satisfaction_answers", "lin", "/satisfaction/", (r"/satisfaction/answers/",)),
    Place("satisfaction_uncomputed", "lin", "/satisfaction/?days=91"),
    Place("initiatives", "lin", "/initiatives/"),
    Place("initiative", "lin", "/initiatives/", (r"/initiatives/\d+/$",)),
    Place("initiative_open", "lin", "/quality/", (r"/initiatives/open/\?",)),
    Place("overview", "he", "/overview/"),
    Place("promises_counted", "he", "/overview/", (r"/overview/[a-z]+/",)),
    Place("charters", "he", "/charter/"),
    Place("nothing_here", None, "/no-such-page/", status=404),
    Place("not_for_this_role", "sun", "/overview/", status=403),
)
