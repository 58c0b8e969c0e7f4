import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Operations that no page asks for by this name, and why an owner misses nothing. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'GET /api/events': 'the live feed, which an EventSource follows (live/live.ts)',
  'GET /api/orders/export': 'asked for by its kind (api/exports.ts)',
  'GET /api/charge-points/export': 'asked for by its kind (api/exports.ts)',
  'GET /api/feedback/export': 'asked for by its kind (api/exports.ts)',
  'POST /api/chargers/{id}/sessions': 'for apps that take the money of drivers; an owner sends the command to start',
  'GET /api/chargers/{id}/sessions/{request_id}': 'as above; an owner sees the order',
  'DELETE /api/chargers/{id}/sessions/{request_id}': 'for apps that take the money of drivers',
  'GET /api/v3/countries': 'GET /api/catalogue/countries has the same and more',
  'GET /api/v3/countries/{id}': 'GET /api/catalogue/countries has the same and more',
  'GET /api/categories/{type}': 'the data table of categories',
  'PATCH /api/categories/{type}': 'PUT',
  'GET /api/charge-points': 'the data table of power centers',
  'PUT /api/charge-points/{id}': 'PATCH',
  'GET /api/charge-points/{id}/geojson': 'the GeoJSON of all power centers',
  'GET /api/charge-points/{id}/orders':
    'the data table of orders, searched by the power center: this list has no pages',
  'GET /api/orders/charge-point/{chargePointID}': 'as above',
  'GET /api/charge-points/sustainability': 'GET /api/stats/daily has it for the days that are shown',
  'GET /api/charge-point-groups': 'the data table of groups',
  'GET /api/charge-point-groups/{id}': 'the data table of groups',
  'GET /api/charge-point-prices/{id}': 'the list of prices of a power center',
  'PATCH /api/charge-point-prices/{id}': 'PUT',
  'GET /api/charging-sites': 'the data table of sites',
  'GET /api/charging-sites/{id}': 'the data table of sites',
  'GET /api/feedback/{feedbackID}': 'the list of feedback',
  'GET /api/workers': 'the data table of workers',
  'GET /api/workers/{id}': 'the data table of workers',
  'PATCH /api/workers/{id}': 'PUT',
  'GET /api/workers/{worker_id}/reset-balance': 'POST',
  'GET /api/user/payout-methods': 'GET /api/payout-methods',
  'GET /api/imports/{importId}': 'the list of imports',
  'GET /api/chargers/{id}/commands/{command_id}': 'the list of commands',
  'GET /api/chargers/{id}/reservations/{reservation_id}': 'the list of reservations',
};

/** Fields of bodies that no form has, and why. */
const NOT_ASKED_FOR: Readonly<Record<string, string>> = {
  device_imei: 'identifies an app on a telephone',
  device_token: 'for push messages to an app on a telephone',
};

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);
const document = JSON.parse(readFileSync(join(__dirname, '../../../openapi.json'), 'utf8')) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item)
    .filter((method) => METHODS.has(method))
    .map((method) => `${method.toUpperCase()} ${path}`),
);
const sources = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.spec.ts') && !name.includes('locales'))
  .map((name) => readFileSync(join(__dirname, name), 'utf8'));
const asked = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/\.(GET|POST|PUT|PATCH|DELETE)\(\s*'([^']+)'/g)].map(([, method, path]) => `${method} ${path}`),
  ),
);

describe('the operations of the API', () => {
  it('are what an owner does in the dashboard, or there is a reason', () => {
    expect(operations.length).toBeGreaterThan(150);
    expect(operations.filter((one) => !asked.has(one) && !(one in OTHERWISE))).toEqual([]);
  });

  it('are sent every field that they take, or there is a reason', () => {
    const schemaOf = ({ $ref, ...schema }: Schema): Schema =>
      $ref ? schemaOf(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
    const bodies = operations
      .filter((one) => asked.has(one))
      .map((one) => one.split(' '))
      .map(([method = '', path = '']) => document.paths[path]?.[method.toLowerCase()]?.requestBody?.content ?? {});
    const fields = bodies
      .flatMap((content) => Object.values(content))
      .flatMap(({ schema }) => Object.keys(schemaOf(schema ?? {}).properties ?? {}));
    const text = sources.join('\n');
    const missing = [...new Set(fields)].filter((field) => !new RegExp(`\\b${field}\\b`).test(text));
    expect(fields.length).toBeGreaterThan(100);
    expect(missing.sort()).toEqual(Object.keys(NOT_ASKED_FOR));
  });

  it('have no reason without need', () => {
    expect(Object.keys(OTHERWISE).filter((one) => asked.has(one) || !operations.includes(one))).toEqual([]);
  });
});
