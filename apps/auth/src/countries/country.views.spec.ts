import { detail } from './country.views';
import { COUNTRIES } from './fixture/countries';

describe('one country', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com/flags/'],
    ['https://api.example.com/', 'https://api.example.com/flags/'],
    ['https://example.com/power//', 'https://example.com/power/flags/'],
  ])('under %s has its flag under %s', (publicUrl, flags) => {
    for (const country of COUNTRIES) {
      expect(detail(country, publicUrl)).toEqual({ ...country, flag_url: `${flags}${country.iso}.png` });
    }
  });
});
