import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';

export interface Cells {
  readonly texts: readonly string[];
  /** Those that a program for spreadsheets would run. */
  readonly formulas: readonly string[];
}

/** What begins a formula where a cell does not say that it is a text; numbers are numbers. */
const RUNS = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[+-]?\d+(?:[.,]\d+)*(?:e[+-]?\d+)?$/i;

/** The cells of a workbook: there a text is a text, and a formula says that it is one. */
export async function cellsOfWorkbook(bytes: Buffer): Promise<Cells> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.read(Readable.from([bytes]));
  const [texts, formulas] = [[] as string[], [] as string[]];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        texts.push(cell.text);
        const runs = cell.type === ExcelJS.ValueType.Formula || cell.type === ExcelJS.ValueType.Hyperlink;
        if (runs) formulas.push(cell.text);
      }),
    ),
  );
  return { texts, formulas };
}

/** What a spreadsheet may separate by, by its locale: each part of a field may become a cell of its own. */
const SEPARATORS = /[,;|\t\r\n]"*/;

/** The fields of a CSV file, as they are opened: quotes are no protection, an apostrophe in front is. */
export function cellsOfCsv(text: string): Cells {
  const texts = [...text.matchAll(/(?<=^|,|\n|\ufeff)(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|\r?\n|$)/g)].map(
    ([, quoted, bare = '']) => quoted?.replaceAll('""', '"') ?? bare,
  );
  const runs = (cell: string): boolean => RUNS.test(cell) && !NUMBER.test(cell);
  return { texts, formulas: texts.filter((field) => runs(field) || field.split(SEPARATORS).some(runs)) };
}
