"""The page of all components in a real browser: nothing for axe to find, nothing cut off, nothing too small to hit."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Not a target of its own: a link within a sentence (WCAG 2.5.8, inline).
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, input, select, summary')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && (box.height < 24 || box.width < 24) && getComputedStyle(e).display !== 'inline';
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colors", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_component_is_usable_by_everybody(page, language, colors, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=colors, reduced_motion="reduce")
    page.goto("/styleguide/")
    if language == "en":
        page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == language
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    assert [(one["id"], node["html"]) for one in found for node in one["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL_TARGETS) == []


def test_errors_are_reached_first_and_lead_to_their_inputs(page):
    page.goto("/styleguide/")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_price"


def test_the_first_key_press_offers_to_skip_to_the_content(page):
    page.goto("/e")  # no such page: nothing takes the focus
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
