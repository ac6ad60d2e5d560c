"""Messages are found wherever people's text is written, merged without loss and compiled only when whole."""

from gettext import GNUTranslations

import polib
import pytest

from config import catalogues
from config.catalogues import CatalogueError

CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
from core.legal import LAW, PRACTICE

title = _("Grounds %(article)s")
body = _(
    "First half,"
    " second half."
)
days = ngettext("%(count)s day", "%(count)s days", count)
may = pgettext("month", "May")
basis = (LAW(50, 1), PRACTICE("four eyes"))
dynamic = _(name)
"""
PAGE = """{% load i18n %}
  {% if x %}{% translate "Search" %}{% else %}
      {% translate "May" context "month" %}{% endif %}
{% blocktranslate trimmed with name=person.name count counter=list|length %}
  One license of {{ name }}.
{% plural %}
  {{ counter }} licenses of {{ name }}.
{% endblocktranslate %}
<a title="{% translate 'It isn’t here (yet)' %}">
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "rules.py").write_text(CODE, "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(PAGE, "utf-8")
    return tmp_path


def test_messages_of_code_and_templates_are_found(project):
    found = {key: (entry.plural, sorted(entry.files)) for key, entry in catalogues.extract(project).items()}
    code, page = ["registry/rules.py"], ["templates/page.html"]
    assert found == {
        ("", "Grounds %(article)s"): ("", code),
        ("", "First half, second half."): ("", code),
        ("", "%(count)s day"): ("%(count)s days", code),
        ("month", "May"): ("", [*code, *page]),
        ("", "four eyes"): ("", code),
        ("", "Search"): ("", page),
        ("", "One license of %(name)s."): ("%(counter)s licenses of %(name)s.", page),
        ("", "It isn’t here (yet)"): ("", page),
    }


def test_an_update_keeps_translations_and_drops_what_is_gone(project):
    assert catalogues.update(project) == {"zh_Hans": 8, "en": 0}
    chinese = catalogues.read("zh_Hans", project)
    chinese.find("Search").msgstr = "搜索"
    chinese.find("four eyes").msgstr = "双人审查"
    chinese.find("four eyes").flags.append("fuzzy")
    chinese.append(polib.POEntry(msgid="Gone", msgstr="没了"))
    chinese.save(str(catalogues.catalogue_path("zh_Hans", project)))
    assert catalogues.update(project) == {"zh_Hans": 7, "en": 0}
    merged = catalogues.read("zh_Hans", project)
    assert merged.find("Search").msgstr == "搜索"
    assert merged.find("four eyes").msgstr == ""  # half a translation is none
    assert merged.find("Gone") is None


def test_an_update_without_change_writes_the_same_bytes(project):
    catalogues.update(project)
    paths = [catalogues.catalogue_path(language, project) for language in catalogues.LANGUAGES]
    before = [path.read_bytes() for path in paths]
    catalogues.update(project)
    assert [path.read_bytes() for path in paths] == before


def test_english_translates_itself_in_singular_and_plural(project):
    catalogues.update(project)
    catalogues.compile_all(project)
    compiled = catalogues.catalogue_path("en", project).with_suffix(".mo")
    with compiled.open("rb") as file:
        english = GNUTranslations(file)
    assert english.ngettext("%(count)s day", "%(count)s days", 1) == "%(count)s day"
    assert english.ngettext("%(count)s day", "%(count)s days", 2) == "%(count)s days"
    assert english.pgettext("month", "May") == "May"


@pytest.mark.parametrize(
    ("msgid", "msgstr", "fault"),
    [
        ("Grounds %(article)s", "理由", "'Grounds %(article)s': placeholders ['%(article)'] differ in '理由'"),
        ("Search", "搜索 {name}", "'Search': placeholders ['{name}'] differ in '搜索 {name}'"),
    ],
)
def test_a_changed_placeholder_is_told_and_nothing_is_compiled(project, msgid, msgstr, fault):
    catalogues.update(project)
    path = catalogues.catalogue_path("zh_Hans", project)
    chinese = catalogues.read("zh_Hans", project)
    chinese.find(msgid).msgstr = msgstr
    chinese.save(str(path))
    with pytest.raises(CatalogueError) as told:
        catalogues.compile_all(project)
    assert str(told.value) == f"zh_Hans: {fault}"
    assert not path.with_suffix(".mo").exists()


def test_a_message_with_two_plurals_is_an_error(project):
    (project / "registry" / "more.py").write_text('x = ngettext("%(count)s day", "%(count)s dayz", 2)')
    with pytest.raises(ValueError, match="has two plurals"):
        catalogues.extract(project)


def test_percent_signs_are_no_placeholders():
    assert catalogues.placeholders("15 % off, 20% more, 100%") == set()
    assert catalogues.placeholders("%(rate)s %% of {base} and %s") == {"%(rate)", "{base}", "%s"}
