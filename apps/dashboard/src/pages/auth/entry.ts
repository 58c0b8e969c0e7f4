import { type components, unwrap } from '@open-cpo/client';
import { reactive } from 'vue';
import { client } from '../../api/client';

export type Verification = components['schemas']['Verification'];

/** A login, registration or reset that waits for a code. */
export interface Waiting {
  readonly kind: 'login' | 'reset';
  readonly email: string;
  readonly remember: boolean;
  readonly verification: Verification;
  /** Milliseconds since the epoch from which on another code may be asked for. */
  readonly resendAt: number;
}

const KEY = 'open-cpo.verification';

const kept = (): Waiting | undefined =>
  (JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Waiting | null) ?? undefined;

export const entry = reactive<{ waiting: Waiting | undefined }>({ waiting: kept() });

/** Remembers in this tab, so that a reload while the mail is read loses nothing. */
export function waitFor(kind: Waiting['kind'], email: string, verification: Verification, remember = false): void {
  const resendAt = Date.now() + verification.can_resend_in_seconds * 1000;
  entry.waiting = { kind, email, remember, verification, resendAt };
  sessionStorage.setItem(KEY, JSON.stringify(entry.waiting));
}

export function waitNoMore(): void {
  entry.waiting = undefined;
  sessionStorage.removeItem(KEY);
}

export const resent = ({ kind, verification }: Waiting): Promise<{ data: Verification }> => {
  const body = { verification_token: verification.verification_token };
  return kind === 'reset'
    ? unwrap(client.POST('/api/v3/auth/password/reset/resend', { body }))
    : unwrap(client.POST('/api/v3/auth/email/resend-verification', { body }));
};
