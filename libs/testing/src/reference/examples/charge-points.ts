import { example, refusedFields } from './example';

const CREATED = {
  title: 'veritatis',
  identifier: 'rerum',
  category: 'et',
  address_line_1: 'aut',
  address_line_2: 'nemo',
  address_line_3: 'qui',
  zipcode: 'iure',
  city: 'in',
  state: 'quos',
  latitude: 6.348,
  longitude: 29689.05098,
};

const UPDATED = {
  title: 'FastCharge Station 101',
  description: 'Available 24/7 near the main square.',
  latitude: 25.276987,
  longitude: 55.296249,
  address_line_1: '123 Main Street',
  address_line_2: 'Suite 4B',
  address_line_3: 'Business Complex',
  zipcode: '12345',
  city: 'Dubai',
  state: 'Dubai',
  contact_number: '+971500000000',
  open_time: '08:00:00',
  close_time: '22:00:00',
  price: 15.5,
  price_currency: 'AED',
  category: 'EV_CHARGER',
  amenities: [1],
  connectors: [
    { id: 1, number: 2 },
    { id: 3, number: 1 },
  ],
  price_unit: 'minutes',
  session_limit_value: 60,
  session_limit_type: 'minutes',
  listed: false,
  type: 2,
};

const given = "a power center of the caller's under this id";
const root = '/api/charge-points';

/** Power centers. */
export const chargePointExamples = [
  ...example(38, root),
  ...example(39, `${root}/datatable`),
  ...example(40, `${root}/sustainability`),
  ...example(41, `${root}/geojson`),
  ...example(42, `${root}/export`),
  ...example(43, `${root}/10`, { given }),
  ...example(44, `${root}/1/stats`, { given }),
  ...example(45, `${root}/10/orders`, { given }),
  ...example(46, `${root}/8/geojson`, { given }),
  ...example(47, root, {
    body: CREATED,
    given: 'no power center with this identifier',
    verdict: refusedFields({ category: ['The selected category is invalid.'] }),
    fixed: {
      why: 'the printed category is random letters; a longitude of 29689 stays, for there is no range check',
      body: { ...CREATED, category: 'EV_CHARGER' },
    },
  }),
  ...example(48, `${root}/10`, {
    body: UPDATED,
    given: `${given}; amenity 1, connectors 1 and 3 and charger type 2 in the catalogues`,
  }),
  ...example(49, `${root}/12`, { given: `${given}, without an active session` }),
];
