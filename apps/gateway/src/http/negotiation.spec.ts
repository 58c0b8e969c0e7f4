import { asksForCsv, asksForGeoJson, codingFor } from './negotiation';

describe('a request', () => {
  it.each([
    'application/geo+json',
    'Application/Geo+JSON',
    'application/json, application/geo+json',
    'text/html, application/geo+json;q=0.9, application/json;q=0.8',
    'application/geo+json; charset=utf-8; q=0.1',
  ])('that accepts "%s" gets RFC 7946', (accept) => {
    expect(asksForGeoJson(accept)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/*',
    'application/json',
    'application/geo+json;q=0',
    'application/json, application/geo+json;q=0.5',
    'text/html, *; q=.2',
    'application/geo+json;q=nonsense',
    'application/geo+jsonp',
    'application/vnd.geo+json',
  ])('that accepts "%s" gets what was recorded', (accept) => {
    expect(asksForGeoJson(accept)).toBe(false);
  });
});

describe('an export', () => {
  const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

  it.each(['text/csv', `text/csv, ${XLSX};q=0.9`, 'text/csv;q=0.5, */*'])('accepted as "%s" is CSV', (accept) => {
    expect(asksForCsv(accept)).toBe(true);
  });

  it.each([undefined, '*/*', '*', 'text/*', XLSX, `text/csv, ${XLSX}`])('accepted as "%s" is a workbook', (accept) => {
    expect(asksForCsv(accept)).toBe(false);
  });
});

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
