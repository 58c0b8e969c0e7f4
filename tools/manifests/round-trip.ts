import { spawnSync } from 'node:child_process';
import { parse, stringify } from 'yaml';
import { programPath } from './programs/programs';

/** Decodes into the types of Kubernetes and writes again: what does not exist is lost on the way. @throws Error */
export function roundTrip(manifest: object): unknown {
  const args = ['set', 'env', '--local', '-f', '-', 'ROUND_TRIP=yes', '-o', 'yaml'];
  const { stdout, stderr } = spawnSync(programPath('kubectl'), args, { input: stringify(manifest), encoding: 'utf8' });
  if (stderr !== '') throw new Error(stderr);
  return parse(stdout);
}

/** What has to come back; the variable that was added makes lists and objects longer. */
export function comingBack(value: unknown): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(comingBack));
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comingBack(one)])));
}
