import { type MemberChange, obstacle } from './members.rules';

const change = (given: Partial<MemberChange>): MemberChange => ({
  by: 'owner',
  from: 'viewer',
  to: 'manager',
  invited: false,
  owners: 1,
  ...given,
});

describe('a change among members', () => {
  it.each(['owner', 'admin'] as const)('is open to an %s where no owner is concerned', (by) => {
    expect(obstacle(change({ by }))).toBeUndefined();
    expect(obstacle(change({ by, to: undefined }))).toBeUndefined();
    expect(obstacle(change({ by, invited: true }))).toBeUndefined();
  });

  it('makes an owner only at an owner’s word', () => {
    expect(obstacle(change({ by: 'owner', to: 'owner' }))).toBeUndefined();
    expect(obstacle(change({ by: 'admin', to: 'owner' }))).toBe('owners-only');
  });

  it('touches an owner only at an owner’s word', () => {
    expect(obstacle(change({ by: 'admin', from: 'owner', to: 'viewer', owners: 2 }))).toBe('owners-only');
    expect(obstacle(change({ by: 'admin', from: 'owner', to: undefined, owners: 2 }))).toBe('owners-only');
  });

  it('leaves at least one owner', () => {
    expect(obstacle(change({ from: 'owner', to: 'admin', owners: 1 }))).toBe('last-owner');
    expect(obstacle(change({ from: 'owner', to: undefined, owners: 1 }))).toBe('last-owner');
    expect(obstacle(change({ from: 'owner', to: 'admin', owners: 2 }))).toBeUndefined();
    expect(obstacle(change({ from: 'owner', to: undefined, owners: 2 }))).toBeUndefined();
  });

  it('makes no owner of somebody who has not accepted yet', () => {
    expect(obstacle(change({ to: 'owner', invited: true }))).toBe('not-accepted');
  });

  it('is none when the role stays, whoever asks', () => {
    expect(obstacle(change({ by: 'admin', from: 'owner', to: 'owner' }))).toBeUndefined();
  });
});
