"""Documents out: Word, OpenDocument and Markdown through pandoc; workbooks and CSV. Same content, same bytes."""

from goldenthread.documents.writing.csv import csv_bytes
from goldenthread.documents.writing.ods import ods_bytes
from goldenthread.documents.writing.office import office_bytes
from goldenthread.documents.writing.sheet import Sheet
from goldenthread.documents.writing.xlsx import xlsx_bytes

__all__ = ["Sheet", "csv_bytes", "ods_bytes", "office_bytes", "xlsx_bytes"]
