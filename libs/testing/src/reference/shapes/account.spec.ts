import { mismatches } from '../mismatches';
import { apiKey, exportJob, member, newApiKey } from './account';

const created_at = '2026-01-31T10:00:00.000000Z';

describe('a member', () => {
  const viewer = { id: 3, name: null, email: 'viewer@demo.test', role: 'viewer', status: 'invited', created_at };

  it('may have no name while invited', () => {
    expect(mismatches(viewer, member)).toEqual([]);
    expect(mismatches({ ...viewer, name: 'Vi Ewer', status: 'active' }, member)).toEqual([]);
  });

  it('has a role that exists, and no secret', () => {
    expect(mismatches({ ...viewer, role: 'root' }, member)).toHaveLength(1);
    expect(mismatches({ ...viewer, token: 'x' }, member)).toEqual(['$.token: not documented']);
  });
});

describe('an API key', () => {
  const creator = { created_by: 3, created_by_name: 'Vi Ewer', scope: null, expires_at: null };
  const listed = { id: 1, name: 'Odoo', last_used_at: null, created_at, ...creator };

  it('shows its secret only when it is new', () => {
    expect(mismatches(listed, apiKey)).toEqual([]);
    expect(mismatches({ ...listed, last_used_at: created_at }, apiKey)).toEqual([]);
    expect(mismatches({ ...listed, key: '1|secret' }, apiKey)).toEqual(['$.key: not documented']);
    expect(mismatches({ ...listed, key: '1|secret' }, newApiKey)).toEqual([]);
  });

  it.each(['secret', '1|', 'x|secret', '1|two words'])('is not %s', (key) => {
    expect(mismatches({ ...listed, key }, newApiKey)).toHaveLength(1);
  });
});

describe('a long export', () => {
  const id = 'orders-123e4567-e89b-12d3-a456-426614174000';
  const queued = { id, kind: 'orders', status: 'queued', progress: 0, rows: null, url: null };

  it('has a file in the end', () => {
    expect(mismatches(queued, exportJob)).toEqual([]);
    const url = `http://localhost:3000/api/exports/${id}/file`;
    expect(mismatches({ ...queued, status: 'done', progress: 100, rows: 12, url }, exportJob)).toEqual([]);
  });

  it.each([5, '5', '123e4567-e89b-12d3-a456-426614174000'])('whose id is %p does not say what it is of', (strange) => {
    expect(mismatches({ ...queued, id: strange }, exportJob)).toHaveLength(1);
  });

  it.each([-1, 101, 0.5, '50', null])('never progresses to %p', (progress) => {
    expect(mismatches({ ...queued, progress }, exportJob)).toHaveLength(1);
  });
});
