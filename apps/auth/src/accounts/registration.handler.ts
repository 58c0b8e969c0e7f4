import { Controller } from '@nestjs/common';
import {
  accounts,
  type AuthUser,
  type Caller,
  type EnterCode,
  type FieldErrors,
  type HandlersOf,
  Refusal,
  type Register,
  type Verification,
  type VerificationRef,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { judgePassword } from '../passwords/password-rules';
import { Passwords } from '../passwords/passwords';
import { Tokens } from '../sessions/tokens';
import { authUser } from '../users/user.views';
import { Users } from '../users/users.repository';
import { Registrations } from '../verifications/registrations.repository';
import { Verifications } from '../verifications/verifications';
import { Activation } from './activation';
import { CodeLetters } from './code-letters';
import { Places } from './places';

type Handled = Pick<HandlersOf<typeof accounts>, 'register' | 'verifyEmail' | 'resendVerification'>;

/** How somebody comes to have an account. */
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
    private readonly tokens: Tokens,
  ) {}

  /** For an address that has an account everything is done as well, so that it takes as long; nothing comes of it. */
  @Handles(accounts.register, { finishesValidation: true })
  async register(input: Register, { language }: Caller, errors: FieldErrors): Promise<Verification> {
    judgePassword(input, errors);
    const currency = await this.places.judge(input, errors);
    errors.throwIfAny();
    const passwordHash = await this.passwords.hash(input.password);
    const { email, first_name: firstName, last_name: lastName, country_id: countryId, vat_id: vatId = null } = input;
    const contactNumber = digits(input.contact_number);
    const given = { email, passwordHash, firstName, lastName, contactNumber, countryId, currency, vatId, language };
    const id = await this.registrations.add(given);
    const known = await this.users.byEmail(email);
    const begun = await this.verifications.begin({ purpose: 'email', email, registrationId: known ? null : id });
    if (known) await this.letters.alreadyRegistered(known, language);
    else await this.letters.code(begun, firstName, language);
    return begun.shown;
  }

  @Handles(accounts.verifyEmail)
  async verifyEmail(input: EnterCode, caller: Caller): Promise<AuthUser> {
    const proven = await this.verifications.redeem(input.verification_token, 'email', input.verification_code, caller);
    const user = await this.activation.ofRegistration(proven.registrationId, caller);
    if (user.locked) throw new Refusal('account_locked');
    const { access_token } = await this.tokens.issue(user.id);
    return authUser(user, access_token);
  }

  @Handles(accounts.resendVerification)
  async resendVerification({ verification_token }: VerificationRef, { language }: Caller): Promise<Verification> {
    const begun = await this.verifications.resend(verification_token, 'email');
    const registration = begun.row.registrationId
      ? await this.registrations.byId(begun.row.registrationId)
      : await this.registrations.latest(begun.row.email);
    await this.letters.code(begun, registration?.firstName ?? '', language);
    return begun.shown;
  }
}

const digits = (number?: string | null): string => (number ?? '').replace(/\D/g, '');
