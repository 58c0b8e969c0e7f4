import { aBare, aList, aObject, aNumber, aPage, g } from '../envelopes';
import { answer, operation } from '../operation';
import type { Answer, ReferenceOperation } from '../operation';
import { invalid, invalidBare, notDeletable } from '../refusals';
import { list } from '../shape';
import { cpFull, cpModel, cpRow, cpRowNumber } from '../shapes/charge-points';
import { cpFeature, cpFeatureNumbers } from '../shapes/geojson';
import { orderOfPowerCenter } from '../shapes/orders';
import { stats } from '../shapes/stats';
import { exported } from './files';

const WITH_API_KEY = 'a valid API-KEY header';
const NUMBERS = 'Accept: application/geo+json';
const view = 'power-centers.view';

const geojson: readonly [Answer, Answer] = [
  answer('G', g(cpFeature)),
  answer('G', g(cpFeatureNumbers), { when: NUMBERS }),
];

const reads: readonly ReferenceOperation[] = [
  operation(38, 'List power centers', 'GET /api/charge-points', {
    can: view,
    answers: [answer('L', list(cpRowNumber)), answer('A-list', aList(cpFull), { when: WITH_API_KEY })],
  }),
  operation(39, 'List power centers (datatable)', 'GET /api/charge-points/datatable', {
    can: view,
    answers: [answer('A-page', aPage(cpRow))],
  }),
  operation(40, 'Power center green trace', 'GET /api/charge-points/sustainability', {
    can: 'stats.view',
    answers: [answer('A-number', aNumber())],
  }),
  operation(41, 'Get all power centers as GeoJSON', 'GET /api/charge-points/geojson', { can: view, answers: geojson }),
  operation(42, 'Export power centers as Excel', 'GET /api/charge-points/export', {
    can: 'power-centers.export',
    answers: exported('file.xlsx'),
  }),
  operation(43, 'Get a power center by ID', 'GET /api/charge-points/{id}', {
    can: view,
    answers: [answer('R', cpFull), answer('A-object', aObject(cpFull), { when: WITH_API_KEY })],
  }),
  operation(44, 'Get power center statistics', 'GET /api/charge-points/{id}/stats', {
    can: 'stats.view',
    answers: [answer('R', stats)],
  }),
  operation(45, 'Get power center orders', 'GET /api/charge-points/{id}/orders', {
    can: 'orders.view',
    answers: [answer('L', list(orderOfPowerCenter))],
  }),
  operation(46, 'Get single power center as GeoJSON', 'GET /api/charge-points/{id}/geojson', {
    can: view,
    answers: geojson,
  }),
];

const TAKEN = {
  identifier: ['The identifier has already been taken.'],
  category: ['The selected category is invalid.'],
};

const NOT_UPDATABLE = {
  price: ['The price field must have 2 decimal places.'],
  type: ['The selected type is invalid.'],
  'amenities.0': ['The selected amenities.0 is invalid.'],
  'connectors.0.id': ['The selected connectors.0.id is invalid.'],
};

const writes: readonly ReferenceOperation[] = [
  operation(47, 'Create a power center', 'POST /api/charge-points', {
    can: 'power-centers.create',
    answers: [answer('R', cpModel)],
    refuses: [invalidBare(TAKEN)],
  }),
  operation(48, 'Update a power center', 'PUT /api/charge-points/{id}', {
    can: 'power-centers.update',
    also: ['PATCH'],
    answers: [answer('R', cpModel)],
    refuses: [invalid(undefined, NOT_UPDATABLE)],
  }),
  operation(49, 'Delete a power center', 'DELETE /api/charge-points/{id}', {
    can: 'power-centers.delete',
    answers: [answer('A-bare', aBare('done'))],
    refuses: [notDeletable()],
  }),
];

/** Power centers. */
export const chargePointOperations: readonly ReferenceOperation[] = [...reads, ...writes];
