import { isoMoment } from './moments';

describe('a moment in an answer', () => {
  it('has the six digits after the second that the reference shows', () => {
    expect(isoMoment(new Date('2025-05-12T09:02:03.045Z'))).toBe('2025-05-12T09:02:03.045000Z');
  });
});
