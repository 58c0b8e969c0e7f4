import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { until } from '@open-cpo/testing';
import { alerts, checkout, yaml } from './committed';
import { OwnPrometheus } from './fixture/own-prometheus';
import { System } from './fixture/system';
import { findPrometheus } from './prometheus';

const programs = findPrometheus();
const found = typeof programs === 'string' ? undefined : programs;
const why = typeof programs === 'string' ? ` (left out: there is no Prometheus: ${programs.split('\n')[0]})` : '';
const describeWhere = found ? describe : describe.skip;

const promtool = (...args: string[]): string => {
  const result = spawnSync(found?.promtool ?? '', args, { cwd: checkout, encoding: 'utf8' });
  return `${result.stdout}${result.stderr}exit ${result.status}`;
};

describeWhere(`the alert rules${why}`, () => {
  const folder = 'deploy/observability/prometheus';

  it('are right by Prometheus', () => {
    expect(
      promtool(
        'check',
        'rules',
        ...['alerts', 'recorded', 'slo', 'thresholds'].map((name) => join(folder, `rules/${name}.yml`)),
      ),
    ).toMatch(/exit 0$/);
  });

  it('fire when they should and are silent when they should be', () => {
    expect(promtool('test', 'rules', join(folder, 'tests/alerts.test.yml'))).toMatch(/SUCCESS[\s\S]*exit 0$/);
  });

  describe('over running processes', () => {
    let system: System;
    let prometheus: OwnPrometheus;
    beforeAll(async () => {
      system = await System.start();
      const names = ['gateway', 'auth', 'worker'];
      const urls = await Promise.all(names.map((name) => system.healthUrl(name)));
      const targets = Object.fromEntries(names.map((name, index) => [name, urls[index] ?? '']));
      prometheus = await OwnPrometheus.start(found?.prometheus ?? '', targets);
    });
    afterAll(async () => {
      await prometheus?.stop();
      await system?.stop();
    });

    const down = async (): Promise<string[]> => (await prometheus.firing()).filter((name) => /^ServiceDown/.test(name));

    it('are silent while all is well', async () => {
      // A busy machine may miss a scrape: the alert ends with the next one.
      const well = async (): Promise<boolean> =>
        (await prometheus.values('sum(up)'))[0] === 3 && (await down()).length === 0;
      await until(well, 'all targets to be scraped and no alert to fire');
      expect(await prometheus.values('min(open_cpo_broker_connected)')).toEqual([1]);
    });

    it('fire when a service is stopped', async () => {
      await system.end('auth');
      await until(async () => (await down()).join() === 'ServiceDown auth', 'the alert of this service alone');
    });
  });
});

it('every alert is tested, firing and silent', () => {
  const { tests } = yaml('prometheus/tests/alerts.test.yml') as { tests: { name: string }[] };
  const expected = alerts().flatMap(({ alert }) => [`${alert} fires`, `${alert} is silent`]);
  const others = ['Two platforms of a cluster are distinguished', 'Servers of others raise nothing'];
  expect(tests.map(({ name }) => name).sort()).toEqual([...expected, ...others].sort());
});
