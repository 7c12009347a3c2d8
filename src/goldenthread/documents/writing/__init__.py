"""Documents out: Word, OpenDocument and Markdown through pandoc; workbooks, forms and CSV. Same content, same bytes."""

from goldenthread.documents.writing.csv import csv_bytes
from goldenthread.documents.writing.form import FormColumn, FormSheet
from goldenthread.documents.writing.ods import ods_bytes
from goldenthread.documents.writing.ods_form import ods_form_bytes
from goldenthread.documents.writing.office import office_bytes
from goldenthread.documents.writing.sheet import Sheet
from goldenthread.documents.writing.xlsx import xlsx_bytes
from goldenthread.documents.writing.xlsx_form import xlsx_form_bytes

__all__ = [
    "FormColumn",
    "FormSheet",
    "Sheet",
    "csv_bytes",
    "ods_bytes",
    "ods_form_bytes",
    "office_bytes",
    "xlsx_bytes",
    "xlsx_form_bytes",
]
