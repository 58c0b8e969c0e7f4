import { randomUUID } from 'node:crypto';
import type { Caller, Identity, Language } from '@open-cpo/contracts';

export interface TestUser extends Partial<Identity> {
  readonly language?: Language;
  readonly idempotencyKey?: string;
  readonly ip?: string;
  readonly userAgent?: string;
  /** Epoch milliseconds. */
  readonly deadline?: number;
}

const DEADLINE_MS = 30_000;

/** A caller as the gateway makes one: by default user 1, owner of account 1, who sees US dollars and lives in UTC. */
export function asUser(user: TestUser = {}): Caller {
  const { language = 'en', idempotencyKey, ip, userAgent, deadline = Date.now() + DEADLINE_MS, ...given } = user;
  const usual = { userId: 1, accountId: 1, role: 'owner', currency: 'USD', timeZone: 'UTC' } as const;
  const identity: Identity = { ownerId: given.userId ?? usual.userId, ...usual, ...given };
  return { requestId: randomUUID(), deadline, language, idempotencyKey, ip, userAgent, identity };
}

/** An anonymous caller, as at the login. */
export function asStranger({
  language = 'en',
  idempotencyKey,
  ip,
  userAgent,
  deadline,
}: Omit<TestUser, keyof Identity> = {}): Caller {
  return {
    requestId: randomUUID(),
    deadline: deadline ?? Date.now() + DEADLINE_MS,
    language,
    idempotencyKey,
    ip,
    userAgent,
  };
}
