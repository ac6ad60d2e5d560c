"""The pages of ``docs/`` that are written from the code: the legal basis, the lifecycles and the API's description.

They are in English and depend on nothing but the code, so that a test can compare them with the files.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from core.legal import INSTRUMENTS, Certainty, Setting
from core.legal.settings import ROWS
from core.lifecycle import Lifecycle, Transition
from core.rules import Rule, RuleBook

APPS = ("accounts", "registry", "licensing", "mediation")
_HOMES = ("rules", "lifecycle", "lifecycles")
_MARK = "<!-- Written by `make docs`. Change the code, not this page. -->\n"
_CERTAINTY = {Certainty.SURE: "read in the text", Certainty.LIKELY: "likely", Certainty.UNSURE: "unsettled"}


def pages() -> dict[str, str]:
    """Return every generated page: its path below ``docs/`` and its text."""
    with translation.override("en"):
        written = {"legal-basis.md": legal_basis(), "openapi.yml": openapi()}
        found = lifecycles()
        for app, lifecycle in found:
            written[f"lifecycles/{app}-{lifecycle.name}.md"] = lifecycle_page(app, lifecycle)
        written["lifecycles/README.md"] = _lifecycle_list(found)
        return written


def rule_books() -> list[tuple[str, RuleBook[Any]]]:
    """Return every rule book with the app that made it, in the order of apps and names."""
    return sorted(_instances(RuleBook), key=lambda item: (APPS.index(item[0]), item[1].name))


def lifecycles() -> list[tuple[str, Lifecycle]]:
    """Return every lifecycle with the app that made it, in the order of apps and names."""
    return sorted(_instances(Lifecycle), key=lambda item: (APPS.index(item[0]), item[1].name))


def _instances(kind: type) -> list[tuple[str, Any]]:
    """Return each instance once, with the lowest app that knows it: an app above can only have imported it."""
    found: dict[int, tuple[str, Any]] = {}
    for app in APPS:
        for module in _modules(app):
            for value in vars(module).values():
                if isinstance(value, kind):
                    found.setdefault(id(value), (app, value))
    return list(found.values())


def _modules(app: str) -> Iterator[ModuleType]:
    package = import_module(app)
    for info in walk_packages(package.__path__, f"{app}."):
        parts = info.name.split(".")
        if len(parts) > 1 and parts[1] in _HOMES:
            yield import_module(info.name)


def legal_basis() -> str:
    """Return the page that names the article behind each rule, each number and each source."""
    parts = [
        "# Legal basis\n",
        _MARK,
        "Every rule that the registry applies, the numbers of law and of office practice, and the sources with how"
        " sure their reading is. It is a paraphrase for those who work with the program, not legal advice.\n",
        "## Rules\n",
    ]
    for app, book in rule_books():
        parts.append(f"### {_sentence(book.title)} (`{app}`, `{book.name}`)\n")
        parts.append(_table(("id", "rule", "articles", "what it says", "finding", "in force"), map(_rule, book.rules)))
    parts.append("## Numbers\n")
    parts.append(
        "*law*: the number stands in the source. *practice*: the law is silent and the office chose; pages that show"
        " it say so. A change is a new row with its own first day.\n"
    )
    parts.append(_table(("setting", "meaning", "value", "from", "footing", "source"), map(_setting, ROWS)))
    parts.append("## Sources\n")
    header = ("key", "title", "Chinese title", "in force from", "certainty", "binding")
    parts.append(_table(header, [_instrument(key) for key in INSTRUMENTS]))
    return "\n".join(parts)


def _rule(rule: Rule[Any]) -> tuple[str, ...]:
    until = f" until before {rule.until.isoformat()}" if rule.until else ""
    return (
        f"`{rule.id}`",
        str(rule.title),
        "; ".join(citation.english for citation in rule.basis),
        " ".join(rule.text.split()),
        str(rule.severity),
        f"from {rule.since.isoformat()}{until}",
    )


def _setting(row: Setting) -> tuple[str, ...]:
    value = f"{row.value!r}" if isinstance(row.value, tuple) else str(row.value)
    return (
        f"`{row.key}`",
        str(row.label),
        f"{value} {row.unit}".strip(),
        row.effective_from.isoformat(),
        str(row.status),
        row.source.english,
    )


def _instrument(key: str) -> tuple[str, ...]:
    source = INSTRUMENTS[key]
    return (
        f"`{key}`",
        source.title_en,
        source.full_title_zh or source.title_zh,
        source.in_force_from.isoformat() if source.in_force_from else "",
        _CERTAINTY[source.certainty],
        "yes" if source.is_law else "no",
    )


def _lifecycle_list(found: Iterable[tuple[str, Lifecycle]]) -> str:
    rows = [
        (
            f"[{lifecycle.title}]({app}-{lifecycle.name}.md)",
            f"`{app}`",
            str(len(list(lifecycle.states))),
            str(len(lifecycle.transitions)),
        )
        for app, lifecycle in found
    ]
    return f"# Lifecycles\n\n{_MARK}\n" + _table(("of", "app", "states", "steps"), rows)


def lifecycle_page(app: str, lifecycle: Lifecycle) -> str:
    """Return the page of one lifecycle: its diagram, its steps with roles and articles, whose turn it is."""
    states = [
        (f"`{state.value}`", str(state.label), _turn(lifecycle, state.value))
        for state in lifecycle.states  # type: ignore[attr-defined]
    ]
    return "\n".join(
        [
            f"# {_sentence(lifecycle.title)}\n",
            _MARK,
            f"The table stands in `{app}`; the program and a trigger in the database both follow it.\n",
            "```mermaid",
            *_diagram(lifecycle),
            "```\n",
            "## States\n",
            _table(("state", "name", "whose turn"), states),
            "## Steps\n",
            _table(("event", "step", "from", "to", "by", "articles"), [_step(row) for row in lifecycle.transitions]),
        ]
    )


def _turn(lifecycle: Lifecycle, state: str) -> str:
    if lifecycle.final(state):
        return "ended"
    return str(lifecycle.turns[state]) if state in lifecycle.turns else ""


def _diagram(lifecycle: Lifecycle) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {lifecycle.initial}"
    for row in lifecycle.transitions:
        for source in row.sources:
            yield f"    {source} --> {row.target}: {row.event}"
    for state in lifecycle.states.values:
        if lifecycle.final(state):
            yield f"    {state} --> [*]"


def _step(row: Transition) -> tuple[str, ...]:
    return (
        f"`{row.event}`",
        str(row.title),
        ", ".join(f"`{source}`" for source in row.sources),
        f"`{row.target}`",
        ", ".join(sorted(row.roles)),
        "; ".join(citation.english for citation in row.basis),
    )


def openapi() -> str:
    """Return the description of the API as YAML."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return OpenApiYamlRenderer().render(schema, renderer_context={}).decode()


def _sentence(title: object) -> str:
    text = str(title)
    return text[:1].upper() + text[1:]


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(header)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"
