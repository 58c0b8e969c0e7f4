import type { UserRow } from '../users/user.row';
import { accountChanges, userChanges } from './profile.rules';

const user = {
  firstName: 'Amina',
  lastName: 'Haddad',
  contactNumber: '213550',
  language: 'en',
  countryId: 195,
  currency: 'DZD',
} as UserRow;

describe('what changes of a profile', () => {
  it.each([
    [{}, {}],
    [{ first_name: 'Amina', last_name: 'Haddad', contact_number: '+213 550', language: 'en' as const }, {}],
    [{ first_name: 'Nadia' }, { firstName: 'Nadia' }],
    [{ contact_number: null }, { contactNumber: '' }],
    [{ contact_number: '(00) 1' }, { contactNumber: '1' }],
    [{ contact_number: '0550 12 34 56' }, { contactNumber: '213550123456' }],
    [{ language: 'ar' as const }, { language: 'ar' }],
  ])('of the user, sent %j', (input, changes) => {
    expect(userChanges(user, input, 'DZ')).toEqual(changes);
    expect(accountChanges(user, input)).toEqual({});
  });

  it.each([
    [{ country_id: 195, currency: 'dzd' }, {}],
    [{ country_id: 1 }, { countryId: 1 }],
    [{ currency: 'jod' }, { currency: 'JOD' }],
  ])('of the account, sent %j', (input, changes) => {
    expect(accountChanges(user, input)).toEqual(changes);
    expect(userChanges(user, input, 'DZ')).toEqual({});
  });
});
