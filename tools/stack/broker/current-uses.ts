import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../files';
import { builtFrom } from '../start/built';
import { nodeArguments } from '../start/one-shot';
import { say } from '../terminal';
import type { Uses } from './permissions';

interface Kept {
  /** The build of the same sources. */
  readonly build: string;
  readonly uses: Record<string, Uses>;
}

/**
 * What the apps of a checkout use of the broker by their sources as they are now; nothing when that cannot be told, and
 * then what was committed holds. Kept until the sources are built again.
 */
export function currentUses(checkout: string): Record<string, Uses> | undefined {
  const build = builtFrom(checkout);
  const file = join(checkout, 'dist', '.broker-uses.json');
  const kept = build === undefined ? undefined : readJson<Kept>(file);
  if (kept && kept.build === build) return kept.uses;
  const uses = usesOfSources(checkout);
  if (uses && build !== undefined) writeJson(file, { build, uses } satisfies Kept);
  return uses;
}

function usesOfSources(checkout: string): Record<string, Uses> | undefined {
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
