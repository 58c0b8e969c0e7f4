import { asksForGeoJson } from './negotiation';

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
    'application/geo+json;q=2',
    'application/geo+json;q=nonsense',
    'application/geo+jsonp',
    'application/vnd.geo+json',
  ])('that accepts "%s" gets what was recorded', (accept) => {
    expect(asksForGeoJson(accept)).toBe(false);
  });
});
