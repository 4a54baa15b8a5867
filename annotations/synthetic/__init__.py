"""Synthetic reports: sentence patterns with labelled slots, consistent numbers, forms in every layout, noise."""
from annotations.synthetic.assembling import SyntheticReport, assemble
from annotations.synthetic.composing import Plan, compose, draw_plan
from annotations.synthetic.spoiling import Spoiling, draw_spoiling

__all__ = ["Plan", "SyntheticReport", "assemble", "compose", "draw_plan", "synthesize"]


def synthesize(seed: int, *, clean: bool = False) -> SyntheticReport:
    """Report number `seed`, the same every time; `clean` leaves its text undamaged."""
    spoiling = Spoiling() if clean else draw_spoiling(seed)
    return assemble(compose(draw_plan(seed)), name=f"synthetic_{seed:06}", spoiling=spoiling)
