import { auditQuery } from './audit-query';

describe('the filters of the audit trail', () => {
  it('are what the API is asked for, with the last day', () => {
    const { from, to, ...rest } = auditQuery({
      user: '7',
      action: 'prices.update',
      from: '2025-05-12',
      to: '2025-05-12',
    });
    expect(rest).toEqual({ user_id: 7, action: 'prices.update' });
    expect(new Date(from ?? '')).toEqual(new Date(2025, 4, 12));
    expect(new Date(to ?? '')).toEqual(new Date(2025, 4, 13));
  });

  it('are left out where they are empty or nonsense', () => {
    expect(auditQuery({})).toEqual({});
    expect(auditQuery({ user: 'all', action: '', subject: 'site', id: '7', from: 'soon' })).toEqual({
      ...{ subject: 'site', subject_id: '7' },
    });
  });
});
