"""Filled forms: one set of numbers printed in every state in which the official tables come down."""
from annotations.synthetic.layouts.rendering import LAYOUTS, Layout, Rendered, render
from annotations.synthetic.layouts.values import CellFact, FormValues, Look, Part, draw_look

__all__ = ["LAYOUTS", "CellFact", "FormValues", "Layout", "Look", "Part", "Rendered", "draw_look", "render"]
