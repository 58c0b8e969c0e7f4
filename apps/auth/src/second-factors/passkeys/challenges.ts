import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../../secrets/secrets';
import { PasskeyTable } from './passkeys.repository';

/** How long a challenge can be answered. */
export const CHALLENGE_SECONDS = 300;
const RANDOM = 16;
const EXPIRY = 4;
const MAC = 16;

/** What a challenge is for, and for whom: a login has no user yet. */
export type ChallengePurpose = 'login' | `registration of ${number}`;

/**
 * Challenges are signed and not stored, so that anonymous clients cost no rows: random bytes, an expiry, and a keyed hash
 * of both and the purpose. The hash of one that was answered is kept until it expires.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly secrets: Secrets,
    private readonly table: PasskeyTable,
  ) {}

  issue(purpose: ChallengePurpose, now = Date.now()): Buffer {
    const head = Buffer.alloc(RANDOM + EXPIRY);
    randomBytes(RANDOM).copy(head);
    head.writeUInt32BE(Math.floor(now / 1000) + CHALLENGE_SECONDS, RANDOM);
    return Buffer.concat([head, this.mac(purpose, head)]);
  }

  /** Whether it is ours, for this purpose, and can still be answered. `challenge`: base64url. */
  isValid(challenge: string, purpose: ChallengePurpose, now = Date.now()): boolean {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== RANDOM + EXPIRY + MAC) return false;
    const [head, mac] = [bytes.subarray(0, RANDOM + EXPIRY), bytes.subarray(RANDOM + EXPIRY)];
    return timingSafeEqual(mac, this.mac(purpose, head)) && expiryOf(bytes) > now / 1000;
  }

  /** Takes a valid challenge that was answered; false the second time. Part of a transaction. */
  use(challenge: string): Promise<boolean> {
    const bytes = Buffer.from(challenge, 'base64url');
    return this.table.useChallenge(createHash('sha256').update(bytes).digest(), expiryOf(bytes));
  }

  private mac(purpose: ChallengePurpose, head: Buffer): Buffer {
    return this.secrets.mac('passkeys', `challenge ${purpose}\n`, head).subarray(0, MAC);
  }
}

const expiryOf = (bytes: Buffer): number => bytes.readUInt32BE(RANDOM);
