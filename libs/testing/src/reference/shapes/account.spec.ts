import { mismatches } from '../mismatches';
import { exportJob } from './account';

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
