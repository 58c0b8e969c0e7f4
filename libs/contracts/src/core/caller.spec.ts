import { type Caller, ownerOf } from './caller';

const stranger: Caller = { requestId: 'r', deadline: 0, language: 'en' };

describe('who asks', () => {
  it('is the proven user', () => {
    const identity = { userId: 1, accountId: 2, ownerId: 1, role: 'owner', currency: 'USD', timeZone: 'UTC' } as const;
    expect(ownerOf({ ...stranger, identity })).toBe(identity);
  });

  it('is refused without an authenticated caller', () => {
    expect(() => ownerOf(stranger)).toThrow('Unauthenticated.');
  });
});
