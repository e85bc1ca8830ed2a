"""Jinja for templates that escape everything: what comes out is the same, sooner.

All that is changed is how templates are compiled, by the class that Jinja offers for that:

- `one.name` is that attribute and `some[key]` that item, not whichever of both there is;
- a macro is a function of its arguments in their order, and what it makes is HTML;
- a template that is imported knows nothing of the page, and is run once;
- nothing that a template calls is handed Jinja's own context.
"""

from __future__ import annotations

from functools import partial
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import TemplateModule
from jinja2.utils import missing
from markupsafe import Markup, escape

#: So many are kept.
_MOST = 16_384
#: Longer texts hardly come twice.
_SHORT = 60


class _Generator(CodeGenerator):
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("Only plain calls are understood.", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write(f"environment.macro(macro, {len(macro_ref.node.defaults)})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        self.write("environment.imported(")
        self.visit(node.template, frame)
        self.write(")")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return environment.html(concat({frame.buffer}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(shown if (kind := type(shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What a macro made is safe already; Jinja would copy it into each that it stands in."""
        self.write(
            ")) is Markup else environment.escaped[shown] if kind is str"
            " else str(shown) if kind is int else escape(shown))"
        )


class _Escaped(dict[str, str]):
    """Texts as HTML: names, dates and ids, which come often, are kept."""

    def __missing__(self, text: str) -> str:
        html = escape(text)
        if len(text) < _SHORT:
            if len(self) == _MOST:
                self.clear()
            self[text] = html
        return html


class FastEnvironment(Environment):
    """An environment for templates that escape all that isn't ``Markup``, everywhere."""

    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._imported: dict[str, TemplateModule] = {}

    def imported(self, name: str) -> TemplateModule:
        """The macros of a template; made once, as they know nothing of the page they are for."""
        if name not in self._imported:
            self._imported[name] = self.get_template(name).module
        return self._imported[name]

    #: A text, which is HTML, as ``Markup``.
    html = staticmethod(partial(str.__new__, Markup))

    @staticmethod
    def macro(function: FunctionType, optional: int) -> FunctionType:
        """A macro whose last arguments, so many, can be left out."""
        function.__defaults__ = (missing,) * optional
        return function

    #: Texts as HTML.
    escaped = _Escaped()
