import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Gate } from './gate';

/** The first of OWASP's recommended settings for argon2id. */
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 } as const;
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;
const MOST_WAITING = 100;

// The same characters can come composed or decomposed, by keyboard.
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFC'), 'utf8');

/** Makes and checks password hashes; each takes 19 MiB and a core, so only a few are computed at once. */
@Injectable()
export class Passwords {
  private readonly gate = new Gate(availableParallelism(), MOST_WAITING);
  private nobodys?: Promise<string>;

  hash(password: string): Promise<string> {
    return this.gate.run(() => hash(bytesOf(password), COST));
  }

  /** Where there is no hash, a fixed one is checked, so that the response takes as long. */
  async matches(stored: string | null | undefined, password: string): Promise<boolean> {
    this.nobodys ??= hash(randomBytes(32), COST);
    const against = stored ?? (await this.nobodys);
    const same = await this.gate.run(() => verify(against, bytesOf(password)));
    return same && typeof stored === 'string';
  }

  /** Whether it was made with other settings than today's. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(CURRENT);
  }
}
