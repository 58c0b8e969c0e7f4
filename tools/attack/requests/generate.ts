import * as fc from 'fast-check';
import type { Body, Operation } from '../document/operations';
import type { AttackRequest, Kind } from './attack-request';
import { type Content, good, oneWrong, otherEncodings, unreadable, wrongStructure } from './bodies';
import { hostileHeaders } from './headers';
import { hostileParams, hostileQuery, usualQuery } from './paths';

type Arb = fc.Arbitrary<AttackRequest>;

const WHO = fc.oneof(
  { weight: 20, arbitrary: fc.constant<AttackRequest['who']>('owner') },
  { weight: 1, arbitrary: fc.constantFrom<AttackRequest['who']>('viewer', 'manager', 'admin', 'nobody') },
);
const EMPTY: Body = { schema: { properties: {} }, example: {} };

const BODIES: readonly [number, Kind, (body: Body) => fc.Arbitrary<Content>][] = [
  [14, 'as documented', good],
  [36, 'one field wrong', oneWrong],
  [14, 'wrong structure', wrongStructure],
  [10, 'unreadable body', unreadable],
  [8, 'other encodings', otherEncodings],
];

/** Requests to one operation, most of which it should refuse. */
export function requestsTo(operation: Operation): Arb {
  const own = ownParams(operation);
  const base = { who: WHO, params: fc.constant(own), query: usualQuery(operation), headers: fc.constant({}) };
  const byPath = fc.record({ ...base, kind: fc.constant<Kind>('path and query'), ...pathAndQuery(operation) });
  const byHeaders = fc.record({ ...base, kind: fc.constant<Kind>('headers'), headers: hostileHeaders });
  const reads = operation.method === 'GET' || operation.method === 'DELETE';
  const kinds = reads ? BODIES.slice(0, 1) : BODIES;
  const weight = reads ? 70 : 10;
  return fc.oneof(
    { weight, arbitrary: byPath },
    { weight: reads ? 20 : 8, arbitrary: withBody(byHeaders, operation) },
    ...kinds.map(([each, kind, bodies]) => ({
      weight: each,
      arbitrary: reads
        ? fc.record({ ...base, kind: fc.constant<Kind>(kind) })
        : filled(fc.record({ ...base, kind: fc.constant<Kind>(kind) }), bodies(operation.body ?? EMPTY)),
    })),
  );
}

const ownParams = ({ parameters }: Operation): Record<string, string> =>
  Object.fromEntries(parameters.filter((one) => one.in === 'path').map(({ name }) => [name, '@own']));

function pathAndQuery(operation: Operation) {
  const method = fc.oneof(
    { weight: 30, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST', 'GET', 'TRACE', 'PROPFIND'),
    },
  );
  return { params: hostileParams(operation), query: hostileQuery(operation), method: method as fc.Arbitrary<string> };
}

function withBody(requests: Arb, { body, method }: Operation): Arb {
  return method === 'GET' || method === 'DELETE' ? requests : filled(requests, good(body ?? EMPTY));
}

/** What the headers say of the body wins over what the body is. */
const filled = (requests: Arb, bodies: fc.Arbitrary<Content>): Arb =>
  fc.tuple(requests, bodies).map(([request, { body, type }]) => ({
    ...request,
    headers: { ...(type ? { 'content-type': type } : {}), ...request.headers },
    body,
  }));
