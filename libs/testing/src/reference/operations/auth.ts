import { expiresIn, v } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { badCredentials, invalid, throttled, tooEarly, unknownToken, wrongCode } from '../refusals';
import { format, literal } from '../shape';
import { loggedInUser, verification, verifiedUser } from '../shapes/auth';

const ENTER_CODE = 'Please enter the verification code to continue.';
const sent = answer('V', v(verification, format('text')));
const verified = answer('V', v(verifiedUser, undefined, expiresIn));

/** Login, verification, logout and password reset. Only logout needs a token, whatever the reference's badges say. */
export const authOperations: readonly ReferenceOperation[] = [
  operation(1, 'Login', 'POST /api/v3/auth/login', {
    open: true,
    answers: [
      answer('V', v(loggedInUser, undefined, expiresIn)),
      answer('V', v(verification, format('text')), { status: 202, when: 'the e-mail is not verified yet' }),
    ],
    refuses: [badCredentials(), invalid(), throttled()],
  }),
  operation(2, 'Verify email', 'POST /api/v3/auth/email/verify', {
    open: true,
    answers: [verified],
    refuses: [wrongCode(true), unknownToken(), invalid(), throttled()],
  }),
  operation(3, 'Resend verification code', 'POST /api/v3/auth/email/resend-verification', {
    open: true,
    answers: [answer('V', v(verification, literal(ENTER_CODE)))],
    refuses: [tooEarly(), unknownToken(), invalid(), throttled()],
  }),
  operation(4, 'Logout', 'POST /api/v3/auth/logout', {
    answers: [answer('Z', format('empty'), { status: 204 })],
  }),
  operation(5, 'Reset password', 'POST /api/v3/auth/password/reset', {
    open: true,
    answers: [sent],
    refuses: [invalid(), throttled()],
  }),
  operation(6, 'Resend verification code', 'POST /api/v3/auth/password/reset/resend', {
    open: true,
    answers: [sent],
    refuses: [tooEarly(), unknownToken(), invalid(), throttled()],
  }),
  operation(7, 'Verify reset password', 'POST /api/v3/auth/password/reset/verify', {
    open: true,
    answers: [verified],
    refuses: [wrongCode(false), unknownToken(), invalid(), throttled()],
  }),
];
