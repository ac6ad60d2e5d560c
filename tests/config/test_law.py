"""The public pages about the law and about accessibility."""

import pytest

from config.reference import rule_books
from core.legal import INSTRUMENTS
from core.legal.settings import ROWS

pytestmark = pytest.mark.django_db


def test_the_legal_basis_names_every_rule_every_number_and_every_source(client):
    page = client.get("/legal-basis/", headers={"accept-language": "en"}).content.decode()
    for _app, book in rule_books():
        for rule in book.rules:
            assert f">{rule.id}</td>" in page
    for key in INSTRUMENTS:
        assert f'id="{key}"' in page
    assert page.count("Office practice</td>") == len({row.key for row in ROWS if row.is_practice})


def test_a_citation_links_to_its_source_on_that_page(client):
    page = client.get("/legal-basis/").content.decode()
    assert 'href="/legal-basis/#LAW"' in page


def test_the_accessibility_page_is_there_for_everybody(client):
    assert client.get("/accessibility/").status_code == 200
