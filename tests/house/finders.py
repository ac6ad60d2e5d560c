"""What the tests of the house look for in a syntax tree. Each finder gives the lines of its offences."""

import ast
import re
from collections.abc import Iterator

CHINESE = re.compile(r"[\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}
_SIGNALS = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
_SAFE = {"mark_safe", "SafeString", "SafeText", "html_safe"}
_BROKER = {"delay", "apply_async", "send_task"}

Line = int


def long_functions(tree: ast.Module, longest: int) -> Iterator[tuple[Line, str]]:
    """Find functions of more lines than ``longest``, from ``def`` to the last line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > longest:
                yield node.lineno, f"{node.name} ({length} lines)"


def status_writes(tree: ast.Module) -> Iterator[Line]:
    """Find ``x.status = …``, ``setattr(x, "status", …)``, ``.update(status=…)`` and ``bulk_update(…, ["status"])``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.lineno
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [
                part.value for argument in node.args for part in ast.walk(argument) if isinstance(part, ast.Constant)
            ]
            updated = called == "update" and any(keyword.arg == "status" for keyword in node.keywords)
            if updated or (called in {"setattr", "bulk_update"} and "status" in words):
                yield node.lineno


def broker_calls(tree: ast.Module) -> Iterator[Line]:
    """Find tasks sent to the broker: ``.delay(``, ``.apply_async(``, ``.send_task(``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _BROKER:
            yield node.lineno


def clock_reads(tree: ast.Module) -> Iterator[Line]:
    """Find reads of the clock, under whatever name the function was imported; ``localdate(at)`` reads none."""
    renamed = {
        alias.asname or alias.name: (node.module.rsplit(".", 1)[-1], alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    modules = {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):
            owner = node.func.value
            words = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            pair = (modules.get(words, renamed.get(words, ("", words))[1]), node.func.attr)
        else:
            pair = renamed.get(getattr(node.func, "id", ""), ("", ""))
        # datetime.now(UTC) reads the clock; localdate(at) and localtime(at) convert what they are given.
        if pair in _CLOCKS and not (pair[1].startswith("local") and node.args):
            yield node.lineno


def floats(tree: ast.Module) -> Iterator[Line]:
    """Find float literals and calls of ``float``."""
    for node in ast.walk(tree):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        cast = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        column = isinstance(node, ast.Attribute | ast.Name) and _word(node) == "FloatField"
        if literal or cast or column:
            yield node.lineno


def signals(tree: ast.Module) -> Iterator[Line]:
    """Find receivers of model signals."""
    return _words(tree, _SIGNALS)


def safe_marks(tree: ast.Module) -> Iterator[Line]:
    """Find text that is declared free of markup by hand."""
    return _words(tree, _SAFE)


def queries(tree: ast.Module) -> Iterator[Line]:
    """Find uses of a model's manager or of a transaction."""
    return _words(tree, {"objects", "_base_manager", "_default_manager", "atomic", "connection"})


def chinese_strings(tree: ast.Module) -> Iterator[Line]:
    """Find Chinese in string constants; docstrings and comments may name a term of law."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in told else ""
        if isinstance(text, str) and CHINESE.search(text):
            yield node.lineno


def _words(tree: ast.Module, wanted: set[str]) -> Iterator[Line]:
    for node in ast.walk(tree):
        imported = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
        used = {_word(node)} if isinstance(node, ast.Attribute | ast.Name) else set()
        if wanted & (imported | used):
            yield node.lineno


def _word(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id
