import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeArguments } from '../start/one-shot';
import { say } from '../terminal';
import type { Uses } from './permissions';

/**
 * What the apps of a checkout use of the broker by their sources as they are now; nothing when that cannot be told, and
 * then what was committed holds.
 */
export function currentUses(checkout: string): Record<string, Uses> | undefined {
  const script = join(checkout, 'dist/tools/broker/main.js');
  if (!existsSync(script)) return undefined;
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArguments(script), {
    cwd: checkout,
    encoding: 'utf8',
  });
  if (status === 0) return JSON.parse(stdout) as Record<string, Uses>;
  say(`What the apps use of the broker is taken from uses.json, because the sources are not understood: ${stderr}`);
  return undefined;
}
