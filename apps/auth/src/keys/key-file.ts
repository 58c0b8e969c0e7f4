import { readFile } from 'node:fs/promises';
import type { Jwk } from './key-set';

/** Reads a private JWKS. @throws Error without anything of the file's content. */
export async function readKeyFile(path: string): Promise<Jwk[]> {
  const text = await readFile(path, 'utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new Error('SIGNING_KEYS_FILE is not JSON.');
  }
  const { keys } = (parsed ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('SIGNING_KEYS_FILE holds no keys.');
  return keys as Jwk[];
}
