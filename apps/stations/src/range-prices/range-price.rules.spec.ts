import { FieldErrors } from '@open-cpo/contracts';
import fc from 'fast-check';
import { checkTimes, overlap, type Times } from './range-price.rules';

const times = (text: string): Times => {
  const [starting = '', ending = ''] = text.split('-');
  return { starting, ending };
};

describe('two ranges', () => {
  it.each([
    ['08:00-12:00', '12:00-13:00', false],
    ['08:00-12:00', '11:59-13:00', true],
    ['08:00-12:00', '09:00-10:00', true],
    ['08:00-12:00', '00:00-08:00', false],
    ['20:00-23:59', '23:58-23:59', true],
    ['00:00-23:59', '12:00-12:01', true],
  ])('%s and %s overlap: %s', (one, other, meet) => {
    expect(overlap(times(one), times(other))).toBe(meet);
    expect(overlap(times(other), times(one))).toBe(meet);
  });

  it('overlap exactly when they share a minute', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    const text = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    const range = fc.tuple(minute, minute).filter(([a, b]) => a < b);
    fc.assert(
      fc.property(range, range, (one, other) => {
        const end = (last: number) => (last === 1439 ? 1440 : last);
        const shared = Math.min(end(one[1]), end(other[1])) > Math.max(one[0], other[0]);
        const [a, b] = [one, other].map(([from, to]) => ({ starting: text(from), ending: text(to) })) as [Times, Times];
        expect(overlap(a, b)).toBe(shared);
      }),
    );
  });
});

describe('the times of a range', () => {
  const problems = (text: string, others: string[] = [], errors = new FieldErrors()) => {
    checkTimes(times(text), others.map(times), errors);
    return errors.toMap();
  };

  it('are fine beside others', () => {
    expect(problems('08:00-12:00', ['00:00-08:00', '12:00-23:59'])).toEqual({});
  });

  it('are told once, and the first of those they overlap', () => {
    expect(Object.keys(problems('12:00-08:00', ['00:00-23:59']))).toEqual(['ending_time']);
    expect(problems('08:00-12:00', ['11:00-13:00', '07:00-09:00'])).toEqual({
      starting_time: ['The times overlap the range price from 11:00 to 13:00.'],
    });
  });

  it('are left alone when one of them is no time', () => {
    const errors = new FieldErrors().add('starting_time', 'no time');
    expect(problems('-08:00', ['00:00-23:59'], errors)).toEqual({ starting_time: ['no time'] });
  });
});
