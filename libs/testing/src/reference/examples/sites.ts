import { example, refusedFields } from './example';

const CREATED = {
  name: 'otipmmmbmliixltzvhqiocovcnekwvouoivkyvdmfangodfbqtzivvdgymejvozyslcmmccwifvly',
  category: 12,
  status: false,
  startDate: '2013-07-29',
  endDate: '2109-05-30',
  integrationCode: 'consequuntur',
  chargePoints: [9],
  address: {
    country_id: 10,
    state: 'sunt',
    city: 'possimus',
    zipcode: 'gjdql',
    address_line_1: 'ex',
    address_line_2: 'saepe',
    latitude: 49471.7,
    longitude: 6723614.1,
  },
};

const UPDATED = {
  name: 'eayv',
  category: 7,
  status: false,
  startDate: '2016-10-17',
  endDate: '2071-01-08',
  integrationCode: 'esse',
  chargePoints: [6],
  address: {
    country_id: 5,
    state: 'sit',
    city: 'qui',
    zipcode: 'ykise',
    address_line_1: 'porro',
    address_line_2: 'doloribus',
    latitude: 2496324.963275,
    longitude: 553.91522,
  },
};

const NOT_OWN = refusedFields({
  category: ['The selected category is invalid.'],
  'chargePoints.0': ['The selected chargePoints.0 is invalid.'],
});
const WHY = "the printed ids are random; a category and power centers of the caller's may stand there, or none";
const strangers = "nothing of the caller's under the printed ids of category and power center";
const given = "a site of the caller's under this id";
const root = '/api/charging-sites';

/** Without the two keys that name rows of the caller's. */
const withoutIds = ({ name, status, startDate, endDate, integrationCode, address }: typeof CREATED) => ({
  name,
  status,
  startDate,
  endDate,
  integrationCode,
  chargePoints: [],
  address,
});

/** Sites. */
export const siteExamples = [
  ...example(61, `${root}/datatable?search=esse&itemsPerPage=19&power-centers=1`),
  ...example(62, `${root}?power-centers=1`),
  ...example(63, root, {
    body: CREATED,
    given: strangers,
    verdict: NOT_OWN,
    fixed: { why: WHY, body: withoutIds(CREATED) },
  }),
  ...example(64, `${root}/1?power-centers=`, { given }),
  ...example(65, `${root}/1`, {
    body: UPDATED,
    given: `${given}; ${strangers}`,
    verdict: NOT_OWN,
    fixed: { why: WHY, body: withoutIds(UPDATED) },
  }),
  ...example(66, `${root}/1`, { given }),
];
