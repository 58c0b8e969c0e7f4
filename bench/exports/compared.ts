import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeArguments } from '../../tools/stack/start/one-shot';
import { basics } from '../../tools/stack/environment';

/** What one of the programs that we compare with took. */
export interface Taken {
  readonly seconds: number;
  /** MB above its start. */
  readonly memory: number;
  readonly bytes: number;
  /** Seconds of processor time. */
  readonly processor: number;
}

export type WriterName = 'rows' | 'floor' | 'exceljs';

/** Runs one of the plain programs in a process of its own. */
export async function plain(name: WriterName, database: string, accountId: number): Promise<Taken> {
  const file = join(tmpdir(), `bench-${process.pid}-${name}`);
  const args = [...nodeArguments(join(__dirname, 'writer.js')), name, database, String(accountId), file];
  const child = spawn(process.execPath, args, { env: basics(), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}.`);
  return JSON.parse(output) as Taken;
}
