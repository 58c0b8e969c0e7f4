import { Injectable } from '@nestjs/common';
import type { Language } from '@open-cpo/contracts';
import { OutgoingEmails } from '../emails/outgoing-emails';
import type { UserRow } from '../users/user.row';
import { LIFETIME } from '../verifications/verification.rules';
import { isNobodys } from '../verifications/verification.views';
import type { Begun } from '../verifications/verifications';

const TEMPLATES = { email: 'verify-email', reset: 'reset-password' } as const;

/** The e-mails that verifications send. */
@Injectable()
export class CodeLetters {
  constructor(private readonly emails: OutgoingEmails) {}

  /** Nobody's verification has an e-mail as well; it is sent to nobody. */
  async code({ row, code }: Begun, name: string, language: Language): Promise<void> {
    await this.emails.send({
      to: row.email,
      template: TEMPLATES[row.purpose],
      params: { code, minutes: String(LIFETIME), name },
      language,
      lifetime: LIFETIME,
      mute: isNobodys(row),
    });
  }

  async alreadyRegistered({ email, firstName }: UserRow, language: Language): Promise<void> {
    await this.emails.send({ to: email, template: 'already-registered', params: { name: firstName }, language });
  }

  async passwordChanged({ email, firstName, language }: UserRow): Promise<void> {
    await this.emails.send({ to: email, template: 'password-changed', params: { name: firstName }, language });
  }
}
