"""Jinja for templates that escape everything: what comes out is the same, sooner.

All that is changed is how templates are compiled, by the class that Jinja offers for that:

- `one.name` is that attribute and `some[key]` that item, not whichever of both there is;
- a macro is a function of its arguments in their order, and what it makes is HTML;
- nothing that a template calls is handed Jinja's own context.
"""

from __future__ import annotations

from functools import lru_cache, partial
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.utils import missing
from markupsafe import Markup, escape

_CACHED = 16_384
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

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return environment.html(concat({frame.buffer}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("(shown if type(shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What a macro made is safe already; Jinja would copy it into each that it stands in."""
        self.write(") is Markup else environment.escape(shown))")


class Engine(Environment):
    """An environment for templates that escape all that isn't ``Markup``, everywhere."""

    code_generator_class = _Generator

    #: A text, which is HTML, as ``Markup``.
    html = staticmethod(partial(str.__new__, Markup))

    @staticmethod
    def macro(function: FunctionType, optional: int) -> FunctionType:
        """A macro whose last arguments, so many, can be left out."""
        function.__defaults__ = (missing,) * optional
        return function

    @staticmethod
    def escape(value: Any) -> str:
        """A value as HTML; names, dates and ids, which come often, out of a store."""
        kind = type(value)
        if kind is str and len(value) < _SHORT:
            return _kept(value)
        return str(value) if kind is int else escape(value)


_kept = lru_cache(_CACHED)(escape)
