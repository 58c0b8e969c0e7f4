import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const source = resolve(__dirname, '../..');
const NAME = `node-${process.platform}-${process.arch}`;

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the Node that the platform runs with', () => {
  let checkout: string;
  const write = (path: string, text: string, mode = 0o644): void => {
    const file = join(checkout, path);
    mkdirSync(dirname(file), { recursive: true });
    // Never half of it: other processes of the test may read it.
    const written = `${file}.${randomUUID()}`;
    writeFileSync(written, text);
    chmodSync(written, mode);
    renameSync(written, file);
  };
  /** Runs a file of the bootstrap as if this process were another version of Node. */
  const as = async (version: string, ...args: string[]): Promise<Run> => {
    write('version.cjs', `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    const env = { PATH: `${join(checkout, 'bin')}:/usr/bin:/bin` };
    const child = spawn(process.execPath, ['--require', './version.cjs', ...args], { cwd: checkout, env });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise<number | null>((done) => child.on('close', done));
    return { code, stdout, stderr };
  };
  const chosen = async (version: string): Promise<Run & { program: string; path: string }> => {
    write(
      'choose.mjs',
      `import { runtime } from './tools/bootstrap/runtime.mjs';
      console.log('\\n' + JSON.stringify({ program: runtime(process.cwd()), path: process.env.PATH }));`,
    );
    const ran = await as(version, 'choose.mjs');
    const last = ran.stdout.trim().split('\n').at(-1) ?? '';
    return { ...ran, ...(last.startsWith('{') ? JSON.parse(last) : {}) };
  };
  const pin = (version: string, names = [NAME]): void =>
    write(
      'tools/bootstrap/package.json',
      JSON.stringify({ optionalDependencies: Object.fromEntries(names.map((name) => [name, version])) }),
    );
  /** Stands for npm: notes how it was called and installs what is given as the pinned Node. */
  const npm = (node?: string): void => {
    const folder = `node_modules/${NAME}/bin`;
    const installs = `mkdir -p ${folder} && printf '%s' '${node}' > ${folder}/node && chmod 755 ${folder}/node`;
    write('bin/npm', `#!/bin/sh\necho "$@" >> ${checkout}/calls\n${node === undefined ? '' : installs}\n`, 0o755);
  };
  const works = '#!/bin/sh\nexit 0\n';
  const calls = (): string[] =>
    existsSync(join(checkout, 'calls')) ? readFileSync(join(checkout, 'calls'), 'utf8').trim().split('\n') : [];
  const installedIn = (): string => join(checkout, '.data/runtime/24.9.9/node_modules', NAME, 'bin');

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'runtime-'));
    for (const path of ['tools/run.mjs', 'tools/bootstrap']) {
      cpSync(join(source, path), join(checkout, path), { recursive: true });
    }
    write('package.json', JSON.stringify({ engines: { node: '^22.13.0 || ^24.0.0' } }));
    pin('24.9.9');
    npm(works);
  });
  afterEach(() => {
    rmSync(checkout, { recursive: true });
  });

  it.each(['22.13.0', '22.20.1', '24.0.0', '24.22.3'])(
    "is the machine's own, when that is supported: %s",
    async (version) => {
      const { program, stderr } = await chosen(version);
      expect({ program, stderr, calls: calls() }).toEqual({ program: process.execPath, stderr: '', calls: [] });
    },
  );

  it.each(['20.19.0', '22.12.0', '23.11.0', '25.0.0', '27.1.0'])('is the pinned one beside %s', async (version) => {
    const { program, path, stderr } = await chosen(version);
    expect(program).toBe(join(installedIn(), 'node'));
    expect(path.split(':')[0]).toBe(installedIn());
    expect(stderr).toBe(`Using Node 24.9.9 from the npm registry: this machine's Node ${version} is not supported.\n`);
  });

  it('is installed once, as its lockfile says, with what the settings of npm leave out', async () => {
    await chosen('20.20.2');
    await chosen('20.20.2');
    expect(calls()).toEqual([expect.stringMatching(/^ci --include=optional --ignore-scripts /)]);
    expect(readFileSync(join(checkout, '.data/runtime/24.9.9/package-lock.json'))).toEqual(
      readFileSync(join(source, 'tools/bootstrap/package-lock.json')),
    );
  });

  it('is installed by several commands at once', async () => {
    const ran = await Promise.all([1, 2, 3].map(() => chosen('20.20.2')));
    expect(ran.map(({ program }) => program)).toEqual(Array(3).fill(join(installedIn(), 'node')));
    expect(readdirSync(join(checkout, '.data/runtime'))).toEqual(['24.9.9']);
  });

  it('is installed anew when the pinned version changed', async () => {
    await chosen('20.20.2');
    pin('24.10.0');
    expect((await chosen('20.20.2')).program).toContain('/.data/runtime/24.10.0/');
  });

  it.each<[string, () => void, RegExp]>([
    [
      'npm cannot fetch it',
      () => npm(),
      /^✗ Node 24\.9\.9 of the npm registry cannot be fetched \(npm logs the reason in ~\/\.npm\/_logs\)\. Install Node 24 /,
    ],
    [
      'it does not run',
      () => npm('#!/bin/sh\necho "no libc" >&2; exit 127'),
      /^✗ Node 24\.9\.9 .* does not run here: no libc\. /,
    ],
    [
      'none is pinned for the platform',
      () => pin('24.9.9', ['node-other-cpu']),
      /^✗ Node 20\.20\.2 is not supported, and none is pinned /,
    ],
  ])('is asked for in one sentence when %s', async (_, arrange, sentence) => {
    arrange();
    const { code, stderr } = await chosen('20.20.2');
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(checkout, '.data/runtime/24.9.9'))).toBe(false);
  });

  it.each(['12.22.12', '18.20.8', '20.18.3'])('cannot be brought along by Node %s, which is said', async (version) => {
    const { code, stdout, stderr } = await as(version, 'tools/run.mjs', 'start');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `\n✗ Node 20.19 or later is needed to start; this is Node ${version}. Install Node 24 (https://nodejs.org).\n`,
    );
  });
});
