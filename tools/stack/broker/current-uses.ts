import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../files';
import { builtFrom } from '../start/built';
import { nodeArguments } from '../start/one-shot';
import { StackError } from '../terminal';
import type { AllUses } from './permissions';

interface Kept {
  /** The build of the same sources. */
  readonly build: string;
  readonly uses: AllUses;
}

/**
 * What the apps of a checkout declare of the broker, in its build; nothing where there is none. Another program answers, and its
 * answer is kept until the sources are built again: the stack itself loads nothing of the apps.
 * @throws StackError when it fails
 */
export function currentUses(checkout: string): AllUses {
  const build = builtFrom(checkout);
  const file = join(checkout, 'dist', '.broker-uses.json');
  const kept = build === undefined ? undefined : readJson<Kept>(file);
  if (kept && kept.build === build) return kept.uses;
  const uses = usesOfBuild(checkout);
  if (build !== undefined) writeJson(file, { build, uses } satisfies Kept);
  return uses;
}

function usesOfBuild(checkout: string): AllUses {
  const script = join(checkout, 'dist/tools/broker/main.js');
  if (!existsSync(script)) return {};
  const options = { cwd: checkout, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, nodeArguments(script), options);
  if (status !== 0) throw new StackError(`What the apps use of the broker cannot be read: ${stderr}`);
  return JSON.parse(stdout) as AllUses;
}
