import { isoMoment, localDay } from './moments';

describe('a moment in an answer', () => {
  it('has the six digits after the second that the reference shows', () => {
    expect(isoMoment(new Date('2025-05-12T09:02:03.045Z'))).toBe('2025-05-12T09:02:03.045000Z');
  });
});

describe('the day of a moment', () => {
  const moment = new Date('2025-05-12T23:30:00.000Z');

  it('is that of the zone', () => {
    expect(localDay('Africa/Algiers', moment)).toBe('2025-05-13');
    expect(localDay('America/Lima', moment.getTime())).toBe('2025-05-12');
  });

  it('is none in a zone that is not known', () => {
    expect(() => localDay('Mars/Olympus', moment)).toThrow(RangeError);
  });
});
