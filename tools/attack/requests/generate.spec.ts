import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { readDocument } from '../document/operations';
import { KINDS } from './attack-request';
import { requestsTo } from './generate';
import { HOSTILE_TEXTS } from './hostile-texts';
import { written } from './hostile-values';
import { knownRawRequests, rawRequests, SMUGGLED } from './raw-requests';

const { operations } = readDocument(resolve(__dirname, '../../..'));
const sample = (id: string, numRuns = 300, seed = 7) => {
  const operation = operations.find((one) => one.id === id);
  if (!operation) throw new Error(`There is no ${id}.`);
  return fc.sample(requestsTo(operation), { numRuns, seed });
};

describe('generated requests', () => {
  it.each(operations.map(({ id }) => [id]))('to %s are made from the document', (id) => {
    expect(sample(id, 20)).toHaveLength(20);
  });

  it('are the same for the same seed', () => {
    expect(sample('chargePointsCreate')).toEqual(sample('chargePointsCreate'));
    expect(sample('chargePointsCreate')).not.toEqual(sample('chargePointsCreate', 300, 8));
  });

  it('are of every kind', () => {
    expect(new Set(sample('chargePointsChange').map(({ kind }) => kind))).toEqual(new Set(KINDS));
  });

  it('are now and then just right: what lies behind the door is attacked as well', () => {
    const good = sample('groupsCreate').filter(({ kind }) => kind === 'as documented');
    expect(good.length).toBeGreaterThan(20);
    expect(good.every(({ body }) => typeof JSON.parse(body as string) === 'object')).toBe(true);
  });

  it('ask for own things, for those of another owner, and for what is no id', () => {
    const ids = new Set(sample('groupsOne').map(({ params }) => params.id));
    expect([...ids]).toEqual(expect.arrayContaining(['@own', '@other', '0', '-1']));
  });
});

describe('hostile values', () => {
  it('are at least a hundred and fifty texts, each once', () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThan(150);
    expect(HOSTILE_TEXTS).toContain('');
    expect(HOSTILE_TEXTS).toContain('\ud800');
    expect(HOSTILE_TEXTS).toContain("' OR '1'='1");
  });

  it('may be what JSON.stringify would not write', () => {
    expect(written({ a: '@raw:1e999@', b: 1 })).toBe('{"a":1e999,"b":1}');
    expect(written(['@raw:{!a!:1}@'])).toBe('[{"a":1}]');
  });
});

describe('hostile bytes', () => {
  it('hide requests in requests in many ways', () => {
    expect(knownRawRequests.filter(({ bytes }) => bytes.includes(SMUGGLED)).length).toBeGreaterThan(8);
    expect(knownRawRequests.length).toBeGreaterThan(60);
  });

  it('are varied by a byte', () => {
    const varied = fc.sample(rawRequests, { numRuns: 200, seed: 3 });
    expect(new Set(varied.map(({ bytes }) => bytes)).size).toBeGreaterThan(90);
  });
});
