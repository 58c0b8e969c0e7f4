import { memberView } from './member.views';

describe('a member in an answer', () => {
  const row = {
    id: 12,
    name: 'Salma Haddad',
    email: 'salma@example.com',
    role: 'manager',
    status: 'active',
    createdAt: new Date('2025-05-12T09:02:00.045Z'),
  } as const;

  it('has the documented keys, and the moment with six digits', () => {
    const { createdAt: _, ...same } = row;
    expect(memberView(row)).toEqual({ ...same, created_at: '2025-05-12T09:02:00.045000Z' });
  });

  it('shows nothing else that a row has', () => {
    const shown = memberView({ ...row, accountId: 3, passwordHash: '$argon2id$' } as typeof row);
    expect(Object.keys(shown)).toEqual(['id', 'name', 'email', 'role', 'status', 'created_at']);
  });
});
