import { resolve } from 'node:path';
import { audit, read } from './audit';
import { ACCEPTED } from './policy';

const result = audit(resolve(__dirname, '../../..'));
/** Skipped by name where the registry knows no advisories: a mirror, or a machine without one. */
const whereAdvisoriesAre = result.kind === 'done' ? it : it.skip;
const because = result.kind === 'unavailable' ? ` (the registry offers no advisories: ${result.why})` : '';

whereAdvisoriesAre(`no advisory is known about what is shipped${because}`, () => {
  const known = result.kind === 'done' ? result.vulnerabilities : [];
  const accepted = new Set(ACCEPTED.map(({ advisory }) => advisory));
  const open = known.filter(({ advisories }) => advisories.some((advisory) => !accepted.has(advisory)));
  expect(open).toEqual([]);
});

it('what was accepted is looked at again in time', () => {
  const today = new Date().toISOString().slice(0, 10);
  expect(ACCEPTED.filter(({ until }) => until < today)).toEqual([]);
});

describe('the report of the registry', () => {
  it('tells of a vulnerability', () => {
    const vulnerabilities = {
      qs: { severity: 'high', via: [{ url: 'https://github.com/advisories/GHSA-x' }, 'other'] },
    };
    expect(read(JSON.stringify({ auditReportVersion: 2, vulnerabilities }), '')).toEqual({
      kind: 'done',
      vulnerabilities: [{ name: 'qs', severity: 'high', advisories: ['https://github.com/advisories/GHSA-x'] }],
    });
  });

  it.each([
    ['no JSON', ''],
    ['an error', '{"error":{"summary":"405"}}'],
    ['half a report', '{"auditReportVersion":2}'],
  ])('that is %s is none', (_what, stdout) => {
    expect(read(stdout, 'npm error audit endpoint returned an error')).toEqual({
      kind: 'unavailable',
      why: 'endpoint returned an error',
    });
  });
});
