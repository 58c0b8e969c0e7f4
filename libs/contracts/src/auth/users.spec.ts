import { accept } from '../fields/accept';
import { ChangePassword, UpdateUser } from './users';

const errorsOf = <T>(dto: new () => T, raw: object) => accept(dto, raw).errors.toMap();

describe('a change of own data', () => {
  it('can be of nothing', () => {
    expect(errorsOf(UpdateUser, {})).toEqual({});
    expect({ ...accept(UpdateUser, {}).input }).toEqual({});
  });

  it('leaves no name, country, currency or language empty', () => {
    const empty = { first_name: '', last_name: null, country_id: '', currency: ' ', language: null };
    expect(Object.keys(errorsOf(UpdateUser, empty))).toEqual(Object.keys(empty));
  });

  it('can clear the telephone number', () => {
    expect(accept(UpdateUser, { contact_number: '' }).input.contact_number).toBeNull();
    expect(errorsOf(UpdateUser, { contact_number: null })).toEqual({});
  });

  it.each([
    [{ language: 'fr' }, { language: ['The selected language is invalid.'] }],
    [{ currency: 'EURO' }, { currency: ['The currency field must not be greater than 3 characters.'] }],
    [{ country_id: 'x' }, { country_id: ['The selected country id is invalid.'] }],
  ])('refuses %j', (raw, fields) => {
    expect(errorsOf(UpdateUser, raw)).toEqual(fields);
  });

  it('reaches no other column', () => {
    const raw = {
      email: 'a@b.test',
      role: 'owner',
      balance: '1.00',
      account_id: 2,
      user_type: 2,
      password: 'x',
      id: 9,
    };
    expect({ ...accept(UpdateUser, raw).input }).toEqual({});
  });
});

describe('a change of the own password', () => {
  it('needs the old and the new one', () => {
    expect(Object.keys(errorsOf(ChangePassword, {}))).toEqual(['old_password', 'password']);
    expect(errorsOf(ChangePassword, { old_password: 'x', password: '12345678' })).toEqual({});
  });
});
