import { asAscii, type ImportColumn, type ImportRow, withoutInvisible } from '@open-cpo/contracts';
import { BadFile, MOST_CELLS, type TableRow } from './table';

const MOST_UNKNOWN = 50;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;

/** Names of columns may be written in any case, with blanks or dashes. */
const nameOf = (cell: string): string =>
  withoutInvisible(cell)
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** What the header of a file says of the cells below it. */
export class Header {
  /** Names that mean nothing. */
  readonly unknown: readonly string[];
  private readonly columns: readonly (ImportColumn | undefined)[];

  /** @throws BadFile for a column that is there twice, or missing although it is required */
  constructor(
    { cells }: TableRow,
    known: readonly ImportColumn[],
    private readonly decimalComma: boolean,
  ) {
    if (cells.length > MOST_CELLS) throw new BadFile(`The file has more than ${MOST_CELLS} columns.`);
    const names = cells.map(nameOf);
    const byName = new Map(known.map((column) => [column.name, column]));
    this.columns = names.map((name) => byName.get(name));
    const twice = known.find(({ name }) => names.filter((one) => one === name).length > 1);
    if (twice) throw new BadFile(`The file has two columns ${twice.name}.`);
    const missing = known.filter(({ name, required }) => required && !names.includes(name));
    if (missing.length > 0) throw new BadFile(`The file has no column ${missing.map(({ name }) => name).join(', ')}.`);
    const unknown = names.filter((name) => name !== '' && !byName.has(name));
    this.unknown = unknown.slice(0, MOST_UNKNOWN).map((name) => name.replace(/\p{C}/gu, '').slice(0, 100));
  }

  /** A row by its columns; nothing where all of it is empty. */
  row({ line, cells, broken = [] }: TableRow): ImportRow | undefined {
    if (cells.every((cell) => cell.trim() === '')) return undefined;
    const given = cells.slice(0, this.columns.length).flatMap((cell, at): [string, string][] => {
      const column = this.columns[at];
      return column && cell.trim() !== '' ? [[column.name, this.valueOf(cell, column)]] : [];
    });
    const errors = this.errorsOf(cells, broken);
    return {
      line,
      cells: Object.fromEntries(given),
      ...(errors.length > 0 ? { errors: Object.fromEntries(errors) } : {}),
    };
  }

  /** Errors of a row beyond those of its columns. */
  private errorsOf(cells: readonly string[], broken: readonly number[]): [string, string[]][] {
    const errors = broken.flatMap((at): [string, string[]][] => {
      const name = this.columns[at]?.name;
      return name ? [[name, [`The ${name.replaceAll('_', ' ')} field holds an error of a formula.`]]] : [];
    });
    const isLonger = cells.slice(this.columns.length).some((cell) => cell.trim() !== '');
    return isLonger ? [...errors, ['row', ['The row has more cells than the header.']]] : errors;
  }

  private valueOf(cell: string, { decimal, flag }: ImportColumn): string {
    if (flag) return cell.trim().toLowerCase();
    const plain = decimal && this.decimalComma ? asAscii(cell).trim() : cell;
    return decimal && this.decimalComma && DECIMAL_COMMA.test(plain) ? plain.replace(',', '.') : cell;
  }
}
