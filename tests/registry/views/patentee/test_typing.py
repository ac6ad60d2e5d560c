"""What happens while a step is being filled in: it saves itself, the same rules speak, and no window overwrites another."""

import re

import pytest
from django.urls import reverse

from registry.actions.drafting import Overtaken, save_draft, state_of
from tests.cast import NOW

LIVE = {"HX-Request": "true"}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def step(statement, slug):
    return reverse("registry:draft_step", args=[statement.pk, slug])


def hidden(response, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', response.content.decode())[1]


@pytest.fixture
def browser(cast):
    return cast.patentee.client()


def test_what_is_typed_is_saved_by_itself_and_checked_by_the_same_rules(cast, browser):
    statement = cast.draft()
    answer = browser.post(
        step(statement, "explanation"), {"explanation": "全球首创，价格面议", "other_matters": ""}, headers=LIVE
    )
    said = text_of(answer)
    assert "<html" not in answer.content.decode()
    assert "“面议” leaves the price or the terms open." in said
    assert "“全球首创” may be read as advertising." in said
    statement.refresh_from_db()
    assert statement.explanation == "全球首创，价格面议"
    later = text_of(browser.get(f"{step(statement, 'explanation')}?checked=1"))
    assert "“面议” leaves the price or the terms open." in later


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("面议", "“面议” leaves the price or the terms open."),
        ("10-20万元", "“10-20万元” is a range, not one price."),
        ("很多", "This is not a number."),
        ("20,000,000.01", "A fixed fee is generally at most ¥20,000,000.00"),
    ],
)
def test_a_price_that_is_none_is_kept_and_explained(cast, browser, typed, message):
    statement = cast.draft()
    answer = browser.post(step(statement, "price"), {"fixed_amount": typed}, headers=LIVE)
    container = re.search(r'<div id="live_fixed_amount"[^>]*>(.*?)</div>', answer.content.decode(), re.S)[1]
    assert message in container
    assert f'value="{typed}"' in browser.get(step(statement, "price")).content.decode().replace("20000000.01", typed)


def test_an_empty_field_is_not_scolded_while_others_are_filled_in(cast, browser):
    statement = cast.draft()
    page = browser.post(step(statement, "contact"), {"contact_phone": "1"}, headers=LIVE).content.decode()
    assert re.search(r'<div id="live_contact_name"[^>]*>\s*</div>', page)
    assert "The contact person is missing." in page  # in the table of what is missing


def test_the_table_of_what_is_missing_leads_to_the_step_and_names_the_article(cast, browser):
    statement = cast.draft(contact_name="", payment_terms="最佳")
    page = browser.get(reverse("registry:draft", args=[statement.pk]))
    row = next(row for row in page.context["missing"] if row["message"] == "The contact person is missing.")
    assert row["url"] == f"{step(statement, 'contact')}?checked=1#id_contact_name"
    assert (str(row["step"]), str(row["state"]), str(row["basis"][0])) == (
        "Contact",
        "To be mended",
        "Implementing Rules of the Patent Law, Rule 85(2)",
    )
    assert [str(row["state"]) for row in page.context["missing"]] == ["To be mended", "Worth a second look"]
    assert page.context["ready"] is False


def test_when_nothing_is_missing_the_table_says_so(cast, browser):
    statement = cast.draft()
    assert "Nothing is missing." in text_of(browser.get(step(statement, "contact")))


def test_a_reader_is_told_only_what_is_new(cast, browser):
    statement = cast.draft()
    first = browser.post(step(statement, "price"), {"fixed_amount": "面议"}, headers=LIVE)
    assert 'id="announce"' in first.content.decode()
    again = {"fixed_amount": "面议", "said": hidden(first, "said").replace("&quot;", '"')}
    assert 'id="announce"' not in browser.post(step(statement, "price"), again, headers=LIVE).content.decode()


def opened(browser, statement, slug="contact"):
    page = browser.get(step(statement, slug))
    return {"before": hidden(page, "before"), "window": hidden(page, "window")}


def test_two_windows_do_not_overwrite_one_another(cast, browser):
    statement = cast.draft()
    one, other = opened(browser, statement), opened(browser, statement)
    browser.post(step(statement, "contact"), {**one, "contact_name": "Zhang San"}, headers=LIVE)
    late = {**other, "contact_name": "Li Si", "contact_phone": "1", "back": "1"}
    said = text_of(browser.post(step(statement, "contact"), late))
    assert "Another window has changed this page meanwhile" in said
    assert "Contact person Li Si Zhang San" in said
    live = browser.post(step(statement, "contact"), late, headers=LIVE)
    assert (live.headers["HX-Reswap"], "Contact person Li Si Zhang San" in text_of(live)) == ("none", True)
    told = {**late, "seen": hidden(live, "seen")}
    assert browser.post(step(statement, "contact"), told, headers=LIVE).status_code == 204
    statement.refresh_from_db()
    assert statement.contact_name == "Zhang San"
    chosen = {**late, "overwrite": hidden(live, "seen")}
    assert browser.post(step(statement, "contact"), chosen).url == reverse("registry:draft", args=[statement.pk])
    statement.refresh_from_db()
    assert statement.contact_name == "Li Si"


