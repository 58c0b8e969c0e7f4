import { codingFor } from './codings';

describe('the content coding of an answer', () => {
  it.each([
    ['none without a wish', undefined, undefined],
    ['none for an empty wish', '', undefined],
    ['what browsers ask for', 'gzip, deflate, br', 'br'],
    ['gzip where nothing else is known', 'gzip', 'gzip'],
    ['the one with the greater weight', 'br;q=0.5, gzip;q=0.8', 'gzip'],
    ['Brotli for equal weights', 'gzip;q=0.5, br;q=0.5', 'br'],
    ['whatever there is', '*', 'br'],
    ['whatever there is but one', '*, br;q=0', 'gzip'],
    ['none that is forbidden', 'gzip;q=0, br;q=0', undefined],
    ['none that we do not speak', 'zstd, deflate', undefined],
    ['none where plain bytes are preferred', 'identity, gzip;q=0.5', undefined],
    ['in any case of letters', 'GZIP', 'gzip'],
    ['none for a weight that is none', 'gzip;q=lots', undefined],
    ['none for a header without end', `gzip${', x'.repeat(200)}`, undefined],
  ])('is %s', (_what, header, coding) => {
    expect(codingFor(header)).toBe(coding);
    expect(codingFor(header)).toBe(coding);
  });
});
