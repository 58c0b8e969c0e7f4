import { mismatches } from '../mismatches';
import { category } from './categories';
import { rangePrice } from './charge-point-prices';
import { country, countryDetail } from './countries';
import { group, groupWithPowerCenters } from './groups';
import { site } from './sites';
import { worker } from './workers';

const row = {
  id: 24,
  title: 'x',
  identifier: 'PS_67DF25E57A981',
  listed: true,
  status: 'available',
  earning: '0.00',
  rating: '0.00',
};

describe('a category', () => {
  const one = { id: 58, type: 'charging-site', name: 'maximes', color: '#D2B48C' };

  it('has an upper-case colour', () => {
    expect(mismatches(one, category)).toEqual([]);
    expect(mismatches({ ...one, color: '#d2b48c' }, category)).toHaveLength(1);
    expect(mismatches({ ...one, name: '' }, category)).toHaveLength(1);
  });
});

describe('a range price', () => {
  const one = { id: 1, price: '649310.24', startingTime: '10:00', endingTime: '13:00' };

  it('ends after it begins', () => {
    expect(mismatches(one, rangePrice)).toEqual([]);
    expect(mismatches({ ...one, endingTime: '23:59' }, rangePrice)).toEqual([]);
    expect(mismatches({ ...one, endingTime: '10:00' }, rangePrice)).toHaveLength(1);
    expect(mismatches({ ...one, endingTime: '09:00' }, rangePrice)).toHaveLength(1);
  });

  it('has camelCase times to the minute', () => {
    expect(mismatches({ ...one, startingTime: '10:00:00' }, rangePrice)).toHaveLength(1);
    expect(mismatches({ ...one, price: 649310.24 }, rangePrice)).toHaveLength(1);
  });
});

describe('a group', () => {
  const one = {
    id: 935,
    name: 'North',
    companyName: null,
    licenseCode: 'x',
    chargePointsNumber: 1,
    chargePointsIds: [24],
  };

  it('has its power centers only when they are asked for', () => {
    expect(mismatches(one, group)).toEqual([]);
    expect(mismatches({ ...one, power_centers: [] }, group)).toEqual(['$.power_centers: not documented']);
    expect(mismatches({ ...one, power_centers: [row] }, groupWithPowerCenters)).toEqual([]);
    expect(mismatches(one, groupWithPowerCenters)).toEqual(['$.power_centers: missing']);
  });

  it('counts its power centers right', () => {
    expect(mismatches({ ...one, chargePointsNumber: 2 }, group)).toHaveLength(1);
    expect(mismatches({ ...one, chargePointIds: [24] }, group)).toEqual(['$.chargePointIds: not documented']);
  });
});

describe('a site', () => {
  const address = {
    id: 161,
    latitude: '28.608637026617',
    longitude: '14.589843749997',
    country: { id: 195, name: 'Algeria' },
    state: 'test',
    city: 'Douera',
    zipcode: null,
    address_line_1: 'CITY 100 LOGS',
    address_line_2: null,
    address_line_3: null,
  };
  const one = {
    id: 164,
    categoryId: null,
    name: 'Site 11',
    status: true,
    active: false,
    startDate: '2024-10-10',
    endDate: null,
    integrationCode: null,
    chargePointIds: [20],
    address,
    power_centers: [],
  };

  it('always has its list of power centers', () => {
    expect(mismatches(one, site)).toEqual([]);
    expect(mismatches({ ...one, power_centers: [row] }, site)).toEqual([]);
    expect(mismatches({ ...one, power_centers: [{ ...row, listed: 1 }] }, site)).toHaveLength(1);
    expect(mismatches({ ...one, power_centers: undefined }, site)).toHaveLength(1);
  });

  it('has coordinates as strings and its country by name', () => {
    expect(mismatches({ ...one, address: { ...address, latitude: 28.6 } }, site)).toHaveLength(1);
    expect(mismatches({ ...one, address: { ...address, country_id: 195 } }, site)).toHaveLength(1);
    expect(mismatches({ ...one, address: null }, site)).toEqual([]);
  });

  it('calls the ids of its power centers otherwise than a group', () => {
    expect(mismatches({ ...one, chargePointsIds: [20] }, site)).toEqual(['$.chargePointsIds: not documented']);
    expect(mismatches({ ...one, status: 1 }, site)).toHaveLength(1);
  });
});

describe('a worker', () => {
  const one = {
    id: 34,
    first_name: 'service',
    last_name: 'test 2',
    name: 'service test 2',
    email: 'worker@demo.test',
    rfid: '123131321123',
    expire_at: '2025-03-31',
    cash_on_hands: '0',
  };

  it('has cash as a string, or none yet', () => {
    expect(mismatches(one, worker)).toEqual([]);
    expect(mismatches({ ...one, cash_on_hands: null, rfid: null }, worker)).toEqual([]);
    expect(mismatches({ ...one, cash_on_hands: 0 }, worker)).toHaveLength(1);
  });

  it('is called by both names', () => {
    expect(mismatches({ ...one, name: 'service' }, worker)).toHaveLength(1);
    expect(mismatches({ ...one, expire_at: '31-03-2025' }, worker)).toHaveLength(1);
  });
});

describe('a country', () => {
  const one = {
    id: 2,
    name: 'Ukraine',
    iso: 'UA',
    time_zone: 'Asia/Amman',
    latitude: '53.7098',
    longitude: '27.9534',
    phone_code: '380',
    contact_number: '',
    email: '',
    currency: 'UAH',
    currency_iso: null,
  };
  const flag_url = 'https://v4.test/flags/UA.png';

  it('has a flag only when it is asked for alone', () => {
    expect(mismatches(one, country)).toEqual([]);
    expect(mismatches({ ...one, flag_url }, country)).toEqual(['$.flag_url: not documented']);
    expect(mismatches({ ...one, flag_url }, countryDetail)).toEqual([]);
    expect(mismatches(one, countryDetail)).toEqual(['$.flag_url: missing']);
  });

  it('has a real time zone and plain digits to dial', () => {
    expect(mismatches({ ...one, time_zone: 'Kyiv' }, country)).toHaveLength(1);
    expect(mismatches({ ...one, phone_code: '+380' }, country)).toHaveLength(1);
  });
});
