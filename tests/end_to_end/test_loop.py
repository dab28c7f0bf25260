"""The whole loop in a real browser: serve, listen, measure, improve; each person on a browser of her own."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.end_to_end.conftest import PHONE, Opener

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082")  # fmt: skip
SUBJECT = "The hob in our kitchen hisses and will not light"


def report(page: Page) -> str:
    """A customer who is a stranger reports on her phone; the address of her case."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("Appliance repair")).click()
    page.get_by_label("Your name").fill("Emma Clarke")
    page.get_by_label("Mobile number").fill("+86 139 0013 9000")
    page.get_by_label("District").select_option("lakeside")
    page.get_by_label("Address").fill("9 Hubin Road, Unit 1, 402")
    page.get_by_label("What is the matter?").fill(f"{SUBJECT}. It started this morning.")
    page.get_by_label("Photos").set_input_files({"name": "hob.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text(re.compile(r"We have your report. Its number is \d\d-\d{6}"))).to_be_visible()
    expect(page.locator(".clocks").get_by_text("Fault handled within 6 hours")).to_be_visible()
    expect(page.locator(".clocks").get_by_text("Repaired within 24 hours")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("hob.png"))).to_be_visible()
    return page.url.split("?")[0]


def take(chen: Page, wang: Page) -> None:
    """Chen takes the case; Wang, whose page has not heard of it yet, is told by whom."""
    chen.get_by_role("link", name=re.compile(SUBJECT)).first.click()
    wang.route("**/live/**", lambda route: route.abort())
    wang.goto(chen.url)
    chen.get_by_role("button", name="Take this case").click()
    expect(chen.get_by_text("The case is yours.")).to_be_visible()
    wang.get_by_role("button", name="Take this case").click()
    expect(wang.get_by_text(re.compile("陈静 took this case at"))).to_be_visible()


def reply_and_send(chen: Page) -> None:
    """Answer the customer and send a field worker in a free hour."""
    chen.get_by_label("Message").fill("We are sending a colleague.")
    chen.get_by_role("button", name="Reply").click()
    expect(chen.get_by_text("We are sending a colleague.")).to_be_visible()
    form = chen.locator("form#plan-visit")
    if not form.is_visible():
        chen.get_by_text("Send somebody").click()
    form.get_by_label("Field worker").select_option(label="魏国强")
    form.get_by_role("button", name="Plan the visit").click()
    expect(chen.get_by_text("魏国强 is on the way.")).to_be_visible()


def repair(worker: Page) -> None:
    """On a phone: arrived, then repaired."""
    worker.goto("/visits/")
    worker.get_by_role("link", name=re.compile("9 Hubin Road")).click()
    worker.get_by_role("button", name="I have arrived").click()
    worker.get_by_label("What was found and done").fill("Cleaned the burner, replaced the igniter.")
    worker.get_by_role("button", name="Repaired").click()
    expect(worker.locator("main").get_by_text("Done", exact=True).first).to_be_visible()


def answer(page: Page, score: int) -> None:
    """The questionnaire with one thumb: every rating, resumed after leaving in the middle, sent once."""
    expect(page.locator(".sd-question, .sv-question, [data-name]").first).to_be_visible()
    first_page = True
    for _ in range(12):
        groups = page.locator("fieldset:visible, [role=radiogroup]:visible")
        for index in range(groups.count()):
            groups.nth(index).locator(f'input[type=radio][value="{score}"]').check(force=True)
        if first_page:
            first_page = False
            page.wait_for_timeout(1200)  # the draft is kept a moment after the last answer
            page.reload()
            expect(page.locator(f'input[type=radio][value="{score}"]:checked').first).to_be_attached()
        send = page.get_by_role("button", name="Send my answers")
        if send.is_visible():
            send.click()
            break
        page.get_by_role("button", name="Next").click()
        page.wait_for_timeout(200)
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def figure(page: Page, label: str) -> Any:
    return page.locator(".figure", has_text=label).locator(".figure-value").first


def test_the_loop_from_a_report_to_an_initiative(open_as: Opener) -> None:
    chen, wang = open_as("chen"), open_as("wang")
    chen.goto("/desk/")
    expect(chen.locator('[data-live-state="on"]')).to_be_attached(timeout=20_000)
    customer = open_as(None, size=PHONE)
    case_address = report(customer)
    # Live: nobody reloads the desk.
    expect(chen.get_by_role("link", name=re.compile(SUBJECT)).first).to_be_visible(timeout=15_000)
    take(chen, wang)
    reply_and_send(chen)
    expect(customer.get_by_text("We are sending a colleague.")).to_be_visible(timeout=15_000)
    wei = open_as("wei", size=PHONE)
    repair(wei)
    expect(customer.locator("[aria-current=step]", has_text="Repaired")).to_be_visible(timeout=15_000)
    customer.get_by_role("button", name="Yes, it works again").click()

    lin = open_as("lin")
    lin.goto("/quality/?days=91")
    before = int(figure(lin, "Answers").inner_text())
    expect(lin.locator('[data-live-state="on"]')).to_be_attached(timeout=20_000)

    chen.reload()
    chen.locator("summary", has_text="Close").first.click()
    chen.get_by_label("Cause").last.select_option("output")
    chen.locator("details[open]").get_by_role("button", name="Close").click()
    expect(chen.get_by_text("Closed", exact=True).first).to_be_visible()

    customer.goto(case_address)
    customer.get_by_role("link", name="Answer the questions").click()
    questionnaire = customer.url
    answer(customer, 6)
    customer.goto(questionnaire)
    expect(customer.get_by_text(re.compile("answered already"))).to_be_visible()

    # The gaps have moved with that answer, and nobody reloaded them either.
    expect(figure(lin, "Answers")).to_have_text(str(before + 1), timeout=15_000)
    initiative(lin)
    overview(open_as("he"))


def initiative(lin: Page) -> None:
    """From the widest gap to an initiative, which no decision closes."""
    lin.locator("tr.is-widest").get_by_role("link", name=re.compile("Open an initiative")).click()
    lin.get_by_role("button", name="Open it").click()
    lin.get_by_role("button", name="To the next stage").click()
    expect(lin.get_by_text(re.compile("the causes in words"))).to_be_visible()
    lin.go_back()
    lin.get_by_role("textbox", name="Causes").fill("Nobody tells the customer when somebody will come.")
    lin.get_by_role("button", name="Save").click()
    lin.get_by_text("Add an action").click()
    lin.get_by_label("What is done").fill("A text message an hour before")
    lin.get_by_label("By whom").select_option(label="赵玉兰")
    lin.get_by_label("By when").fill("2027-12-01")
    lin.get_by_role("button", name="Add", exact=True).click()
    lin.get_by_role("button", name="To the next stage").click()
    lin.get_by_role("button", name=re.compile("Mark as done")).click()
    lin.get_by_role("button", name="To the next stage").click()
    expect(lin.get_by_role("button", name="Measure again")).to_be_visible()
    lin.get_by_role("button", name="To the next stage").click()
    expect(lin.get_by_text(re.compile("closed by measuring again"))).to_be_visible()
    lin.go_back()
    lin.get_by_role("button", name="Measure again").click()
    expect(lin.get_by_text(re.compile("needs at least 10 answers"))).to_be_visible()
    # The one that the story proved shows before, after and the difference with its interval.
    lin.goto("/initiatives/")
    lin.locator(".board-card", has_text="→").first.click()
    expect(lin.get_by_text(re.compile("The gap moved by"))).to_be_visible()


def overview(he: Page) -> None:
    """The figure and the list behind it count the same."""
    he.goto("/overview/?days=91")
    words = he.locator(".figure", has_text="Promises kept").inner_text()
    counted = re.search(r"of ([\d,]+)", words)
    assert counted
    figure(he, "Promises kept").click()
    expect(he.get_by_text(re.compile(rf"^{counted[1]} promises counted"))).to_be_visible()
