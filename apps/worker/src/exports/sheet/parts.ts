import type { SharedStrings } from './shared-strings';
import { MAIN, styles } from './styles';
import type { Table } from './table';
import { xml } from './xml';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const KIND = 'application/vnd.openxmlformats-officedocument';
const LONGEST_NAME = 31;

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** Names of sheets have no `[]:*?/\`, and 31 characters at most; further ones are numbered. */
const sheetName = (title: string, number: number): string => {
  const end = number > 1 ? ` ${number}` : '';
  const clean = title.replace(/[[\]:*?/\\]/g, ' ').replace(/^'+|(?<!')'+$/g, '');
  return (clean.slice(0, LONGEST_NAME - end.length).trim() || 'Sheet') + end;
};

const contentTypes = (sheets: number): string => {
  const override = (part: string, type: string): string => `<Override PartName="${part}" ContentType="${type}"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
    override('/xl/workbook.xml', `${KIND}.spreadsheetml.sheet.main+xml`),
    override('/xl/styles.xml', `${KIND}.spreadsheetml.styles+xml`),
    override('/xl/sharedStrings.xml', `${KIND}.spreadsheetml.sharedStrings+xml`),
    override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    override('/docProps/app.xml', `${KIND}.extended-properties+xml`),
    ...numbers(sheets).map((n) => override(`/xl/worksheets/sheet${n}.xml`, `${KIND}.spreadsheetml.worksheet+xml`)),
  ].join('')}</Types>`;
};

const relation = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
const relations = (...all: string[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;

/** The last row of each sheet is the end of its filter; spreadsheets look for it under this name. */
const filters = (names: readonly string[], ranges: readonly string[]): string =>
  ranges
    .map((range, index) => {
      const sheet = (names[index] ?? '').replaceAll("'", "''");
      const cells = range.replace(/(?<![A-Z])([A-Z]+)(\d+)/g, '$$$1$$$2');
      return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xml(`'${sheet}'!${cells}`)}</definedName>`;
    })
    .join('');

function workbook(table: Table, ranges: readonly string[]): string {
  const names = ranges.map((_, index) => sheetName(table.title, index + 1));
  const sheets = names.map((name, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('');
  return `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}/relationships"><bookViews><workbookView/></bookViews><sheets>${sheets}</sheets><definedNames>${filters(names, ranges)}</definedNames></workbook>`;
}

const core = ({ title, createdAt }: Table): string => {
  const moment = `${createdAt.toISOString().slice(0, 19)}Z`;
  return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dc:creator>Open CPO</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">${moment}</dcterms:created></cp:coreProperties>`;
};

/** Everything of a workbook but its sheets, whose filtered ranges are known once they are written. */
export function parts(
  table: Table,
  ranges: readonly string[],
  strings: SharedStrings,
): [name: string, content: string][] {
  const sheets = numbers(ranges.length);
  const links = sheets.map((n) => relation(`rId${n}`, `${OFFICE}/relationships/worksheet`, `worksheets/sheet${n}.xml`));
  const all: [string, string][] = [
    [
      '_rels/.rels',
      relations(
        relation('rId1', `${OFFICE}/relationships/officeDocument`, 'xl/workbook.xml'),
        relation('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'),
        relation('rId3', `${OFFICE}/relationships/extended-properties`, 'docProps/app.xml'),
      ),
    ],
    ['docProps/core.xml', core(table)],
    [
      'docProps/app.xml',
      `<Properties xmlns="${OFFICE}/extended-properties"><Application>Open CPO</Application></Properties>`,
    ],
    ['xl/styles.xml', styles(table.currency)],
    ['xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${strings.elements()}</sst>`],
    ['xl/workbook.xml', workbook(table, ranges)],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        ...links,
        relation('rId0', `${OFFICE}/relationships/styles`, 'styles.xml'),
        relation(`rId${ranges.length + 1}`, `${OFFICE}/relationships/sharedStrings`, 'sharedStrings.xml'),
      ),
    ],
    ['[Content_Types].xml', contentTypes(ranges.length)],
  ];
  return all.map(([name, content]) => [name, HEAD + content]);
}

/** What stands before the first row of a sheet: reading direction, frozen header, widths. On paper all columns fit. */
export const sheetOpening = ({ columns, rightToLeft }: Table): string => {
  const cols = columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${rightToLeft ? ' rightToLeft="1"' : ''} workbookViewId="0">${pane}<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols><sheetData>`;
};

export const sheetClosing = (range: string): string =>
  `</sheetData><autoFilter ref="${range}"/><pageSetup orientation="landscape" fitToHeight="0"/></worksheet>`;
