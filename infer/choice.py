"""Who is asked to read the running text; a Labelling is made of it where it is read."""
from dataclasses import dataclass
from typing import Final, Literal

from infer.model.reliability import Mode

Backend = Literal["onnx", "torch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user asked for; a process of its own makes its Labelling from it. `folder` may be a name on the hub."""

    mode: Mode = "both"
    folder: str | None = None
    backend: Backend = "onnx"
    device: str = "cpu"
    take: float | None = None
    threads: int = 1


DEFAULT: Final = Choice()
