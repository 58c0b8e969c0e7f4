import { accepted, example } from './example';

const EMAIL = 'owner@example.com';
const TOKEN = { verification_token: '123e4567-e89b-12d3-a456-426614174000' };
const CODE = { ...TOKEN, verification_code: '1234' };
const v3 = '/api/v3/auth';

/** Auth, own data and countries. */
export const accountExamples = [
  ...example(1, `${v3}/login`, {
    body: { email: EMAIL, password: 'secret123', device_imei: '123456789012345', device_token: 'abcdef1234567890' },
    given: 'a user with this e-mail, verified, and this password',
  }),
  ...example(2, `${v3}/email/verify`, { body: CODE, given: 'a pending e-mail verification with this token and code' }),
  ...example(3, `${v3}/email/resend-verification`, {
    body: TOKEN,
    given: 'a pending e-mail verification with this token whose wait is over',
  }),
  ...example(4, `${v3}/logout`, { body: { device_imei: 'iste' }, verdict: accepted(204) }),
  ...example(5, `${v3}/password/reset`, { body: { email: EMAIL } }),
  ...example(6, `${v3}/password/reset/resend`, {
    body: TOKEN,
    given: 'a pending password reset with this token whose wait is over',
  }),
  ...example(7, `${v3}/password/reset/verify`, {
    body: CODE,
    given: 'a pending password reset with this token and code',
  }),
  ...example(8, '/api/user'),
  ...example(9, '/api/user/balance'),
  ...example(10, '/api/user/payout-methods'),
  ...example(11, '/api/stats'),
  ...example(12, '/api/user/permissions'),
  ...example(13, '/api/user/roles'),
  ...example(14, '/api/user/subscribe'),
  ...example(15, '/api/user/unsubscribe'),
  ...example(25, '/api/v3/countries'),
  ...example(26, '/api/v3/countries/4', { given: 'country 4, Saudi Arabia' }),
];
