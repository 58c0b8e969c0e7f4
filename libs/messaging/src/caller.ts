import { randomUUID } from 'node:crypto';
import type { Caller } from '@open-cpo/contracts';

/** Who asks when no user did: a service on its own behalf. Patience in milliseconds. */
export const internalCaller = (overrides: Partial<Caller> = {}, patience = 10_000): Caller => ({
  requestId: randomUUID(),
  deadline: Date.now() + patience,
  language: 'en',
  ...overrides,
});
