/** What may go, and when. Of expired e-mails the row stays and the secret goes; see `Upkeep`. */
export const STALE: Readonly<Record<string, string>> = {
  registrations: `created_at < now() - interval '7 days'`,
  // Those of the last day count towards the limit of a day.
  verifications: `created_at < now() - interval '2 days'`,
  sessions: 'expires_at < now()',
  revocations: 'until < now()',
  emails: `created_at < now() - interval '90 days'`,
};
