import { Injectable } from '@nestjs/common';
import type { Language } from '@open-cpo/contracts';
import { OutgoingEmails } from '../emails/outgoing-emails';
import type { UserRow } from '../users/user.row';
import { LIFETIME } from '../verifications/verification.rules';
import { isNobodys } from '../verifications/verification.views';
import type { Begun } from '../verifications/verifications';

/** The e-mails that verifications send. */
@Injectable()
export class CodeLetters {
  constructor(private readonly emails: OutgoingEmails) {}

  /**
   * A verification that belongs to no one has an e-mail as well; it is not sent. What is asked for on a network that the
   * owner of the address has used is sent in any case: others must not use up the owner's codes.
   */
  async code({ row, code }: Begun, name: string, language: Language): Promise<void> {
    await this.emails.send({
      to: row.email,
      template: row.purpose === 'reset' ? 'reset-password' : 'verify-email',
      params: { code, minutes: String(LIFETIME), name },
      language,
      lifetime: LIFETIME,
      mute: isNobodys(row),
      unlimited: row.fromKnownNetwork,
      verification: row.id,
    });
  }

  /** Tells a user of a login that they may want to know of. */
  async entry(
    template: 'new-device' | 'entered-by-code',
    user: UserRow,
    from: { device: string; address: string | null },
  ) {
    const { email, firstName, language } = user;
    const at = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const params = { name: firstName, device: from.device, address: from.address ?? '', at };
    await this.emails.send({ to: email, template, params, language });
  }

  async alreadyRegistered({ email, firstName }: UserRow, language: Language): Promise<void> {
    await this.emails.send({ to: email, template: 'already-registered', params: { name: firstName }, language });
  }

  async passwordChanged({ email, firstName, language }: UserRow): Promise<void> {
    await this.emails.send({ to: email, template: 'password-changed', params: { name: firstName }, language });
  }
}
