"""Forms as OpenDocument workbooks: protected cells, lists of choices and panes that stay in view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from goldenthread.documents.writing.form import FormColumn, FormSheet
from goldenthread.documents.writing.ods import CM_A_CHARACTER, DECLARED, HEAD, URN, packed, words

_NUMBER = f'xmlns:number="{URN}datastyle:1.0" xmlns:of="{URN}of:1.2"'
_LINE = 'fo:wrap-option="wrap" style:vertical-align="top" fo:border="0.5pt solid #b1b4b6"'
_CELLS = f"""<number:text-style style:name="words"><number:text-content/></number:text-style>
<style:style style:name="shown" style:family="table" style:master-page-name="Default"/>
<style:style style:name="hidden" style:family="table" style:master-page-name="Default">
<style:table-properties table:display="false"/></style:style>
<style:style style:name="heading" style:family="table-cell" style:data-style-name="words">
<style:table-cell-properties {_LINE} fo:background-color="#f3f2f1" style:cell-protect="protected"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="locked" style:family="table-cell" style:data-style-name="words">
<style:table-cell-properties {_LINE} fo:background-color="#f8f8f8" style:cell-protect="protected"/></style:style>
<style:style style:name="open" style:family="table-cell" style:data-style-name="words">
<style:table-cell-properties {_LINE} style:cell-protect="none"/></style:style>"""


def ods_form_bytes(sheets: Iterable[FormSheet], title: str, opens_on: str) -> bytes:
    """An OpenDocument workbook of forms for A4 landscape; `opens_on` is the sheet that is shown first."""
    forms = tuple(sheets)
    settings = "".join(_settings(forms, opens_on))
    return packed("".join(_content(forms)), title, {"settings.xml": settings})


def _content(sheets: tuple[FormSheet, ...]) -> Iterator[str]:
    yield f'{HEAD}<office:document-content {DECLARED} {_NUMBER} office:version="1.3">'
    yield f"<office:automatic-styles>{_CELLS}"
    for width in sorted({column.width for sheet in sheets for column in sheet.columns}):
        yield f'<style:style style:name="width{width}" style:family="table-column"><style:table-column-properties '
        yield f'style:column-width="{width * CM_A_CHARACTER:.2f}cm"/></style:style>'
    yield "</office:automatic-styles><office:body><office:spreadsheet><table:content-validations>"
    for number, sheet in enumerate(sheets):
        for place, column in enumerate(sheet.columns):
            yield from _rule(column, _rule_name(number, place), f"{quoteattr(sheet.name)[1:-1]}.A2")
    yield "</table:content-validations>"
    for number, sheet in enumerate(sheets):
        yield from _table(sheet, number)
    yield "</office:spreadsheet></office:body></office:document-content>"


def _table(sheet: FormSheet, number: int) -> Iterator[str]:
    style = "hidden" if sheet.hidden else "shown"
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="{style}" table:protected="true">'
    for column in sheet.columns:
        hidden = ' table:visibility="collapse"' if column.hidden else ""
        yield f'<table:table-column table:style-name="width{column.width}"{hidden}/>'
    yield "<table:table-header-rows><table:table-row>"
    for heading in sheet.headings:
        yield _cell(heading, "heading")
    yield "</table:table-row></table:table-header-rows>"
    rules = [_rule_name(number, place) if _has_rule(c) else "" for place, c in enumerate(sheet.columns)]
    for row in sheet.rows:
        yield "<table:table-row>"
        for column, rule, cell in zip(sheet.columns, rules, row, strict=True):
            yield _cell(cell, "open" if column.open else "locked", rule)
        yield "</table:table-row>"
    yield "</table:table>"


def _cell(text: str, style: str, rule: str = "") -> str:
    checked = f' table:content-validation-name="{rule}"' if rule else ""
    cell = f'<table:table-cell table:style-name="{style}"{checked}'
    if not text:
        return f"{cell}/>"
    lines = "".join(f"<text:p>{words(line)}</text:p>" for line in text.splitlines())
    return f'{cell} office:value-type="string">{lines}</table:table-cell>'


def _rule_name(sheet: int, column: int) -> str:
    return f"rule{sheet}x{column}"


def _has_rule(column: FormColumn) -> bool:
    return bool(column.choices or column.longest or column.hint)


def _rule(column: FormColumn, name: str, base: str) -> Iterator[str]:
    """What may be typed in a column, and what is said beside it (OpenDocument 1.3 part 3, 9.4.4)."""
    if not _has_rule(column):
        return
    condition, wrong = "", ""
    if column.choices:
        listed = ";".join(f'"{choice}"' for choice in column.choices)
        condition = f"of:cell-content-is-in-list({listed})"
        wrong = f"Choose from the list: {', '.join(column.choices)}."
    elif column.longest:
        condition = f"of:cell-content-text-length()<={column.longest}"
        wrong = f"Write no more than {column.longest:,} characters."
    checks = f" table:condition={quoteattr(condition)}" if condition else ""
    yield f'<table:content-validation table:name="{name}"{checks} table:allow-empty-cell="true" '
    yield f'table:display-list="unsorted" table:base-cell-address="{base}">'
    if column.hint:
        yield f'<table:help-message table:title={quoteattr(column.heading)} table:display="true">'
        yield f"<text:p>{words(column.hint)}</text:p></table:help-message>"
    if wrong:
        yield '<table:error-message table:message-type="stop" table:display="true">'
        yield f"<text:p>{words(wrong)}</text:p></table:error-message>"
    yield "</table:content-validation>"


def _settings(sheets: tuple[FormSheet, ...], opens_on: str) -> Iterator[str]:
    """Which sheet is shown first, and what stays in view (mode 2: frozen)."""
    yield f'{HEAD}<office:document-settings xmlns:office="{URN}office:1.0" '
    yield f'xmlns:config="{URN}config:1.0" xmlns:ooo="http://openoffice.org/2004/office" '
    yield 'office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings">'
    yield '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    yield _item("ViewId", "string", "view1")
    yield '<config:config-item-map-named config:name="Tables">'
    for sheet in sheets:
        yield f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        if sheet.frozen:
            yield _item("HorizontalSplitMode", "short", 2)
            yield _item("HorizontalSplitPosition", "int", sheet.frozen)
            yield _item("PositionRight", "int", sheet.frozen)
        yield _item("VerticalSplitMode", "short", 2)
        yield _item("VerticalSplitPosition", "int", 1)
        yield _item("PositionBottom", "int", 1)
        yield _item("ActiveSplitRange", "short", 3 if sheet.frozen else 2)
        yield "</config:config-item-map-entry>"
    yield f"</config:config-item-map-named>{_item('ActiveTable', 'string', opens_on)}"
    yield "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    yield "</office:settings></office:document-settings>"


def _item(name: str, kind: str, value: object) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{words(str(value))}</config:config-item>'
