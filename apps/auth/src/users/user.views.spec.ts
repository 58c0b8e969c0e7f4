import type { UserRow } from './user.row';
import { authUser, subscriptionView } from './user.views';

const row: UserRow = {
  id: 7,
  accountId: 3,
  email: 'owner@demo.test',
  passwordHash: 'secret hash',
  credentialVersion: 0,
  role: 'owner',
  status: 'active',
  firstName: '',
  lastName: '',
  contactNumber: '',
  language: 'en',
  countryId: 195,
  currency: 'DZD',
  vatId: null,
  subscriptionEnds: null,
  locked: false,
  balanceUsd: '0',
  balanceEarned: null,
  usdRate: '136.2',
};

describe('a user as answered', () => {
  it('discloses no hash and nothing of how we keep them', () => {
    const shown = JSON.stringify(authUser(row, 'token'));
    for (const hidden of ['secret hash', 'accountId', 'role', 'language', 'locked'])
      expect(shown).not.toContain(hidden);
  });

  it.each([
    ['', '', ''],
    ['Amina', '', 'Amina'],
    ['', 'Haddad', 'Haddad'],
    ['Amina', 'Haddad', 'Amina Haddad'],
  ])('"%s" "%s" is in full "%s"', (firstName, lastName, full_name) => {
    expect(authUser({ ...row, firstName, lastName }, 'token').full_name).toBe(full_name);
  });

  it.each([
    ['0', '0.00'],
    ['7', '953.40'],
    ['0.00003672', '0.01'],
    ['-9.5', '-1293.90'],
  ])('shows a balance of %s dollars as %s of their currency', (balanceUsd, shown) => {
    expect(authUser({ ...row, balanceUsd }, 'token').balance).toBe(shown);
  });

  it('has premium features while a subscription runs', () => {
    expect(subscriptionView('2026-12-22')).toEqual({
      isSubscribed: true,
      subscriptionFeatures: ['sustainability', 'admins', 'workers', 'fleets'],
      subscriptionEnds: '2026-12-22',
    });
    expect(subscriptionView(null)).toEqual({ isSubscribed: false, subscriptionFeatures: [], subscriptionEnds: null });
  });
});
