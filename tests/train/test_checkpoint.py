"""What a run goes on from: each parameter's state where its optimizer looks for it."""
from pathlib import Path
from typing import Any

import pytest

from train.checkpoint import Progress, bring_back, load, save

torch = pytest.importorskip("torch")


def trained(*, fused: bool, steps: int = 3) -> tuple[Any, Any]:
    """A layer and its AdamW after some steps."""
    torch.manual_seed(0)
    model = torch.nn.Linear(4, 2)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1, fused=fused)
    for _ in range(steps):
        step(model, optimizer)
    return model, optimizer


def step(model: Any, optimizer: Any) -> None:
    optimizer.zero_grad()
    model(torch.ones(3, 4)).square().sum().backward()
    optimizer.step()


@pytest.mark.parametrize("fused", [False, True])
def test_the_next_step_is_the_same(tmp_path: Path, fused: bool) -> None:
    model, optimizer = trained(fused=fused)
    save(tmp_path / "state", model, optimizer, Progress(key="a", step=3, history=[]))
    again, its_optimizer = trained(fused=fused, steps=0)
    assert load(tmp_path / "state", again, its_optimizer, "a").step == 3
    step(model, optimizer)
    step(again, its_optimizer)
    assert torch.equal(model.weight, again.weight)
    assert torch.equal(model.bias, again.bias)


@pytest.mark.parametrize(("options", "place"), [({"fused": True}, "meta"), ({"capturable": True}, "meta"), ({}, "cpu")])
def test_a_fused_optimizer_counts_steps_on_the_device(options: dict[str, bool], place: str) -> None:
    """`meta` stands for CUDA, whose fused AdamW refuses a count of steps on the CPU."""
    parameter = torch.nn.Parameter(torch.empty(2, device="meta"))
    other = torch.nn.Parameter(torch.empty(3))
    optimizer = torch.optim.AdamW([{"params": [other]}, {"params": [parameter]}])
    optimizer.param_groups[1].update(options)
    bring_back(optimizer, parameter, {"step": torch.tensor(3.0), "exp_avg": torch.ones(2), "exp_avg_sq": torch.ones(2)})
    held = optimizer.state[parameter]
    assert {name: one.device.type for name, one in held.items()} == {
        "step": place, "exp_avg": "meta", "exp_avg_sq": "meta"}
    assert other not in optimizer.state
