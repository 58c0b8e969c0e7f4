import type { FieldErrors } from '@open-cpo/contracts';
import { isCommon } from './common-passwords';
import { isMadeOfOwnWords, type Owner } from './own-words';

interface Chosen {
  readonly password?: string | null;
  readonly password_confirmation?: string | null;
}

/** What is wrong with a new password beyond its length. A confirmation counts when it was sent. */
export function judgePassword({ password, password_confirmation: again }: Chosen, errors: FieldErrors): void {
  if (!password) return;
  if (isCommon(password)) errors.add('password', 'The password is too common. Please choose another one.');
  if (typeof again === 'string' && again !== password) {
    errors.add('password', 'The password field confirmation does not match.');
  }
}

/** The same for what only its owner's names show; asked when it is known that the owner asks. */
export function judgeOwnWords({ password }: Chosen, owner: Owner, errors: FieldErrors): void {
  if (!password || !isMadeOfOwnWords(password, owner)) return;
  errors.add('password', 'The password is made of your own names. Please choose another one.');
}
