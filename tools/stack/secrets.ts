import { randomBytes } from 'node:crypto';
import { readJson, writeJson } from './files';

/** Generated passwords and keys of a stack, made when first asked for and kept in a file that only its owner reads. */
export class Secrets {
  private readonly known: Record<string, string>;

  constructor(private readonly file: string) {
    this.known = readJson<Record<string, string>>(file) ?? {};
  }

  /** A password that needs no escaping in an address or a configuration file. */
  password(name: string): string {
    return this.get(name, () => randomBytes(18).toString('hex'));
  }

  /** A 32-byte key as base64. */
  key(name: string): string {
    return this.get(name, () => randomBytes(32).toString('base64'));
  }

  private get(name: string, make: () => string): string {
    const found = this.known[name];
    if (found !== undefined) {
      return found;
    }
    const made = make();
    this.known[name] = made;
    writeJson(this.file, this.known, 0o600);
    return made;
  }
}
