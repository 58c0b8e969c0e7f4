import { mismatches } from '../mismatches';
import { loggedInUser, verification, verifiedUser } from './auth';
import { balance, permissionNames, roleNames, subscribed, unsubscribed, user } from './user';

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const access_token = `${encode({ alg: 'ES256', kid: '1' })}.${encode({ data: { user_id: 1, user_type: 2 } })}.c2ln`;

const person = {
  id: 135231,
  customer_type: 'C',
  first_name: '',
  last_name: '',
  full_name: '',
  contact_number: '966977977974',
  email: 'owner@demo.test',
  balance: '0.00',
};
const subscription = { isSubscribed: false, subscriptionFeatures: [], subscriptionEnds: null };
const login = { ...person, ...subscription, status: 1, email_verified: 1, access_token };
const jordan = {
  id: 1,
  name: 'Jordan',
  iso: 'JO',
  time_zone: 'Asia/Amman',
  latitude: '31.95',
  longitude: '35.93333',
  phone_code: '962',
  contact_number: '96265860087',
  email: '',
  currency: 'JD',
  currency_iso: 'JOD',
};
const own = {
  ...person,
  ...subscription,
  status: 1,
  email_verified: 1,
  user_type: 2,
  vat_id: null,
  country_id: 1,
  currency: 'JD',
  currency_iso: 'JOD',
  currency_country_id: 1,
  location: null,
};
const place = { country: jordan, city: null, latitude: null, longitude: null, address: null };

describe('the user that login answers', () => {
  it('has its status, its subscription and a token', () => {
    expect(mismatches(login, loggedInUser)).toEqual([]);
    expect(mismatches({ ...login, country_id: 1, currency: 'JOD', vat_id: '' }, loggedInUser)).toEqual([]);
  });

  it.each([
    [{ email_verified: true }, '$.email_verified: expected bit, got true'],
    [{ contact_number: '+966977977974' }, '$.contact_number: expected digitsOrNothing, got "+966977977974"'],
    [{ balance: 0 }, '$.balance: expected s2, got 0'],
    [{ subscriptionEnds: '2026-01-01T00:00:00.000000Z' }, '$.subscriptionEnds: expected ymd'],
    [{ password: 'x' }, '$.password: not documented'],
    [{ access_token: 'opaque' }, '$.access_token: expected jwt, got "opaque"'],
  ])('is refused with %j', (change, complaint) => {
    expect(mismatches({ ...login, ...change }, loggedInUser)).toEqual([expect.stringContaining(complaint)]);
  });
});

describe('the user that a verification answers', () => {
  it('is that of the reference, or that of login', () => {
    expect(mismatches({ ...person, access_token }, verifiedUser)).toEqual([]);
    expect(mismatches(login, verifiedUser)).toEqual([]);
  });

  it('always has a token', () => {
    expect(mismatches(person, verifiedUser)).toEqual(['$.access_token: missing']);
  });
});

describe('a pending verification', () => {
  const pending = {
    require_verification: 1,
    verification_token: '27ee3f39-8768-4bc3-a6ae-440d87660b02',
    can_resend_in_seconds: 60,
    available_attempts: 3,
    sent_to: 'o***r@demo.test',
  };

  it('says where the code was sent', () => {
    expect(mismatches(pending, verification)).toEqual([]);
    expect(mismatches({ ...pending, sent_to: '' }, verification)).toEqual(['$.sent_to: expected text, got ""']);
  });

  it('counts in numbers', () => {
    expect(mismatches({ ...pending, available_attempts: '3' }, verification)).toHaveLength(1);
    expect(mismatches({ ...pending, require_verification: true }, verification)).toHaveLength(1);
  });
});

describe("the caller's own data", () => {
  it('may have a place or none', () => {
    expect(mismatches(own, user)).toEqual([]);
    expect(mismatches({ ...own, location: place }, user)).toEqual([]);
    const city = { id: 3, name: 'Amman', country_id: 1 };
    const full = { ...place, city, latitude: '31.95', longitude: '35.93', address: 'Main Street' };
    expect(mismatches({ ...own, location: full }, user)).toEqual([]);
    const flagged = { ...place, country: { ...jordan, flag_url: 'http://localhost:3000/flags/JO.png' } };
    expect(mismatches({ ...own, location: flagged }, user)).toEqual([]);
  });

  it('carries no token', () => {
    expect(mismatches({ ...own, access_token }, user)).toEqual(['$.access_token: not documented']);
  });

  it.each([
    [{ user_type: 3 }, '$.user_type: expected one of 1, 2, got 3'],
    [{ user_type: '2' }, '$.user_type: expected one of 1, 2, got "2"'],
    [{ location: { ...place, latitude: 31.95 } }, '$.location.latitude: expected numeric, got 31.95'],
  ])('is refused with %j', (change, complaint) => {
    expect(mismatches({ ...own, ...change }, user)).toEqual([complaint]);
  });
});

describe('the balance', () => {
  const wallet = {
    id: 1,
    name: 'Earnings',
    balance: '12.50',
    currency: 'USD',
    type: 'earnings',
    payable: true,
    rechargeable: false,
    withdrawable: true,
  };
  const whole = { balance: '-12.50', currency: 'USD', currency_iso: 'USD', wallets: [wallet] };

  it('may be negative, and is a string', () => {
    expect(mismatches(whole, balance)).toEqual([]);
    expect(mismatches({ ...whole, balance: -12.5 }, balance)).toEqual(['$.balance: expected s2, got -12.5']);
    expect(mismatches({ ...whole, wallets: [{ ...wallet, balance: 1 }] }, balance)).toHaveLength(1);
  });
});

describe('permissions, roles and subscription', () => {
  it('are names that exist', () => {
    expect(mismatches(['power-centers.view', 'account.update'], permissionNames)).toEqual([]);
    expect(mismatches(['power-centers.fly'], permissionNames)).toHaveLength(1);
    expect(mismatches(['owner'], roleNames)).toEqual([]);
    expect(mismatches(['Owner'], roleNames)).toHaveLength(1);
  });

  it('end on a day while subscribed, and never when not', () => {
    const active = { isSubscribed: true, subscriptionFeatures: ['workers'], subscriptionEnds: '2026-07-01' };
    expect(mismatches(active, subscribed)).toEqual([]);
    expect(mismatches({ ...active, subscriptionEnds: null }, subscribed)).toHaveLength(1);
    expect(mismatches(subscription, unsubscribed)).toEqual([]);
    expect(mismatches(active, unsubscribed)).toHaveLength(3);
  });
});
