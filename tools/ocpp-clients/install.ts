import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Installs what the lockfile says, unless it is there; answers the folder. @throws Error when npm fails */
export async function installOcppClients(checkout: string): Promise<string> {
  const source = join(checkout, 'tools/ocpp-clients');
  const home = join(checkout, '.data/ocpp-clients');
  const installed = join(home, 'node_modules/.installed');
  const lock = readFileSync(join(source, 'package-lock.json'), 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return home;
  mkdirSync(home, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(home, file));
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', args, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`npm ${args.join(' ')}: ${String(code)}`);
  writeFileSync(installed, lock);
  return home;
}

/** A package that was installed so. */
export const requireFrom = (home: string, name: string): unknown => createRequire(join(home, 'package.json'))(name);
