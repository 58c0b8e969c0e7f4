import { job } from '../core/domain-event';
import { nothing, operations, read, write } from '../core/operation';
import { Bool, Choice, Id, Text } from '../fields/scalars';

/**
 * What a template may be filled with.
 * `verify-email` and `reset-password`: `code`, `minutes` (how long it holds). `invitation`: `inviter`, `role`,
 * `account` (its number), `owner` (the account's), `link` to accept or decline at, `taken` when the address has a login
 * already. `webhook-disabled`: `host` of the endpoint. `new-device` and `entered-by-code`: `device`, `address`, `at`, of a
 * login. `account-notice`: `change` (a `NoticeKind`), `actor`, and the details of a `SensitiveChange`.
 * `deletion-requested`: `at`, when it is due, `link` that stops it, `closes` when the account ends with it.
 * `charger-faults`: `chargers` (how many), and of each fault that is shown, by its number from 0, `charger_0`, `connector_0`, `code_0`,
 * `vendor_0`, `at_0`; `reports` where there were more.
 * All: `name`, where it is known. Names are shown only where they are harmless.
 */
export const EMAIL_TEMPLATES = [
  'verify-email',
  'reset-password',
  'already-registered',
  'invitation',
  'password-changed',
  'webhook-disabled',
  'new-device',
  'entered-by-code',
  'account-notice',
  'deletion-requested',
  'charger-faults',
] as const;
export type EmailTemplate = (typeof EMAIL_TEMPLATES)[number];

export class EmailId {
  @Id()
  id: number;
}

export class EmailToWrite extends EmailId {
  /** Whether the asker knows what to do with a mute e-mail; an older worker would send it. */
  @Bool({ presence: 'filled' })
  with_mute?: boolean;
}

/** What the worker needs to write one e-mail. Holds codes: it is asked for when needed and lies in no queue. */
export class EmailContent {
  @Text({ presence: 'required' })
  to: string;

  @Choice(EMAIL_TEMPLATES, { presence: 'required' })
  template: EmailTemplate;

  params: Record<string, string>;

  @Choice(['en', 'ar'], { presence: 'required' })
  language: 'en' | 'ar';

  /** The same for the same e-mail for ever, another for any other. */
  @Text({ presence: 'required' })
  dedupeKey: string;

  /** It is written and settled as any other, so that it costs the same, and not sent. */
  @Bool({ presence: 'filled' })
  mute?: boolean;
}

export class EmailFailed extends EmailId {
  /** For operators: the mail server's own words. */
  @Text({ max: 500, presence: 'required' })
  reason: string;
}

/** The job carries the id alone, so that a queue discloses nothing. */
export class SendEmail extends EmailId {}

export const emails = operations('auth.emails', {
  /** @throws Refusal `not_found` when nothing is to be sent any more: unknown, expired, sent or given up. */
  content: read(EmailToWrite, EmailContent),
  /** The mail server has taken it. Telling it again changes nothing. */
  sent: write(EmailId, nothing, { audit: false, reason: 'The worker reports what became of a mail.' }),
  /** It will not be sent. Telling it again changes nothing. */
  failed: write(EmailFailed, nothing, { audit: false, reason: 'The worker reports what became of a mail.' }),
});

/**
 * Sends one e-mail; tried for about three hours, longer than mail servers defer strangers. Within a random second: what
 * sending costs must not show in the duration of the requests that follow, since the e-mail to an unknown address is not sent.
 */
export const sendEmail = job('emails', SendEmail, 12, 5000, 1000);
