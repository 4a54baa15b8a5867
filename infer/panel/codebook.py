"""The codebook: every column and every key that columns hold, from the vocabulary and the labels."""
from collections.abc import Iterator
from typing import Any

from infer.panel.columns import TABLES, Column, TableName, table
from infer.panel.labels import domains
from report.vocabulary import vocabulary


def codebook_rows() -> Iterator[dict[str, Any]]:
    """Columns by table, then keys by domain, as rows of table codebook."""
    for name in TABLES:
        yield from (_column_row(name, column) for column in table(name).columns)
    for domain, keys in domains().items():
        for key in keys.values():
            named = vocabulary().indicators.get(key.key) if domain == "indicator" else None
            yield {"entry": "key", "domain": domain, "name": key.key, "zh": key.zh, "en": key.en,
                   "stata_code": key.code, "unit": named.unit if named else None,
                   "forms": (" ".join(named.forms) or None) if named else None}


def _column_row(name: TableName, column: Column) -> dict[str, Any]:
    cell = column.cell
    split = f"{cell.dimension}={cell.key}" if cell and cell.dimension else None
    forms = " ".join(vocabulary()[cell.indicator].forms) or None if cell else None
    return {"entry": "column", "table_name": name, "domain": column.domain, "name": column.name, "zh": column.zh,
            "en": column.en, "type": column.type, "unit": column.unit,
            "indicator": cell.indicator if cell else None, "dimension": split, "forms": forms}
