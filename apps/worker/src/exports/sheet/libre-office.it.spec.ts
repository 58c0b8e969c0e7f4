import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '@open-cpo/platform';
import type { ExportColumn } from '@open-cpo/contracts';
import type { Row, Table } from './table';
import { workbook } from './workbook';

/** Office programs are not needed for anything else: where there is none, this is skipped. */
const OFFICE = environment().SOFFICE ?? 'soffice';
const installed = spawnSync(OFFICE, ['--version'], { stdio: 'ignore' }).status === 0;

const columns: ExportColumn[] = [
  { title: 'Order', type: 'integer', width: 10 },
  { title: 'Power center', type: 'text', width: 32 },
  { title: 'Energy (kWh)', type: 'decimal', width: 14 },
  { title: 'Amount', type: 'money', width: 18 },
  { title: 'Started', type: 'moment', width: 20 },
  { title: 'Listed', type: 'flag', width: 9 },
];
const TEXTS = ['=1+1', 'Tassala & <Söhne>', 'محطة الشحن 🔌', '-12 Rue', 'two\nlines', '"quoted"'];
const rows = TEXTS.map((text, i): Row => [i + 1, text, `${i}.5`, '1234.50', '2025-01-08 07:33:27', i % 2 === 0]);

(installed ? describe : describe.skip)('a workbook in LibreOffice', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'office-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the office program makes of it. */
  async function converted(what: Partial<Table>, to: string, name: string): Promise<Buffer> {
    async function* all(): AsyncGenerator<readonly Row[]> {
      yield await Promise.resolve(rows);
    }
    const table = { title: 'Orders', columns, rightToLeft: false, currency: 'DZD', createdAt: new Date(), ...what };
    const parts: Uint8Array[] = [];
    for await (const bytes of workbook(table, all())) parts.push(bytes);
    writeFileSync(join(folder, `${name}.xlsx`), Buffer.concat(parts));
    const own = [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--norestore'];
    const run = spawnSync(OFFICE, [...own, '--convert-to', to, '--outdir', folder, join(folder, `${name}.xlsx`)], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`);
    return readFileSync(join(folder, `${name}.${to.slice(0, 3)}`));
  }

  it('has the cells that were written', async () => {
    // Comma, quotes, UTF-8, cells as they are shown.
    const text = (await converted({}, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true', 'cells')).toString();
    expect(text.split('\n').slice(0, 4)).toEqual([
      'Order,Power center,Energy (kWh),Amount,Started,Listed',
      '1,=1+1,0.5,"1,234.50 DZD",2025-01-08 07:33:27,TRUE',
      '2,Tassala & <Söhne>,1.5,"1,234.50 DZD",2025-01-08 07:33:27,FALSE',
      '3,محطة الشحن 🔌,2.5,"1,234.50 DZD",2025-01-08 07:33:27,TRUE',
    ]);
    expect(text).toContain('"two\nlines"');
  });

  it.each([
    ['left to right', {}],
    ['right to left', { rightToLeft: true, title: 'الطلبات' }],
  ])('is printed, %s', async (_, what) => {
    const pdf = await converted(what, 'pdf', 'printed');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(5000);
  });
});
