import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const checkout = resolve(__dirname, '..');

/** The command as `npm run bench` runs it, on the build that every test of the platform stands on. */
const bench = async (...args: string[]): Promise<string> => {
  const script = join(checkout, 'dist/bench/main.js');
  const { stdout } = await run(process.execPath, [script, ...args, '--quick', '--rounds', '1', '--no-write'], {
    cwd: checkout,
    maxBuffer: 1 << 24,
  });
  return stdout;
};

describe('the benchmarks', () => {
  it('compare the platform with four baselines that give the very same answers', async () => {
    const output = await bench('reads', '--orders', '100', '--connections', '2');
    expect(output).toContain('✓ Comparing answers');
    for (const read of ['power center list', 'one power center', 'orders page', 'datatable search']) {
      for (const target of ['platform', 'bare', 'lean', 'monolith', 'microservices']) {
        expect(output).toMatch(new RegExp(`\\| ${read} +\\| ${target} +\\| \\d+`));
      }
    }
    expect(output).not.toMatch(/[1-9]\d* failed|NaN \|.*NaN \|.*NaN/);
  });

  it('compare reads while a second process keeps a core busy', async () => {
    const output = await bench('reads', '--beside', '--orders', '100', '--connections', '2');
    for (const read of ['power center list', 'datatable search']) {
      expect(output).toMatch(new RegExp(`\\| ${read}( \\| \\d+\\.\\d\\d [✓✗]){4} \\|`));
    }
    expect(output).toMatch(/The second load used \d\.\d\d of a core/);
    expect(output).not.toMatch(/[1-9]\d* failed|NaN/);
  });

  it('compare writes with three baselines that keep as much', async () => {
    const output = await bench('writes', '--connections', '2');
    expect(output).toContain('✓ Comparing answers');
    const powerCenters = ['create a power center', 'change a power center', 'change a range price'];
    for (const write of [...powerCenters, 'create a worker', 'login without the hash', 'order with a webhook']) {
      for (const target of ['platform', 'bare', 'lean', 'microservices']) {
        expect(output).toMatch(new RegExp(`\\| ${write} +\\| ${target} +\\| \\d+`));
      }
    }
    expect(output).not.toMatch(/[1-9]\d* failed/);
  }, 600_000);

  it('tell of whole sessions until each is a priced order', async () => {
    const output = await bench('ingest', '--sessions', '20');
    expect(output).toMatch(/\| 20 \| 10 \| \d+/);
    for (const kind of ['charger came or went', 'connector has another status', 'connector, nothing new']) {
      expect(output).toMatch(new RegExp(`\\| ${kind} \\| \\d+ \\| \\d`));
    }
  });

  it('hold connections of chargers beside two servers that store nothing', async () => {
    const output = await bench('chargers');
    for (const server of ['open-cpo', 'bare-ws', 'ocpp-rpc']) {
      expect(output).toMatch(new RegExp(`\\| ${server} \\| 50 \\| \\d`));
    }
    // What a busy machine may miss is not judged here; what must never be is.
    for (const goal of ['Lost of them', 'Connections not closed with 1001', 'Readings answered and not stored']) {
      expect(output).toMatch(new RegExp(`\\| ${goal}[^|]*\\|[^|]+\\| 0\\.00 \\| 0 \\| met \\|`));
    }
  });
});
