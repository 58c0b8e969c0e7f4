import type { OpenFile } from '@open-cpo/files';
import { type CellContext, cellText, isDateFormat, momentsOf } from './cells';
import { BadFile, LONGEST_ROW, MOST_CELLS, type Table, type TableRow } from './table';
import { parsed, readXml } from './xml';
import { contentOf, entriesOf, type ZipEntry } from './zip';

/** Bytes of a sheet, and of any other part, when they are unpacked. */
const LARGEST_SHEET = 512 * 1024 * 1024;
const LARGEST_PART = 128 * 1024 * 1024;
/** Bytes that each part may have, and times its packed size: more of one that is packed better is repetition. */
const SMALL_PART = 32 * 1024 * 1024;
const MOST_PACKED = 64;
/** Characters of all texts that cells share, and how many texts: they are in memory. */
const MOST_SHARED = 16 * 1024 * 1024;
const MOST_STRINGS = 1_000_000;
const MOST_STYLES = 65_536;
/** Rows that a sheet can have. */
const LAST_ROW = 1_048_576;
/** Elements that a sheet has beside its texts at most (rows and cells that have only a format), and for each text. */
const MOST_EMPTY = 3_000_000;
const MOST_FOR_TEXT = 16;

type File = Pick<OpenFile, 'size' | 'read'>;

const tooLarge = (): BadFile => new BadFile('The workbook has too many texts. Save it as CSV, or as several files.');

/** Reads the first sheet of a workbook; of its rows no more than a piece is in memory. @throws BadFile */
export async function xlsx(file: File): Promise<Table> {
  const entries = await entriesOf(file);
  const part = (name: string, most = LARGEST_PART): AsyncIterable<Buffer> => {
    const entry = entries.get(name);
    if (!entry) return nothing();
    return contentOf(file, entry, Math.min(most, SMALL_PART + MOST_PACKED * entry.compressed));
  };
  const { sheet, calendar } = await firstSheet(part, entries);
  const strings = await sharedStrings(part('xl/sharedStrings.xml'));
  const moments = await styles(part('xl/styles.xml'));
  return { decimalComma: true, rows: rowsOf(part(sheet, LARGEST_SHEET), { strings, moments, calendar }) };
}

async function* nothing(): AsyncGenerator<Buffer> {
  // A part that workbooks need not have.
}

async function firstSheet(part: (name: string) => AsyncIterable<Buffer>, entries: ReadonlyMap<string, ZipEntry>) {
  let first: string | undefined;
  let calendar: CellContext['calendar'] = 1900;
  await readXml(part('xl/workbook.xml'), {
    open: (name, { id, date1904 = '0' }) => {
      if (name === 'sheet') first ??= id;
      if (name === 'workbookPr' && ['1', 'true'].includes(date1904)) calendar = 1904;
    },
  });
  let sheet: string | undefined;
  await readXml(part('xl/_rels/workbook.xml.rels'), {
    open: (_, { Id, Target = '' }) => {
      if (Id !== undefined && Id === first) sheet = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
    },
  });
  if (!sheet || !entries.has(sheet)) throw new BadFile('The workbook has no sheet.');
  return { sheet, calendar };
}

async function sharedStrings(content: AsyncIterable<Buffer>): Promise<string[]> {
  const strings: string[] = [];
  let size = 0;
  const texts = new Texts();
  await readXml(content, {
    open: (name) => texts.open(name),
    text: (text) => texts.add(text),
    close: (name) => {
      texts.close(name);
      if (name !== 'si') return;
      const text = texts.take();
      size += text.length;
      if (size > MOST_SHARED || strings.length >= MOST_STRINGS) throw tooLarge();
      strings.push(text);
    },
  });
  return strings;
}

async function styles(content: AsyncIterable<Buffer>): Promise<boolean[]> {
  const formats = new Map<number, boolean>();
  const used: number[] = [];
  let inCells = false;
  await readXml(content, {
    open: (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt') formats.set(Number(numFmtId), isDateFormat(formatCode));
      if (name === 'xf' && inCells) used.push(Number(numFmtId));
      if (used.length + formats.size > MOST_STYLES) throw tooLarge();
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return momentsOf(formats, used);
}

async function* rowsOf(content: AsyncIterable<Buffer>, context: CellContext): AsyncGenerator<TableRow> {
  const sheet = new Sheet(context);
  for await (const _ of parsed(content, sheet)) {
    void _;
    yield* sheet.take();
  }
  yield* sheet.take();
}

/** The texts of elements `t`, without how they are pronounced. */
class Texts {
  private text = '';
  private inside = false;
  private silent = false;

  open(name: string): void {
    if (name === 'rPh') this.silent = true;
    if (name === 't' && !this.silent) this.inside = true;
  }

  add(text: string): void {
    if (this.inside) this.text += text;
    if (this.text.length > LONGEST_ROW) throw new BadFile('The workbook has a cell that is too long.');
  }

  close(name: string): void {
    if (name === 't') this.inside = false;
    if (name === 'rPh') this.silent = false;
  }

  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

/** Gathers the rows of a sheet while it is read. */
class Sheet {
  private rows: TableRow[] = [];
  private line = 0;
  private cells: string[] = [];
  private broken: number[] = [];
  private size = 0;
  private column = 0;
  private type = '';
  private style = 0;
  private value = '';
  private inValue = false;
  private left = MOST_EMPTY;
  private readonly texts = new Texts();

  constructor(private readonly context: CellContext) {}

  take(): TableRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, { r, t = '', s = '0' }: Readonly<Record<string, string>>): void {
    this.left -= 1;
    if (this.left < 0)
      throw new BadFile('The workbook has too many empty rows and cells. Delete them, or save it as CSV.');
    if (name === 'row') this.begin(Number(r ?? this.line + 1));
    else if (name === 'c') {
      this.column = r === undefined ? this.column + 1 : columnOf(r);
      [this.type, this.style, this.value] = [t, Number(s), ''];
    } else if (name === 'v') this.inValue = true;
    else this.texts.open(name);
  }

  text(text: string): void {
    if (!this.inValue) return this.texts.add(text);
    this.value += text;
    if (this.value.length > LONGEST_ROW) throw this.tooLong();
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'c') this.end();
    else if (name === 'row') this.rows.push(this.row());
    else this.texts.close(name);
  }

  private row(): TableRow {
    const { line, cells, broken } = this;
    return broken.length > 0 ? { line, cells, broken } : { line, cells };
  }

  /** Rows are numbered upwards; what says anything else is not believed. */
  private begin(given: number): void {
    const isNext = Number.isSafeInteger(given) && given > this.line && given <= LAST_ROW;
    [this.line, this.cells, this.broken] = [isNext ? given : this.line + 1, [], []];
    [this.size, this.column] = [0, 0];
  }

  private tooLong(): BadFile {
    return new BadFile(`Row ${this.line} of the workbook is too long.`);
  }

  private end(): void {
    const shown = this.texts.take();
    const text = this.type === 'inlineStr' ? shown : cellText(this.type, this.style, this.value, this.context);
    if (text === '') return;
    this.left += MOST_FOR_TEXT;
    this.size += text.length;
    if (this.size > LONGEST_ROW) throw this.tooLong();
    if (this.column > MOST_CELLS) throw new BadFile(`The workbook has more than ${MOST_CELLS} columns.`);
    while (this.cells.length < this.column - 1) this.cells.push('');
    if (this.type === 'e') this.broken.push(this.cells.length);
    this.cells.push(text);
  }
}

/** `AB12` is in the 28th column. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
