import type { AuthConfig } from '../config';

const before = (column: string, days: number): string => `${column} < now() - interval '${days} days'`;

/** What may go, and when. Of expired e-mails the row stays and the secret goes; see `Upkeep`. */
export const staleRows = (config: AuthConfig): Readonly<Record<string, string>> => ({
  registrations: before('created_at', config.retentionRegistrationDays),
  // Those of the last day count towards the limit of a day.
  verifications: before('created_at', config.retentionVerificationDays),
  invitations: `(ended_at is not null or expires_at < now()) and ${before('created_at', config.retentionInvitationDays)}`,
  sessions: 'expires_at < now()',
  login_sessions: `ends_at < now() or ${before('ended_at', config.retentionSessionDays)}`,
  known_devices: before('last_seen_at', config.retentionDeviceDays),
  used_passkey_challenges: 'expires_at < now()',
  revocations: 'until < now()',
  emails: before('created_at', config.retentionEmailDays),
  charger_fault_mails: `reports = 0 and ${before('changed_at', 2)}`,
  audit_personal: before('created_at', config.retentionAuditPersonalDays),
});
