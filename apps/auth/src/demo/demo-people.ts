import type { Role } from '@open-cpo/contracts';

export const DEMO_PASSWORD = 'Charge-2026!';

/** Demo data of other services refers to these ids. */
export const DEMO_ACCOUNTS = [
  { id: 1, country: 'DZ', currency: 'DZD' },
  { id: 2, country: 'JO', currency: 'JOD' },
] as const;

interface DemoPerson {
  readonly id: number;
  readonly accountId: number;
  readonly email: string;
  readonly role: Role;
  readonly firstName: string;
  readonly lastName: string;
  readonly contactNumber: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 1,
    accountId: 1,
    email: 'owner@demo.test',
    role: 'owner',
    firstName: 'Amina',
    lastName: 'Haddad',
    contactNumber: '213550123456',
  },
  {
    id: 2,
    accountId: 2,
    email: 'rival@demo.test',
    role: 'owner',
    firstName: 'Omar',
    lastName: 'Nasser',
    contactNumber: '962790123456',
  },
  {
    id: 3,
    accountId: 1,
    email: 'viewer@demo.test',
    role: 'viewer',
    firstName: 'Salma',
    lastName: 'Haddad',
    contactNumber: '213550654321',
  },
];
