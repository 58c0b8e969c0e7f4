import { ContactNumber } from '../fields';
import { accept } from '../fields/accept';
import { EnterCode, Login, Logout, Register, ResetPassword, VerifyReset } from './accounts';

const registration = {
  email: 'owner@demo.test',
  password: 'a long and quiet river',
  first_name: 'Amina',
  last_name: 'Haddad',
  country_id: 195,
};
const errorsOf = <T>(dto: new () => T, raw: object) => accept(dto, raw).errors.toMap();

describe('a registration', () => {
  it('is read from JSON and from a form alike', () => {
    const form = { ...registration, email: '  OWNER@Demo.Test ', first_name: ' Amina ', country_id: '195' };
    expect(accept(Register, form).input).toMatchObject(registration);
    expect(errorsOf(Register, form)).toEqual({});
  });

  it('asks for everything it needs, in this order', () => {
    expect(errorsOf(Register, {})).toEqual({
      email: ['The email field is required.'],
      password: ['The password field is required.'],
      first_name: ['The first name field is required.'],
      last_name: ['The last name field is required.'],
      country_id: ['The country id field is required.'],
    });
  });

  it('keeps blanks of a password, and counts characters, not bytes', () => {
    expect(accept(Register, { ...registration, password: '  blanks  ' }).input.password).toBe('  blanks  ');
    expect(errorsOf(Register, { ...registration, password: 'é'.repeat(256) })).toEqual({});
    expect(errorsOf(Register, { ...registration, password: 'é'.repeat(257) })).toHaveProperty('password');
    expect(errorsOf(Register, { ...registration, password: '🔌'.repeat(7) })).toHaveProperty('password');
  });

  it.each([
    ['nobody'],
    ['a@'],
    ['@demo.test'],
    ['a b@demo.test'],
    ['"a b"@demo.test'],
    ['"a\\\r\nb"@demo.test'],
    ['ａda@demo.test'],
    ['ada＠demo.test'],
    [`${'a'.repeat(250)}@demo.test`],
    [['a@demo.test']],
    [{}],
    [7],
  ])('refuses the address %j', (email) => {
    expect(Object.keys(errorsOf(Register, { ...registration, email }))).toEqual(['email']);
  });

  it.each([['0x1F'], ['1e3'], [-1], [0], [1.5], [2147483648], [true], [[1]]])(
    'refuses the country %j',
    (country_id) => {
      expect(errorsOf(Register, { ...registration, country_id })).toEqual({
        country_id: ['The selected country id is invalid.'],
      });
    },
  );

  it.each([['+966 (97) 797-7974'], ['0550.12.34'], ['٠٥٥٠ ١٢'], ['\u202a+۹۸ ۹۱۲\u202c'], ['030/1234'], [''], [null]])(
    'takes the telephone number %j',
    (contact_number) => {
      expect(errorsOf(Register, { ...registration, contact_number })).toEqual({});
    },
  );

  it.each([['call me'], ['1'.repeat(33)], ['+'], ['......'], ['( )'], [966]])(
    'refuses the telephone number %j',
    (contact_number) => {
      expect(Object.keys(errorsOf(Register, { ...registration, contact_number }))).toEqual(['contact_number']);
    },
  );

  it('takes nothing that is not its business', () => {
    const more = {
      ...registration,
      role: 'owner',
      account_id: 1,
      id: 1,
      balance: '9.00',
      email_verified: 1,
      status: 1,
    };
    const { input } = accept(Register, more);
    for (const name of ['role', 'account_id', 'id', 'balance', 'email_verified', 'status']) {
      expect(input).not.toHaveProperty(name);
    }
  });

  it('has a decorator of its own for telephone numbers', () => {
    class Probe {
      @ContactNumber() number?: string;
    }
    expect(errorsOf(Probe, { number: 'x' })).toEqual({ number: ['The number field must be a telephone number.'] });
  });
});

describe('a login', () => {
  it('needs address and password; devices are a matter of taste', () => {
    expect(errorsOf(Login, {})).toEqual({
      email: ['The email field is required.'],
      password: ['The password field is required.'],
    });
    expect(errorsOf(Login, { email: 'owner@demo.test', password: 'x' })).toEqual({});
  });

  it('ignores what mobile clients send besides', () => {
    const raw = {
      email: 'a@demo.test',
      password: 'x',
      app_version: '1',
      user_id: 7,
      device_imei: 'i',
      device_token: 't',
    };
    expect({ ...accept(Login, raw).input }).toEqual({
      email: 'a@demo.test',
      password: 'x',
      device_imei: 'i',
      device_token: 't',
    });
  });

  it('takes no password without end', () => {
    expect(errorsOf(Login, { email: 'a@demo.test', password: 'x'.repeat(1025) })).toHaveProperty('password');
  });
});

describe('a code', () => {
  const verification_token = '123e4567-e89b-12d3-a456-426614174000';

  it.each([
    ['1234', '1234'],
    ['0000', '0000'],
    [' 1234 ', '1234'],
    ['12 34', '1234'],
    ['\u200f١٢\u00a0٣٤', '1234'],
    ['१२३४', '1234'],
    ['１２-３４\u200b', '1234'],
  ])('can be "%s"', (verification_code, read) => {
    const { input, errors } = accept(EnterCode, { verification_token, verification_code });
    expect([errors.toMap(), input.verification_code]).toEqual([{}, read]);
  });

  it.each(['123', '12345', '12a4', '١٢٣', '-123', '1e10'])('cannot be "%s"', (verification_code) => {
    expect(errorsOf(EnterCode, { verification_token, verification_code })).toEqual({
      verification_code: ['The verification code field must be 4 digits.'],
    });
  });

  it.each(['x', '123e4567e89b12d3a456426614174000', `${verification_token}0`, `' or 1=1 --`])(
    'comes with a token, which "%s" is not',
    (token) => {
      expect(errorsOf(EnterCode, { verification_token: token, verification_code: '1234' })).toEqual({
        verification_token: ['The verification token field must be a valid UUID.'],
      });
    },
  );

  it('can come with a new password, which has a length', () => {
    const code = { verification_token, verification_code: '1234' };
    expect(errorsOf(VerifyReset, code)).toEqual({});
    expect(errorsOf(VerifyReset, { ...code, password: '' })).toEqual({});
    expect(errorsOf(VerifyReset, { ...code, password: 'short' })).toEqual({
      password: ['The password field must be at least 8 characters.'],
    });
  });
});

describe('the rest', () => {
  it('asks for little', () => {
    expect(errorsOf(Logout, {})).toEqual({});
    expect(errorsOf(ResetPassword, {})).toEqual({ email: ['The email field is required.'] });
  });
});
