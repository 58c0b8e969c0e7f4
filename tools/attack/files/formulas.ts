import { setTimeout as pause } from 'node:timers/promises';
import { exchange } from '../../http/exchange';
import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import type { Means } from '../sending/target';
import { type Cells, cellsOfCsv, cellsOfWorkbook } from './read-back';

/** What spreadsheets would run if they took it for a formula. */
export const FORMULAS = [
  ...['=1+1', '=HYPERLINK("http://127.0.0.1/?"&A1,"Click")', "=cmd|' /C calc'!A0", '+1+1', "+cmd|' /C calc'!A0"],
  ...['-1+1', "-2+3+cmd|' /C calc'!A0", '@SUM(1+1)', '@cmd', '=IMPORTXML("http://127.0.0.1/","//a")', '＝1+1'],
  ...['="a"&"b"', '=WEBSERVICE("http://127.0.0.1/")', ';=1+1', '"=1+1', '"\n=1+1', ' =1+1', '%0A=1+1', '=\u00001'],
  ...['\t=1+1', '\r=1+1', '\n=1+1', '{=1+1}', "'=1+1", '=DDE("cmd";"/C calc";"x")'],
];
const TYPES = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };
/** A text without the apostrophes that keep a spreadsheet from running it. */
const unprotected = (text: string): string => text.replaceAll("'", '');
/** Half seconds for an export. */
const MAX_POLLS = 240;

/** Names power centers by formulas and reads their spreadsheets back as a program for spreadsheets does. */
export class Formulas {
  constructor(
    private readonly client: Client,
    private readonly means: Means,
    private readonly tally: Tally,
  ) {}

  async run(): Promise<void> {
    const taken: string[] = [];
    for (const title of FORMULAS) {
      const body = Buffer.from(JSON.stringify({ title, category: 'EV_CHARGER', city: title }));
      const headers = { ...this.headers(), 'content-type': 'application/json' };
      const sent = { method: 'POST', target: '/api/charge-points', headers, body };
      const { status } = await this.client.sendWithRetries(sent);
      this.tally.counted('formulas', status);
      if (status < 300) taken.push(title.trim());
    }
    this.conclude('workbook', taken, await cellsOfWorkbook(await this.exported(TYPES.xlsx)));
    this.conclude('CSV', taken, cellsOfCsv((await this.exported(TYPES.csv)).toString()));
  }

  private conclude(kind: string, taken: readonly string[], { texts, formulas }: Cells): void {
    const known = texts.map(unprotected);
    const missing = taken.filter((title) => !known.some((text) => text.includes(unprotected(title))));
    const figures = `${taken.length} formulas in names, ${texts.length} cells, ${formulas.length} would run`;
    const holds = taken.length > 10 && missing.length === 0 && formulas.length === 0;
    const more = [...missing.map((title) => `; missing: ${title}`), ...formulas.map((text) => `; ${text}`)].join('');
    this.tally.checked(`no formula in a ${kind}`, holds, figures + more);
  }

  /** The file, whenever it is ready. */
  private async exported(accept: string): Promise<Buffer> {
    const { url } = this.client;
    const headers = { ...this.headers(), accept, prefer: 'respond-async' };
    const asked = await exchange(`${url}/api/charge-points/export`, { headers });
    this.tally.counted('formulas', asked.status);
    const place = asked.headers.get('location');
    if (!place) throw new Error(`No export was begun: ${asked.status} ${asked.text}`);
    for (let turn = 0; turn < MAX_POLLS; turn += 1) {
      const file = await exchange(new URL(`${place}/file`, url).href, { headers: this.headers() });
      if (file.status === 200) return file.body;
      await pause(500);
    }
    throw new Error('An export was never ready.');
  }

  private headers(): Record<string, string> {
    const { people, address } = this.means;
    return { authorization: `Bearer ${people.token('owner')}`, 'x-forwarded-for': address() };
  }
}
