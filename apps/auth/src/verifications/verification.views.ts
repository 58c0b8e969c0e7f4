import type { Verification as Shown } from '@open-cpo/contracts';
import { masked } from './codes';
import type { VerificationRow } from './verifications.repository';

export const secondsUntil = (moment: Date): number => Math.max(0, Math.ceil((moment.getTime() - Date.now()) / 1000));

/** Nothing was sent: the client shows where the code comes from. */
const SENT_TO = { totp: 'authenticator app', passkey: 'passkey' } as const;

/** As answered; the token is the client's own copy, ours is a hash. */
export const verificationView = (row: VerificationRow, token: string): Shown => ({
  require_verification: 1,
  verification_token: token,
  can_resend_in_seconds: secondsUntil(row.resendAt),
  available_attempts: isOver(row) ? 0 : row.attempts,
  sent_to: row.login ? SENT_TO[row.login.asks] : masked(row.email),
});

/** Of an address that nothing is known of: it behaves like any other, but no code is right and none is sent. */
export const isNobodys = (v: Pick<VerificationRow, 'registrationId' | 'userId' | 'invitationId'>): boolean =>
  v.registrationId === null && v.userId === null && v.invitationId === null;

export const isOver = ({ attempts, usedAt, expiresAt }: VerificationRow): boolean =>
  attempts === 0 || usedAt !== null || expiresAt.getTime() <= Date.now();
