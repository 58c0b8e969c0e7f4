import { partOf } from './download';

describe('a range of a file of 1000 bytes', () => {
  it.each([
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=0-499', { from: 0, to: 499 }],
    ['bytes=500-', { from: 500, to: 999 }],
    ['bytes=500-5000', { from: 500, to: 999 }],
    ['bytes=-1', { from: 999, to: 999 }],
    ['bytes=-5000', { from: 0, to: 999 }],
    ['bytes = 1 - 2', { from: 1, to: 2 }],
  ])('%s is a part of it', (range, part) => {
    expect(partOf(range, 1000)).toEqual(part);
  });

  it.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=-0'])('%s lies beyond it', (range) => {
    expect(partOf(range, 1000)).toBe('none');
  });

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-4', 'bytes=0-1,3-4', 'lines=0-1', 'bytes=a-b', 'bytes=1e3-'])(
    '%s is all of it',
    (range) => {
      expect(partOf(range, 1000)).toBeUndefined();
    },
  );

  it('of an empty file lies beyond it', () => {
    expect([partOf('bytes=0-', 0), partOf('bytes=-5', 0)]).toEqual(['none', 'none']);
  });
});
