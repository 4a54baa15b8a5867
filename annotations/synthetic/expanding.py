"""From a pattern to a flat row of atoms: choices drawn, lists unrolled, fragments put in."""
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from annotations.synthetic.figures import Key
from annotations.synthetic.patterns import Grammar, Pattern
from annotations.synthetic.template import (
    Choice,
    Fragment,
    Meta,
    Name,
    Nothing,
    Plain,
    Quantity,
    Repeat,
    Sequence,
    Text,
)

Atom = Text | Quantity | Nothing | Name | Plain | Meta


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pattern with its choices made; the numbers and names are still open."""

    pattern: Pattern
    atoms: tuple[Atom, ...]

    def wanted(self) -> frozenset[Key]:
        """Counts that must be above zero for the sentence to read well."""
        return frozenset(
            (atom.indicator, atom.by)
            for atom in self.atoms
            if isinstance(atom, Quantity) and atom.indicator and atom.scope == "own" and not self.pattern.zero
        )

    def absent(self) -> frozenset[str]:
        """Indicators that the sentence says there is none of."""
        return frozenset(atom.indicator for atom in self.atoms if isinstance(atom, Nothing) and atom.scope == "own")


def expand(pattern: Pattern, grammar: Grammar, rng: Random) -> Sentence:
    """Draw one sentence of a pattern."""
    return Sentence(pattern, tuple(_atoms(pattern.nodes, grammar, rng)))


def _atoms(nodes: Sequence, grammar: Grammar, rng: Random) -> Iterator[Atom]:
    for node in nodes:
        if isinstance(node, Choice):
            yield from _atoms(rng.choice(node.options), grammar, rng)
        elif isinstance(node, Fragment):
            yield from _atoms(rng.choice(grammar.fragments[node.name]), grammar, rng)
        elif isinstance(node, Repeat):
            yield from _items(node, grammar, rng)
        elif isinstance(node, Nothing | Name) and node.words is not None:
            yield _with_words(node, grammar, rng)
        else:
            yield node


def _items(node: Repeat, grammar: Grammar, rng: Random) -> Iterator[Atom]:
    separator = rng.choice(node.separators)
    for n in range(rng.randint(node.least, node.most)):
        if n and separator:
            yield Text(separator)
        yield from _atoms(node.item, grammar, rng)


def _with_words(node: Nothing | Name, grammar: Grammar, rng: Random) -> Nothing | Name:
    words = tuple(atom for atom in _atoms(node.words or (), grammar, rng) if isinstance(atom, Text | Plain))
    if isinstance(node, Nothing):
        return Nothing(indicator=node.indicator, scope=node.scope, words=words)
    return Name(type=node.type, kind=node.kind, words=words, tie=node.tie)
