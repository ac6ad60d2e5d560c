"""The pricing help from the choice of a method to the draft's explanation and the PDF, and who sees what."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse

from core.models import AuditEvent
from registry.actions.drafting import begin_draft, save_draft
from registry.enums import PricingBasis, PricingMethod
from registry.models import Estimate
from registry.pricing.explaining import REFERENCE_ONLY
from tests.cast import COMPLETE, NOW
from tests.papers import text_of as pdf_text

CUSTOM = {
    "suits_0": "on",
    "suits_1": "on",
    "rate": "3",
    "licensee_sales": "200万元",
    "source": "Licensing Almanac 2024, page 12",
    "licensees": "4",
    "months": "36",
}
FIXED = reverse("registry:pricing_form", args=["customary", "fixed"])


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def browser(cast):
    return cast.patentee.client()


@pytest.fixture
def kept(browser) -> Estimate:
    browser.post(FIXED, {**CUSTOM, "keep": "1"})
    return Estimate.objects.get()


def test_a_result_shows_every_figure_with_its_source_and_every_step_and_keeps_nothing(browser):
    said = text_of(browser.post(FIXED, CUSTOM))
    assert "Rate that the source gives 3 % Licensing Almanac 2024, page 12" in said
    assert "Base: fee for one year ¥2,000,000.00 × 3 % ¥60,000.00" in said
    assert "Coefficient for the expected licensees max(1 ÷ √4; 0.1) 0.5 Office practice, not law" in said
    assert "Fee for the whole term ¥30,000.00 × 36 ÷ 12 ¥90,000.00" in said
    assert "Reference only: an estimate binds nobody" in said
    assert Estimate.objects.count() == 0


def test_without_a_source_there_is_no_result_and_what_was_typed_stays(browser):
    response = browser.post(FIXED, {**CUSTOM, "source": "", "licensee_sales": "面议"})
    assert "What it comes to" not in text_of(response)
    assert "This is not a number." in text_of(response)
    assert 'value="面议"' in response.content.decode()
    assert "Say where the figures come from." in text_of(browser.post(FIXED, {**CUSTOM, "source": ""}))


def test_while_typing_only_the_outcome_comes_back(browser):
    answer = browser.post(FIXED, CUSTOM, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<html" not in page
    assert "¥90,000.00" in page
    assert '<p class="visually-hidden" role="status" id="said" hx-swap-oob="true">Fee for the whole term' in page
    partial = browser.post(FIXED, {"rate": "3"}, headers={"HX-Request": "true"})
    assert "This figure is missing." in text_of(partial)
    assert Estimate.objects.count() == 0


def test_a_result_above_the_cap_is_said(browser):
    said = text_of(browser.post(FIXED, {**CUSTOM, "licensee_sales": "100,000,000,0"}))
    assert "The outcome is above the cap A fixed fee is generally at most ¥20,000,000.00" in said
    assert "Fee for the whole term, within the cap ¥20,000,000.00" in said


def test_every_page_says_that_it_is_for_reference_only(browser, kept):
    addresses = [
        reverse("registry:pricing"),
        reverse("registry:pricing_new"),
        *(reverse("registry:pricing_form", args=[method, basis]) for method in PricingMethod for basis in PricingBasis),
        reverse("registry:estimate", args=[kept.pk]),
        reverse("registry:estimate_discard", args=[kept.pk]),
    ]
    silent = [address for address in addresses if str(REFERENCE_ONLY) not in text_of(browser.get(address))]
    assert (len(addresses), silent) == (19, [])
    assert str(REFERENCE_ONLY) in text_of(browser.post(FIXED, CUSTOM, headers={"HX-Request": "true"}))


def test_kept_estimates_stand_side_by_side(browser, kept):
    browser.post(reverse("registry:pricing_form", args=["own_income", "profit"]),
                 {"share": "90", "source": "Accounts", "licensees": "1", "months": "36", "keep": "1"})  # fmt: skip
    said = text_of(browser.get(reverse("registry:pricing")))
    assert "International customary rates No particular patent A fixed fee 36 months 4 ¥90,000.00 ¥90,000.00" in said
    assert "A royalty on profit 1 90 % 40 % Above the cap" in said


def test_the_result_becomes_the_drafts_explanation_as_edited_and_its_fee(cast, browser):
    draft = cast.draft(fee_mode="royalty_sales", royalty_rate="2")
    browser.post(f"{FIXED}?statement={draft.pk}", {**CUSTOM, "keep": "1"})
    estimate = Estimate.objects.get()
    assert (estimate.statement, estimate.patent) == (draft, draft.patent)
    page = reverse("registry:estimate", args=[estimate.pk])
    offered = browser.get(page).context["form"]["explanation"].value()
    assert offered.startswith("许可使用费按下列方法估算")
    assert "Licensing Almanac 2024, page 12" in offered
    sent = {"statement": str(draft.pk), "explanation": f"{offered}\n另见附件。", "with_fee": "on"}
    assert browser.post(page, sent).url == reverse("registry:draft_step", args=[draft.pk, "explanation"]) + "?checked=1"
    draft.refresh_from_db()
    assert draft.explanation == f"{offered}\n另见附件。"
    assert (draft.fee_mode, draft.fixed_amount, draft.royalty_rate) == ("lump_sum", Decimal("90000.00"), None)
    assert AuditEvent.objects.filter(event="use_estimate", subject_id=draft.pk).count() == 1


def test_an_explanation_over_two_thousand_characters_is_refused_and_kept_on_the_page(cast, browser, kept):
    draft = cast.draft()
    page = reverse("registry:estimate", args=[kept.pk])
    response = browser.post(page, {"statement": str(draft.pk), "explanation": "长" * 2001})
    assert "The explanation has 2001 characters; it may have 2000." in text_of(response)
    assert "长" * 2001 in response.content.decode()
    assert browser.post(page, {"statement": str(draft.pk), "explanation": "长" * 2000}).status_code == 302


def test_the_paper_says_the_same_in_both_languages(browser, kept):
    answer = browser.get(reverse("registry:estimate_pdf", args=[kept.pk]))
    assert answer["Content-Type"] == "application/pdf"
    words = "".join(pdf_text(answer.content).split())
    for said in (
        "仅供参考",
        "Referenceonly",
        "LicensingAlmanac2024,page12",
        "¥2,000,000.00×3%",
        "¥90,000.00",
        "¥20,000,000.00",
    ):
        assert said in words


def test_every_page_of_the_paper_says_that_it_is_for_reference_only(browser):
    long = "《许可合同登记簿》第十二卷" * 14
    contracts = {f"fee_{n}": "90000" for n in range(1, 6)} | {f"years_{n}": "3" for n in range(1, 6)}
    form = reverse("registry:pricing_form", args=["past_fees", "fixed"])
    browser.post(form, {**contracts, "source": long, "licensees": "4", "months": "36", "keep": "1"})
    document = browser.get(reverse("registry:estimate_pdf", args=[Estimate.objects.get().pk])).content
    with pikepdf.open(io.BytesIO(document)) as opened:
        pages = len(opened.pages)
    assert pages > 1
    assert "".join(pdf_text(document).split()).count("仅供参考") == pages + 1  # in each foot, and under the title


def test_an_agency_uses_it_for_its_principal_and_others_see_nothing(cast, kept):
    draft = cast.draft(by=cast.agency)
    theirs = cast.agency.client()
    theirs.post(f"{FIXED}?statement={draft.pk}", {**CUSTOM, "keep": "1"})
    mine = Estimate.objects.exclude(pk=kept.pk).get()
    assert mine.organisation == cast.agency.organisation
    for who in (cast.co_owner, cast.enterprise, cast.rival, cast.officer):
        for name in ("estimate", "estimate_pdf", "estimate_discard"):
            address = reverse(f"registry:{name}", args=[mine.pk])
            assert (who.client().get(address).status_code, who.client().post(address).status_code) == (404, 404)
        foreign = who.client().post(f"{FIXED}?statement={draft.pk}", CUSTOM, headers={"HX-Request": "true"})
        assert foreign.status_code == 404


@pytest.mark.parametrize("who", ["examiner", "approver", "mediator", "auditor", "administrator"])
def test_for_other_roles_not_even_the_fragment_exists(cast, who):
    answer = getattr(cast, who).client().post(FIXED, CUSTOM, headers={"HX-Request": "true"})
    assert answer.status_code == 404


def test_a_provincial_officer_estimates_with_a_patentee(cast):
    officer = cast.officer.client()
    patent = cast.patent()
    officer.post(f"{FIXED}?patent={patent.number}", {**CUSTOM, "keep": "1"})
    estimate = Estimate.objects.get()
    assert (estimate.organisation, estimate.made_by, estimate.patent) == (None, cast.officer.user, patent)
    said = text_of(officer.get(reverse("registry:estimate", args=[estimate.pk])))
    assert "Explanation to copy" in said
    another = cast.official("officer", "Another officer", province="11").client()
    assert another.get(reverse("registry:estimate", args=[estimate.pk])).status_code == 404


def test_the_number_of_a_patent_is_completed_and_a_wrong_one_explained(cast, browser):
    patent = cast.patent()
    new = reverse("registry:pricing_new")
    assert browser.get(new, {"patent": patent.number[:12]}).context["matter"].patent == patent
    wrong = f"{patent.number[:-1]}{'1' if patent.number[-1] != '1' else '2'}"
    assert "The check digit does not match" in text_of(browser.get(new, {"patent": wrong}))
    assert browser.get(new, {"statement": "nonsense"}).status_code == 404


def test_the_median_of_five_comparables_can_be_taken_over_with_its_source(cast, browser):
    industry = reverse("registry:pricing_form", args=["industry", "fixed"])
    mine = cast.patent()
    others = [cast.member(f"Firm {n}", holds=True) for n in range(5)]
    for n, who in enumerate(others):
        if n == 4:
            said = text_of(browser.get(f"{industry}?patent={mine.number}"))
            assert "five are needed, and this register has 4 of industry" in said
        announce(cast, who, n)
    page = browser.get(f"{industry}?patent={mine.number}")
    assert page.context["comparables"].spread.median == Decimal("30000.00")
    form = browser.get(f"{industry}{page.context['use_median']}").context["form"]
    assert (form["mean_fee"].value(), form["mean_years"].value()) == ("30000.00", "1")
    assert form["source"].value().startswith("Median of 5 announced open licenses of class")


def announce(cast, who, n):
    patent = cast.patent(owners=[who.patentee])
    statement = begin_draft(patent=patent, filed_by=who.organisation, by=who.actor, at=NOW)
    entries = {**COMPLETE, "fixed_amount": str(30000 * (n + 1)), "term_months": "36"}
    statement = save_draft(statement=statement, entries=entries, by=who.actor, at=NOW)
    for step in ("submit", "claim", "pass", "approve", "announce"):
        getattr(cast, f"_{step}")(statement, NOW + timedelta(days=7 * n))
        statement.refresh_from_db()


def test_an_estimate_is_discarded_after_asking(browser, kept):
    page = reverse("registry:estimate_discard", args=[kept.pk])
    assert "leaves your list" in text_of(browser.get(page))
    browser.post(page)
    assert Estimate.objects.count() == 0
