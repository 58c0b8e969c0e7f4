import { Controller } from '@nestjs/common';
import {
  accounts,
  type AuthUser,
  type Caller,
  type EnterVerificationCode,
  type FieldErrors,
  type HandlersOf,
  Refusal,
  type Register,
  type Verification,
  type VerificationRef,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { judgeOwnWords, judgePassword } from '../passwords/password-rules';
import { Passwords } from '../passwords/passwords';
import { SecurityLog } from '../security/security-log';
import { phoneDigits } from '../users/phone-number';
import { Users } from '../users/users.repository';
import { Registrations } from '../verifications/registrations.repository';
import { Verifications } from '../verifications/verifications';
import { Activation } from './activation';
import { CodeLetters } from './code-letters';
import { Entries } from './entries';
import { PendingLogins } from './pending-logins';
import { Places } from './places';

type Handled = Pick<HandlersOf<typeof accounts>, 'register' | 'verifyEmail' | 'resendVerification'>;

const MAILED_CODE = /^\d{4}$/;
const FORM = 'The verification code field must be 4 digits.';
const NO_MAILED_CODE = { message: FORM, fields: { verification_code: [FORM] } };

/** How somebody comes to have an account; a login that waits for a second factor ends here, too. */
@Controller()
export class RegistrationHandler implements Handled {
  constructor(
    private readonly places: Places,
    private readonly passwords: Passwords,
    private readonly users: Users,
    private readonly registrations: Registrations,
    private readonly verifications: Verifications,
    private readonly activation: Activation,
    private readonly letters: CodeLetters,
    private readonly entries: Entries,
    private readonly pendingLogins: PendingLogins,
    private readonly audit: Audit,
    private readonly security: SecurityLog,
  ) {}

  /** For an address that has an account everything is done as well, so that it takes as long; nothing comes of it. */
  @Handles(accounts.register, { finishesValidation: true })
  async register(input: Register, caller: Caller, errors: FieldErrors): Promise<Verification> {
    const { language } = caller;
    judgePassword(input, errors);
    judgeOwnWords(input, { email: input.email, firstName: input.first_name, lastName: input.last_name }, errors);
    const currency = await this.places.judge(input, errors);
    errors.throwIfAny();
    const passwordHash = await this.passwords.hash(input.password);
    const { email, first_name: firstName, last_name: lastName, country_id: countryId, vat_id: vatId = null } = input;
    const contactNumber = phoneDigits(input.contact_number, await this.places.isoOf(countryId));
    const given = { email, passwordHash, firstName, lastName, contactNumber, countryId, currency, vatId, language };
    const id = await this.registrations.add(given, input.password);
    const known = await this.users.byEmail(email);
    const begun = await this.verifications.begin(
      { purpose: 'email', email, registrationId: known ? null : id },
      caller,
    );
    if (known) await this.letters.alreadyRegistered(known, language);
    else await this.letters.code(begun, firstName, language);
    this.security.record('code_requested', caller, 'registration', known);
    return begun.shown;
  }

  @Handles(accounts.verifyEmail)
  async verifyEmail(input: EnterVerificationCode, caller: Caller): Promise<AuthUser> {
    const passed = await this.pendingLogins.redeem(input, caller);
    if (passed) this.audit.unchanged();
    if (passed) return this.entries.enterProven(passed.user, { method: 'second-factor', ...passed.login }, caller);
    if (!MAILED_CODE.test(input.verification_code)) throw new Refusal('validation_failed', NO_MAILED_CODE);
    const proven = await this.verifications.redeem(input.verification_token, 'email', input.verification_code, caller);
    const user = await this.activation.ofRegistration(proven.registrationId, caller);
    return this.entries.enterProven(user, { method: 'registration' }, caller);
  }

  @Handles(accounts.resendVerification)
  async resendVerification({ verification_token }: VerificationRef, { language }: Caller): Promise<Verification> {
    const begun = await this.verifications.resend(verification_token, 'email', 'second-factor');
    const registration = begun.row.registrationId
      ? await this.registrations.byId(begun.row.registrationId)
      : await this.registrations.latest(begun.row.email);
    await this.letters.code(begun, registration?.firstName ?? '', language);
    return begun.shown;
  }
}
