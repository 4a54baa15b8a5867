"""gongkai explain"""
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from infer.explaining import Explanation, Told
    from report import Fact

EXAMPLE = "Example: gongkai explain report.html requests.new"
_BY = {"both": "模型与规则一致", "rule": "规则", "model": "模型", "table": "表格"}
_STATUS = {"pass": "成立", "fail": "不成立", "unknown": "无法判断"}


def explain(
    report: Annotated[Path, typer.Argument(metavar="REPORT", exists=True, dir_okay=False, help="The report's file.")],
    fact: Annotated[str, typer.Argument(
        metavar="FACT", help="A fact's id (f12), an indicator (requests.new), or words or a value (73条).")],
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Read the prose by rules alone.")] = False,
    model: Annotated[str | None, typer.Option("--model", metavar="PATH", help="Another model.")] = None,
    json_lines: Annotated[bool, typer.Option("--json", help="One JSON object a fact.")] = False,
) -> None:
    """Show why a fact is as it is: its words, the readings of model and rules, the scores, the checks involved."""
    from infer.explaining import NoSuchFact
    from infer.explaining import explain as find
    from infer.labelling import Choice, labelling
    from infer.read import Limits, read
    from report import UnreadableDocument

    labels = labelling(Choice(mode="rules" if rules_only else "both", folder=model))
    try:
        found = find(read(report.read_bytes(), name=report.name, limits=Limits()), fact, labels)
    except UnreadableDocument as error:
        typer.echo(f"{report}: {error.reason}", err=True)
        raise typer.Exit(1) from None
    except NoSuchFact as error:
        typer.echo(f"{report}: {error}", err=True)
        raise typer.Exit(1) from None
    for one in found:
        if json_lines:
            import msgspec

            typer.echo(msgspec.json.encode(one).decode())
        else:
            typer.echo("\n".join([*_lines(one), ""]))


def _lines(one: "Explanation") -> list[str]:
    fact = one.fact
    head = f"{fact.id}  {_named(fact)} = {fact.value}  {_BY[fact.method]}  把握 {fact.confidence:.2f}"
    lines = [head + ("" if fact.status == "stated" else "  未采用"), f"  原文：{_marked(fact)}"]
    if fact.reason:
        lines.append(f"  说明：{fact.reason}")
    lines += [f"  读法：{_told(reading)}" for reading in one.readings]
    if one.before_checks is not None:
        lines.append(f"  校核前把握 {one.before_checks:.2f}，校核后 {fact.confidence:.2f}")
    lines += [f"  勾稽：{check.id} {check.subject} {_STATUS[check.status]}：{check.left.expression}（{check.left.value}）"
              f" 与 {check.right.expression}（{check.right.value}）" for check in one.checks]
    return lines + [f"  另一读法：{other.id} {_named(other)} = {other.value}（{_BY[other.method]}，{other.confidence:.2f}）"
                    for other in one.others]


def _named(fact: "Fact") -> str:
    by = "，".join(f"{name}={key}" for name, key in fact.by.items())
    return (fact.indicator or f"其他数量（{fact.counted or ''}）") + (f"（{by}）" if by else "")


def _marked(fact: "Fact") -> str:
    words, context = fact.evidence, fact.context
    if context is None or not context.start <= words.start <= words.end <= context.end:
        return f"【{words.text}】"
    start, end = words.start - context.start, words.end - context.start
    return " ".join(f"{context.text[:start]}【{words.text}】{context.text[end:]}".split())


def _told(reading: "Told") -> str:
    by = "，".join(f"{name}={key}" for name, key in reading.dimensions.items())
    raw = [f"模型得分 {reading.score:.2f}" if reading.score is not None else "",
           f"规则档次 {reading.tier:.2f}" if reading.tier is not None else ""]
    movers = "、".join(f"{name} {value:+.2f}" for name, value in reading.movers)
    return (f"{_BY[reading.by]}：{reading.indicator or '其他数量'}{f'（{by}）' if by else ''} = {reading.value}，"
            f"{'，'.join(filter(None, raw))}，把握 {reading.confidence:.2f}［{movers}］")
