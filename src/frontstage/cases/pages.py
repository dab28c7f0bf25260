"""The desk: the list of cases, and one case in hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from frontstage.cases import actions
from frontstage.cases.forms import Report, Say
from frontstage.cases.links import case_link
from frontstage.cases.models import Case
from frontstage.cases.queries import (
    FILTERS,
    attachment_of,
    case_numbered,
    current_kinds,
    desk_page,
    narrowed,
    searched,
    view_of,
    visible_to,
)
from frontstage.cases.rules import Lifecycle
from frontstage.cases.serving import file_response
from frontstage.commitments.public import clock_view, clocks_of, waive_clock
from frontstage.customers.public import districts
from frontstage.foundation.bilingual import in_language
from frontstage.foundation.events import Subject, history
from frontstage.people.public import Role, Team, acting, people_with, person, requires, signed_in

VIEWS = (
    ("open", gettext_lazy("Open"), "inbox"),
    ("mine", gettext_lazy("Mine"), "user-check"),
    ("untaken", gettext_lazy("Not taken"), "user-question"),
    ("overdue", gettext_lazy("Overdue"), "alarm"),
    ("closed", gettext_lazy("Closed"), "archive"),
    ("all", gettext_lazy("All"), "list"),
)
# Only these are counted: they are small however many cases there are.
COUNTED = {"open", "mine", "untaken", "overdue"}


@requires("see_cases")
def desk(request: HttpRequest) -> HttpResponse:
    """The list, newest first, in a standing view, filtered and searched; its rows refresh themselves live."""
    user, now = signed_in(request), timezone.now()
    seen = visible_to(user)
    view = request.GET.get("view") or "open"
    asked = request.GET.get("q", "").strip()
    cases = searched(narrowed(view_of(seen, view, user=user, now=now), request.GET.dict()), asked)
    page = desk_page(cases, cursor=request.GET.get("after"))
    clocks = clocks_of("case", [case.pk for case in page.rows])
    rows = [(case, _most_pressing(clocks.get(case.pk, []), now)) for case in page.rows]
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "rows": rows,
        "page": page,
        "view": view,
        "asked": asked,
        "query": query.urlencode(),
        "query_without_view": _without(query, "view"),
        "breached": request.GET.get("breached", ""),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_rows.html", context)
    context |= {
        "views": [(code, label, icon, _count(seen, code, user, now)) for code, label, icon in VIEWS],
        "kinds": current_kinds(),
        "districts": districts(),
        "priorities": Case.Priority.choices,
        "chosen": {name: request.GET.get(name, "") for name in FILTERS},
    }
    return render(request, "cases/desk.html", context)


def _without(query: object, name: str) -> str:
    rest = query.copy()  # type: ignore[attr-defined]
    rest.pop(name, None)
    return str(rest.urlencode())


def _count(seen, view, user, now) -> int | None:  # type: ignore[no-untyped-def]
    return view_of(seen, view, user=user, now=now).count() if view in COUNTED else None


def _most_pressing(clocks, now):  # type: ignore[no-untyped-def]
    """The clock that a row shows: overdue first, then the next one due, else the last one."""
    views = [clock_view(clock, now) for clock in clocks]
    running = [v for c, v in zip(clocks, views, strict=True) if c.stopped_at is None and c.due_at is not None]
    return min(running, key=lambda v: v["due"]) if running else None


@requires("see_cases")
def case(request: HttpRequest, number: str) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = case_numbered(number, user=user)
    lifecycle = Lifecycle(found.kind.lifecycle)
    context = {
        "case": found,
        "state_name": lifecycle.state_name(found.state),
        "progress": [(lifecycle.state_name(code), where) for code, where in lifecycle.progress(found.state)],
        "clocks": [
            (clock, clock_view(clock, now)) for clock in clocks_of("case", [found.pk]).get(found.pk, [])
        ],
        "messages_said": found.messages.select_related("author")
        .prefetch_related("attachments")
        .order_by("at", "id"),
        "history": history(subject=Subject("case", found.pk)),
        "steps": lifecycle.steps_from(found.state, user.roles) if user.may("work_cases") else [],
        "perms_work": user.may("work_cases"),
        "severity_name": next(
            (
                in_language(entry["name"])
                for entry in found.kind.severities
                if entry["code"] == found.severity
            ),
            "",
        ),
        "link": request.build_absolute_uri(case_link(found)),
        "causes": Case.Cause.choices,
        "may_waive": user.may("waive_clocks"),
        "may_assign": user.may("assign_others") or found.assignee_id in (None, user.pk),
        "teams": Team.objects.filter(field=False).order_by("code"),
        "colleagues": people_with(Role.AGENT, Role.TEAM_LEAD),
    }
    template = "cases/_case.html" if request.htmx else "cases/case.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_POST
@requires("work_cases")
def take(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = case_numbered(number, user=user)
    actions.take_case(case_id=found.pk, user=user, now=timezone.now(), actor=acting(request))
    messages.success(request, _("The case is yours."))
    return redirect("cases:case", number=number)


@require_POST
@requires("work_cases")
def say(request: HttpRequest, number: str) -> HttpResponse:
    """A reply to the customer, or with ``internal`` a note among staff."""
    user = signed_in(request)
    found = case_numbered(number, user=user)
    form = Say(request.POST, request.FILES)
    form.is_valid()
    verb = actions.add_note if request.POST.get("internal") else actions.reply
    verb(
        case_id=found.pk,
        body=form.cleaned_data.get("body", ""),
        files=form.cleaned_data.get("files") or (),
        user=user,
        now=timezone.now(),
        actor=acting(request),
    )
    return redirect("cases:case", number=number)


@require_POST
@requires("work_cases")
def step(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = case_numbered(number, user=user)
    actions.transition(
        case_id=found.pk,
        code=request.POST.get("step", ""),
        note=request.POST.get("note", ""),
        cause=request.POST.get("cause", ""),
        user=user,
        now=timezone.now(),
        actor=acting(request),
    )
    return redirect("cases:case", number=number)


@require_POST
@requires("work_cases")
def assign(request: HttpRequest, number: str) -> HttpResponse:
    user = signed_in(request)
    found = case_numbered(number, user=user)
    assignee = request.POST.get("assignee", "")
    actions.assign_case(
        case_id=found.pk,
        team=Team.objects.filter(code=request.POST.get("team", "")).first(),
        assignee=person(int(assignee), Role.AGENT, Role.TEAM_LEAD) if assignee.isdigit() else None,
        reason=request.POST.get("reason", "").strip(),
        user=user,
        now=timezone.now(),
        actor=acting(request),
    )
    messages.success(request, _("Handed over."))
    still_mine = visible_to(user).filter(pk=found.pk).exists()
    return redirect("cases:case", number=number) if still_mine else redirect("cases:desk")


@require_POST
@requires("work_cases")
def new_link(request: HttpRequest, number: str) -> HttpResponse:
    """Revoke the links given out, and show the new one to pass on."""
    user = signed_in(request)
    found = case_numbered(number, user=user)
    actions.revoke_links(case_id=found.pk, user=user, now=timezone.now(), actor=acting(request))
    messages.success(request, _("The old links are worthless now. The new one stands under “Customer”."))
    return redirect("cases:case", number=number)


@require_POST
@requires("waive_clocks")
def waive(request: HttpRequest, number: str, clock_id: int) -> HttpResponse:
    user = signed_in(request)
    found = case_numbered(number, user=user)
    own = {clock.pk for clock in clocks_of("case", [found.pk]).get(found.pk, [])}
    if clock_id in own:
        waive_clock(
            clock_id=clock_id,
            reason=request.POST.get("reason", ""),
            user=user,
            now=timezone.now(),
            actor=acting(request),
        )
    return redirect("cases:case", number=number)


@requires("see_cases")
def attachment(request: HttpRequest, number: str, attachment_id: int) -> FileResponse:
    found = case_numbered(number, user=signed_in(request))
    return file_response(attachment_of(found, attachment_id, to_customer=False))


@requires("work_cases")
def new(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Take a report by telephone or at the counter."""
    user = signed_in(request)
    kinds = current_kinds()
    chosen = next((k for k in kinds if k.code == kind), None)
    if chosen is None:
        return render(request, "cases/new_choose.html", {"kinds": kinds})
    form = Report(request.POST or None, request.FILES or None, kind=chosen)
    form.fields["name"].label = _("Customer's name")
    form.fields["mobile"].help_text = ""
    if request.method == "POST" and form.is_valid():
        opened = actions.receive_report(
            kind=chosen,
            said=form.cleaned_data,
            channel="phone",
            language=request.POST.get("language", "zh-hans"),
            now=timezone.now(),
            actor=user.actor(origin="desk"),
        )
        return redirect("cases:case", number=opened.number)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/new.html", {"form": form, "kind": chosen, "kinds": kinds}, status=status)
