import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A compiled script of an app, and its environment. */
export interface Part {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** Base of `/health/live`, which answers when the script has started; absent for one that ends by itself. */
  readonly healthUrl?: string;
}

/** The variable with the parts, as JSON. */
export const TOGETHER = 'TOGETHER';
/** Says to an app that others run in its process. */
export const SHARED_PROCESS = 'SHARED_PROCESS';

/** What runs several scripts in one process, so that what they share is loaded once; undefined in a checkout without it. */
export function together(
  checkout: string,
  parts: readonly Part[],
): { script: string; env: Record<string, string> } | undefined {
  const script = join(checkout, 'dist', 'tools', 'stack', 'start', 'together.js');
  return existsSync(script) ? { script, env: { ...parts[0]?.env, [TOGETHER]: JSON.stringify(parts) } } : undefined;
}
