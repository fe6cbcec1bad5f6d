"""Every message the code and the templates ask a translation for, read from their source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

# What a translation function's plain arguments are, in order; lazy and no-op twins take the same.
ARGUMENTS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
}
_CALL = re.compile(r"(?<![\w.])(_|n?p?gettext)\((?=\s*u?['\"])")
_TEXT = re.compile(r"\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?", re.DOTALL)


class Message(NamedTuple):
    """What identifies an entry of a catalogue."""

    msgid: str
    context: str = ""
    plural: str = ""


def of_python(files: Iterable[Path]) -> dict[Message, str]:
    """Messages marked in Python, with the name of a file that holds each."""
    return {message: file.name for file in files for message in _marked(ast.parse(file.read_text("utf-8")))}


def of_templates(files: Iterable[Path]) -> dict[Message, str]:
    """Messages of `translate` and `blocktranslate` tags, read as makemessages reads them."""
    return {
        message: file.name
        for file in files
        for message in _called(templatize(file.read_text("utf-8"), origin=str(file)))
    }


def _marked(tree: ast.Module) -> Iterator[Message]:
    functions = {
        alias.asname or alias.name: kind
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (kind := alias.name.removesuffix("_lazy").removesuffix("_noop")) in ARGUMENTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            names = ARGUMENTS[functions[node.func.id]]
            texts = [one.value for one in node.args[: len(names)] if isinstance(one, ast.Constant)]
            if len(texts) == len(names):
                yield Message(**dict(zip(names, map(str, texts), strict=True)))


def _called(source: str) -> Iterator[Message]:
    for call in _CALL.finditer(source):
        names = ARGUMENTS["gettext" if call[1] == "_" else call[1]]
        texts, end = [], call.end()
        while len(texts) < len(names) and (found := _TEXT.match(source, end)):
            texts.append(ast.literal_eval(found[1]))
            end = found.end()
        yield Message(**dict(zip(names, texts, strict=True)))
