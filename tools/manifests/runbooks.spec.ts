import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productionSources } from './production-sources';
import { operator } from '../operator/operator';
import { anyFree } from '../stack/ports';
import { checkout } from './compose';
import { programPath } from './programs/programs';
import { describeRendered } from './render';

const folder = join(checkout, 'docs/runbooks');
const pages = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
/** Inline code and the lines of code blocks. */
const codeOf = (text: string): string[] => [
  ...[...text.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n')),
  ...[...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
];
const code = [...new Set(pages.flatMap(([, text]) => codeOf(text)))];
const operations = readFileSync(join(checkout, 'docs/operations.md'), 'utf8');
const sources = ['apps', 'libs', 'tools']
  .flatMap((name) => productionSources(join(checkout, name)))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

/** Programs that an operator has, and what only servers or plugins have. */
const PROGRAMS = ['kubectl', 'npm', 'docker', 'helm', 'node', 'cmctl'];
const OTHERS = /^(nats|psql|valkey-cli|redis-cli|kill|curl|mc|aws|cnpg|pg_\w+) \S/;
/** What stands for something becomes a word; values that are left out become 1. */
const plain = (text: string): string => text.replaceAll(/<[a-z]+>/g, '1').replaceAll('…', '1');

describe('the commands of the runbooks', () => {
  it('need no program but those that an operator has', () => {
    expect(code.filter((text) => OTHERS.test(text))).toEqual([]);
    const used = PROGRAMS.filter((program) => code.some((text) => text.startsWith(`${program} `)));
    expect(used).toEqual(expect.arrayContaining(['kubectl', 'npm', 'docker', 'node']));
  });

  it('of operators are understood, with all that they need', async () => {
    const lines = code.filter((text) => /^npm run operator -- [a-z]/.test(text));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const args = plain(line.replace('npm run operator -- ', '')).split(/\s+/);
      // Understood means that the broker is asked, which is not there.
      const outcome = await operator(args, { natsUrl: 'nats://127.0.0.1:1', user: 'operator' });
      expect([line, outcome.error]).toEqual([line, expect.stringMatching(/^The broker at .* does not answer/)]);
    }
  });

  it('are written whole where they are for operators', () => {
    expect(code.filter((text) => /^operator [a-z]/.test(text))).toEqual([]);
  });

  it('quote log lines that there are', () => {
    const quoted = code.filter((text) => /^[A-Z][a-z]+ [a-z ,:]+$/.test(text) && !/^(EXPLAIN|INFO)/.test(text));
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((text) => !sources.includes(text))).toEqual([]);
  });

  it('name metrics of ours, settings and routes that there are', () => {
    const metrics = code.flatMap((text) => text.match(/(?<!:)\bopen_cpo_[a-z_]+/g) ?? []);
    const base = metrics.map((name) => name.replace(/_(count|bucket|sum)$/, ''));
    // A test compares that page with what processes serve.
    const page = readFileSync(join(checkout, 'docs/observability.md'), 'utf8');
    expect(base.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    const settings = code.filter((text) => /^[A-Z]+_[A-Z_]+$/.test(text));
    expect(settings.filter((name) => !operations.includes(name))).toEqual([]);
    const { paths } = JSON.parse(readFileSync(join(checkout, 'openapi.json'), 'utf8')) as {
      paths: Record<string, object>;
    };
    const routes = code.filter((text) => /^(GET|POST|PATCH|PUT|DELETE) \//.test(text)).map((text) => text.split(' '));
    const missing = routes.filter(
      ([method = '', path = '']) => !Object.hasOwn(paths[path] ?? {}, method.toLowerCase()),
    );
    expect(missing).toEqual([]);
  });
});

describeRendered('the kubectl commands of the runbooks', () => {
  const commands = code
    .flatMap((text) => text.match(/\bkubectl [a-z][^`)|]*/g) ?? [])
    .map((text) => plain(text.trim()));

  it('are commands that kubectl has, with its options, and name a namespace', () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands) {
      const [, verb = '', ...rest] = command.split(/\s+/);
      const action = verb === 'rollout' ? [verb, rest[0] ?? ''] : [verb];
      const { status, stdout } = spawnSync(programPath('kubectl'), [...action, '--help'], { encoding: 'utf8' });
      expect([command, status, stdout.includes('Usage:')]).toEqual([command, 0, true]);
      const own = (command.split(' -- ')[0] ?? '').match(/(?<= )--[a-z-]+/g) ?? [];
      expect([command, own.filter((option) => !stdout.includes(option))]).toEqual([command, []]);
      expect(command).toMatch(/ -n (open-cpo|open-cpo-data|1)( |$)/);
    }
  });

  it('apply and create files that there are', () => {
    const files = commands.flatMap((command) => / -f (\S+)/.exec(command)?.[1] ?? []);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !existsSync(join(checkout, file)))).toEqual([]);
  });
});

describe('a heap snapshot', () => {
  it('is taken as the page says, of a process of this machine', async () => {
    const [, text = ''] = pages.find(([name]) => name === 'memory-high.md') ?? [];
    const [, block = ''] = /```sh\n# Heap snapshot\n([^]*?)```/.exec(text) ?? [];
    const place = mkdtempSync(join(tmpdir(), 'heap-'));
    const port = await anyFree();
    // As in an image: nothing but the signal opens the inspector.
    const app = spawn(
      process.execPath,
      [`--inspect-port=127.0.0.1:${port}`, '-e', 'setInterval(() => {}, 1e6); console.log(1)'],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    await new Promise((resolve) => app.stdout.once('data', resolve));
    const listening = new Promise((resolve) => app.stderr.once('data', resolve));
    process.kill(app.pid ?? 0, 'SIGUSR1');
    await listening;
    const [command = ''] = block.split('\n').filter((line) => line.includes('heap-snapshot.mjs'));
    const [, script = '', address = '', file = ''] = command.split(' ');
    const args = [join(checkout, script), address.replace('9229', String(port)), file];
    const { stderr } = spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8' });
    app.kill('SIGKILL');
    const size = existsSync(join(place, 'app.heapsnapshot')) ? statSync(join(place, 'app.heapsnapshot')).size : 0;
    rmSync(place, { recursive: true });
    expect([stderr, size > 100_000]).toEqual(['', true]);
  });
});
