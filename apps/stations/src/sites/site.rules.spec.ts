import { FieldErrors } from '@open-cpo/contracts';
import { checkAddress, checkDates, mergedAddress } from './site.rules';
import type { AddressRow } from './site.views';

const BEFORE: AddressRow = {
  id: 37,
  country: { id: 195, name: 'Algeria' },
  state: 'Algiers',
  city: 'Algiers',
  zipcode: '16049',
  address_line_1: '1 Rue Didouche Mourad',
  address_line_2: null,
  address_line_3: null,
  latitude: 36.7,
  longitude: 0,
};

describe('an address that is changed', () => {
  it('keeps what is not spoken of, and loses what is cleared', () => {
    expect(mergedAddress({ city: 'Oran', zipcode: null }, BEFORE)).toEqual({
      country_id: 195,
      state: 'Algiers',
      city: 'Oran',
      zipcode: null,
      address_line_1: '1 Rue Didouche Mourad',
      address_line_2: null,
      address_line_3: null,
      latitude: 36.7,
      longitude: 0,
    });
  });

  it('is what was sent when there was none', () => {
    expect(mergedAddress({ city: 'Oran', state: undefined }, null)).toEqual({ city: 'Oran' });
  });

  it('is whole when all needed parts are there, on the equator as well', () => {
    const errors = new FieldErrors();
    checkAddress(mergedAddress({ latitude: 0 }, BEFORE), errors);
    expect(errors.empty).toBe(true);
  });

  it('names each part that it lacks, but for those that were refused already', () => {
    const errors = new FieldErrors().add('address.latitude', 'no number');
    checkAddress({ country_id: 5, state: 'a', city: 'b', longitude: 1 }, errors);
    expect(errors.toMap()).toEqual({
      'address.latitude': ['no number'],
      'address.address_line_1': ['The address.address line 1 field is required.'],
    });
  });
});

describe('the dates of a site', () => {
  const problems = (start: string | null, end: string | null, asked = true, errors = new FieldErrors()) => {
    checkDates({ start, end }, { end: asked }, errors);
    return Object.keys(errors.toMap());
  };

  it.each([
    [null, null],
    ['2025-01-01', null],
    [null, '2025-01-01'],
    ['2025-01-01', '2025-01-01'],
    ['2025-01-01', '2109-05-30'],
  ])('may be %p to %p', (start, end) => expect(problems(start, end)).toEqual([]));

  it('are told at the last day, or at the first when only that was sent', () => {
    expect(problems('2025-01-02', '2025-01-01')).toEqual(['end_date']);
    expect(problems('2025-01-02', '2025-01-01', false)).toEqual(['start_date']);
  });

  it('are not compared when one of them is no date', () => {
    const errors = new FieldErrors().add('end_date', 'no date');
    expect(problems('2025-01-02', '2025-01-01', true, errors)).toEqual(['end_date']);
    expect(errors.toMap().end_date).toHaveLength(1);
  });
});
