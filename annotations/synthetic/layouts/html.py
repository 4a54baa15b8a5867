"""The table as a page has it, with the spans of the official form."""
from annotations.synthetic.layouts.sheets import Desk, Sheet, SheetCell
from annotations.synthetic.layouts.writer import Writer


def write_grid(writer: Writer, sheet: Sheet, _desk: Desk) -> None:
    writer.put('<table border="1" cellspacing="0">\n')
    for row in sheet.rows:
        writer.put("<tr>")
        for cell in row.cells:
            writer.put(f"<td{_spans(cell)}>")
            writer.cell(cell)
            writer.put("</td>")
        writer.put("</tr>\n")
    writer.put("</table>\n")


def _spans(cell: SheetCell) -> str:
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return rows + columns
