import { createHash, randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RECOVERY_CODES } from '@open-cpo/contracts';
import { FactorTables } from './factors.repository';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** Eighty random bits: a hash without a key is enough, and outlives every key. */
const newRecoveryCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** `7K3Q-X9M2-PDJ4-0RT6` */
const shown = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;

const hashOf = (userId: number, code: string): Buffer => createHash('sha256').update(`${userId} ${code}`).digest();

/** Recovery codes: good once each; only hashes are kept. */
@Injectable()
export class RecoveryCodeBook {
  constructor(private readonly tables: FactorTables) {}

  /** New ones in place of those that there were, as they are shown this once. */
  async renew(userId: number): Promise<string[]> {
    const codes = new Set<string>();
    while (codes.size < RECOVERY_CODES) codes.add(newRecoveryCode());
    const hashes = [...codes].map((code) => hashOf(userId, code));
    await this.tables.replaceRecoveryCodes(userId, hashes);
    return [...codes].map(shown);
  }

  use(userId: number, code: string): Promise<boolean> {
    return this.tables.useRecoveryCode(userId, hashOf(userId, code));
  }
}
