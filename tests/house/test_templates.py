"""Templates carry no script, no style, no text marked safe and no Chinese (docs/architecture.md)."""

import re

import pytest

from tests.house import tree
from tests.house.finders import CHINESE

PAGES = [path for path in tree.templates() if path.suffix in {".html", ".svg"}]

OFFENCES = {
    "a script between its tags": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.I
    ),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "a script in an attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=|javascript:", re.I),
    "text marked safe": re.compile(r"\|\s*(?:safe|safeseq)\b"),
    "escaping switched off": re.compile(r"\{%\s*autoescape\s+off"),
}

SAMPLES = {
    "a script between its tags": "<script>alert(1)</script>",
    "a style element": "<style>p{}</style>",
    "a style attribute": '<p class="a"\n style="color:red">',
    "a script in an attribute": '<p onclick="go()">',
    "text marked safe": "{{ title | safe }}",
    "escaping switched off": "{%  autoescape off %}",
}

# The name of a language is written in that language.
# The development-only page of components shows real titles and names.
EXAMPLES = {"styleguide.html"}
CHINESE_NAMES = {"中文", "简体中文"}


@pytest.mark.parametrize("offence", OFFENCES)
def test_no_page_holds(offence):
    found = OFFENCES[offence]
    assert found.search(SAMPLES[offence])
    assert [tree.name(path) for path in PAGES if found.search(path.read_text("utf-8"))] == []


def test_scripts_are_loaded_from_files():
    loaded = "<script src=\"{% static 'js/enhance.js' %}\" defer></script>"
    assert not OFFENCES["a script between its tags"].search(loaded)


def test_text_for_people_is_english_in_templates():
    found = []
    for path in (path for path in tree.templates() if path.name not in EXAMPLES):
        text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text("utf-8"), flags=re.S)
        for name in CHINESE_NAMES:
            text = text.replace(name, "")
        if CHINESE.search(text):
            found.append(tree.name(path))
    assert found == []


def punctuation(text):
    """Return the half-width marks that stand between the values of a template: English for every reader."""
    hidden = (
        r"\{%-?\s*(blocktrans(?:late)?|comment|verbatim)\b.*?\{%\s*end\1\s*%\}",
        r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}",
        r"<!--.*?-->|<(script|style|svg|code|pre)\b.*?</\1>",
        r"<[^<>]*>",
    )
    for pattern in hidden:
        text = re.sub(pattern, "", text, flags=re.S | re.I)
    return re.findall(r"[,;:()]", re.sub(r"&[#\w]+;", "", text))


def test_marks_between_values_go_through_the_catalogues():
    """甲公司 (专利权人) and 理由: 权利终止 are not Chinese: brackets, commas and colons are messages like words."""
    assert punctuation('<p title="a: b">{{ a }} ({{ b|date:"c: d" }}): {% translate "e, f" %}</p>') == list("():")
    marked = {tree.name(path): punctuation(path.read_text("utf-8")) for path in PAGES if path.name not in EXAMPLES}
    assert {name: marks for name, marks in marked.items() if marks and name.endswith(".html")} == {}


def test_visible_words_go_through_the_catalogues():
    """A word between tags that is no tag, variable or translation would stay English for everybody."""
    tags = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
    elements = re.compile(r"<!--.*?-->|<[^>]+>", re.S)
    blocks = re.compile(r"\{%-?\s*(blocktranslate|comment|verbatim)\b.*?\{%\s*end\1\s*%\}", re.S)
    classes = re.compile(r"\{%\s*block \w*class\w*\s*%\}.*?\{%\s*endblock[^%]*%\}", re.S)
    attributes = re.compile(r"[\w-]+=(\"[^\"]*\"|'[^']*')")
    scripts = re.compile(r"<(script|svg|code|pre)\b.*?</\1>", re.S | re.I)
    found = []
    for path in (path for path in PAGES if path.name not in EXAMPLES):
        if path.suffix == ".html":
            text = path.read_text("utf-8")
            for pattern in (blocks, classes, tags, scripts, elements, attributes):
                text = pattern.sub(" ", text)
            words = re.findall(r"[A-Za-z]{3,}", re.sub(r"&\w+;|English", " ", text))
            found += [f"{tree.name(path)}: {' '.join(words[:6])}"] if words else []
    assert found == []