def test_what_was_typed_stands_on_the_page_of_the_conflict(cast, browser):
    statement = cast.draft()
    one, other = opened(browser, statement), opened(browser, statement)
    browser.post(step(statement, "contact"), {**one, "contact_name": "Zhang San"}, headers=LIVE)
    page = browser.post(step(statement, "contact"), {**other, "contact_name": "Li Si"}).content.decode()
    assert 'value="Li Si"' in page


def test_a_window_goes_on_after_its_own_save_and_beside_other_steps(cast, browser):
    """The page that is sent while its last save in the background is under way still has the older fingerprint."""
    statement = cast.draft()
    mine, other = opened(browser, statement), opened(browser, statement, "explanation")
    browser.post(step(statement, "contact"), {**mine, "contact_name": "Zhang"}, headers=LIVE)
    assert browser.post(step(statement, "contact"), {**mine, "contact_name": "Zhang San", "contact_phone": "1"}).url
    assert browser.post(step(statement, "explanation"), {**other, "explanation": "按同行业平均费用计算。"}).url
    statement.refresh_from_db()
    assert (statement.contact_name, statement.explanation) == ("Zhang San", "按同行业平均费用计算。")


def test_the_action_itself_refuses_to_overwrite(cast):
    statement = cast.draft()
    before = state_of(statement, ["contact_name"])
    by = cast.patentee.actor
    save_draft(statement=statement, entries={"contact_name": "A"}, by=by, at=NOW, expected=before, window="one")
    with pytest.raises(Overtaken):
        save_draft(statement=statement, entries={"contact_name": "B"}, by=by, at=NOW, expected=before, window="two")
    statement.refresh_from_db()
    assert statement.contact_name == "A"
    save_draft(statement=statement, entries={"contact_name": "C"}, by=by, at=NOW)  # the API expects nothing


def test_the_check_digit_is_completed_and_a_wrong_one_explained(cast, browser):
    patent = cast.patent()
    check = reverse("registry:number_check")
    said = text_of(browser.get(check, {"number": patent.number[:12]}))
    assert f"The check digit of this number is {patent.number[-1]}. Use ZL{patent.number}" in said
    assert f"{patent.title} Owners Lakeside University" in said
    assert "From the patent register. As of" in said
    wrong = f"{patent.number[:-1]}{'1' if patent.number[-1] != '1' else '2'}"
    assert f"it would be {patent.number[-1]}, not" in text_of(browser.get(check, {"number": wrong}))
    assert text_of(browser.get(check, {"number": "2024"})) == ""
    without_script = browser.post(reverse("registry:statement_new"), {"number": patent.number[:12]})
    assert f"Use ZL{patent.number}" in text_of(without_script)


def test_for_others_neither_the_step_nor_the_fragments_exist(cast):
    statement = cast.draft()
    for who in (cast.co_owner, cast.enterprise, cast.examiner, cast.officer, cast.auditor):
        client = who.client()
        assert client.post(step(statement, "contact"), {"contact_name": "X"}, headers=LIVE).status_code == 404
    for who in (cast.examiner, cast.officer, cast.mediator):
        assert who.client().get(reverse("registry:number_check"), {"number": "2"}, headers=LIVE).status_code == 404
    statement.refresh_from_db()
    assert statement.contact_name == "Wang Fang"


def test_a_statement_sent_meanwhile_is_not_changed_by_a_late_save(cast, browser):
    statement = cast.statement_in("submitted")
    answer = browser.post(step(statement, "contact"), {"contact_name": "X"}, headers=LIVE)
    assert answer.headers["HX-Redirect"] == reverse("registry:draft", args=[statement.pk])


def test_the_examiner_sees_the_words_marked(cast):
    statement = cast.statement_in("submitted", explanation="最佳技术，参照同行业3%至5%计算。")
    desk = cast.examiner.client().get(reverse("admin:registry_statement_change", args=[statement.pk])).content.decode()
    assert "<mark>最佳</mark>" in desk
    assert "<mark>3%至5%</mark>" in desk
