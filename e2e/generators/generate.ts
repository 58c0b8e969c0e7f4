import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment } from '@open-cpo/platform';

const SOURCE = resolve(__dirname);
/** Where the generators are installed, and what they write: apart from the platform's own dependencies. */
export const HOME = resolve(__dirname, '../../.data/generators');
const INSTALLED = join(HOME, 'node_modules/.installed');

/** Runs a program to its end. @throws Error with what it wrote, when it fails */
export async function run(program: string, args: readonly string[], cwd = HOME): Promise<string> {
  const child = spawn(program, args, { cwd, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let [written, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (written += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}: ${String(code)}\n${written}\n${errors}`);
  return written;
}

/** A program of an installed package. */
export const tool = (name: string, args: readonly string[]): Promise<string> =>
  run(process.execPath, [join(HOME, 'node_modules/.bin', name), ...args]);

/** Installs what the lockfile says, unless it is there. */
export async function install(): Promise<void> {
  const lock = readFileSync(join(SOURCE, 'package-lock.json'), 'utf8');
  if (existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === lock) return;
  mkdirSync(HOME, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(SOURCE, file), join(HOME, file));
  await run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(INSTALLED, lock);
}

/** A fresh folder with the callers of the clients that are generated into it. */
export function workshop(document: string): { folder: string; input: string } {
  const folder = join(HOME, 'work');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(SOURCE, 'callers'), folder, { recursive: true });
  const input = join(HOME, 'openapi.json');
  writeFileSync(input, document);
  return { folder, input };
}

type Generate = (input: string, output: string, baseUrl: string) => Promise<unknown>;

/** How each generator makes a client of the document. */
export const GENERATORS: Readonly<Record<string, Generate>> = {
  'openapi-typescript': (input, output) => tool('openapi-typescript', [input, '-o', join(output, 'schema.ts')]),
  'hey-api': (input, output) => tool('openapi-ts', ['-i', input, '-o', output]),
  orval: (input, output, baseUrl) => {
    const config = {
      api: { input, output: { mode: 'single', target: join(output, 'api.ts'), client: 'fetch', baseUrl } },
    };
    const file = join(HOME, 'orval.config.cjs');
    writeFileSync(file, `module.exports = ${JSON.stringify(config)};`);
    return tool('orval', ['--config', file]);
  },
  'swagger-typescript-api': (input, output) =>
    tool('swagger-typescript-api', ['generate', '--path', input, '--output', output, '--name', 'api.ts']),
  oazapfts: (input, output) => {
    mkdirSync(output, { recursive: true });
    return tool('oazapfts', [input, join(output, 'api.ts')]);
  },
};
