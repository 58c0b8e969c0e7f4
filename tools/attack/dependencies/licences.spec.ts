import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { allows, installedPackages, lockedPackages } from './licences';
import { BUILDING, OVERRIDES, SHIPPED, STATED_ELSEWHERE } from './policy';

const checkout = resolve(__dirname, '../../..');
const packages = installedPackages(checkout);
const licenceOf = ({ name, licence }: { name: string; licence?: string }): string =>
  licence ?? STATED_ELSEWHERE[name] ?? 'unknown';

describe('the packages that the lockfile installs', () => {
  it('are many', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(packages.filter(({ dev }) => !dev).length).toBeGreaterThan(100);
  });

  it('may be shipped with ours where they are shipped', () => {
    const strange = packages.filter((one) => !one.dev && !allows(licenceOf(one), SHIPPED));
    expect(strange.map((one) => `${one.name}: ${licenceOf(one)}`)).toEqual([]);
  });

  it('may be used for building and testing otherwise', () => {
    const strange = packages.filter((one) => one.dev && !allows(licenceOf(one), BUILDING));
    expect(strange.map((one) => `${one.name}: ${licenceOf(one)}`)).toEqual([]);
  });

  it('that do not state their licence are not shipped', () => {
    const silent = packages.filter(({ licence }) => licence === undefined);
    expect(silent.filter(({ dev }) => !dev)).toEqual([]);
    expect(silent.map(({ name }) => name).filter((name) => !(name in STATED_ELSEWHERE))).toEqual([]);
  });

  it('come from the registry, by their content', () => {
    const strange = packages.filter(({ registry, integrity }) => !registry || !integrity);
    expect(strange.map(({ name }) => name)).toEqual([]);
  });
});

it.each([
  ['e2e/generators', 100],
  ['tools/ocpp-clients', 20],
])('packages that tests install apart may be used for testing, and come from the registry: %s', (folder, least) => {
  const apart = lockedPackages(resolve(checkout, folder));
  expect(apart.length).toBeGreaterThan(least);
  const strange = apart.filter(
    (one) => !one.dev || !allows(licenceOf(one), BUILDING) || !one.registry || !one.integrity,
  );
  expect(strange.map((one) => `${one.name}: ${licenceOf(one)}`)).toEqual([]);
});

it('install scripts of packages are not run', () => {
  expect(readFileSync(join(checkout, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts ?= ?true$/m);
});

it('every override of a version has its reason', () => {
  const { overrides = {} } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { overrides?: object };
  expect(Object.keys(overrides).sort()).toEqual(Object.keys(OVERRIDES).sort());
});

describe('an expression of licences', () => {
  const allowed = new Set(['MIT', 'ISC']);
  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['GPL-2.0 OR AGPL-3.0', false],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0-only', false],
    ['unknown', false],
    ['', false],
  ])('"%s" is allowed: %s', (expression, expected) => {
    expect(allows(expression, allowed)).toBe(expected);
  });
});
