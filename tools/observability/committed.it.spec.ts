import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../operator/commands';
import { apps } from '../stack/apps';
import { alerts, checkout, dashboards, metricsIn, rules, yaml } from './committed';
import { everyMetric } from './fixture/every-metric';

/** Told by others than us: Prometheus itself, the exporter of machines, Kubernetes, and the servers' own exporters. */
const OTHERS =
  /^(up|ALERTS|node_filesystem_\w+|kubelet_volume_stats_\w+|kube_\w+|container_memory_\w+|cnpg_\w+|barman_cloud_cloudnative_pg_io_\w+|nats_varz_\w+|redis_\w+|certmanager_\w+)$/;
/** Where the pages of alerts are published, from docs/runbooks of this repository. */
const RUNBOOKS = 'https://github.com/open-cpo/open-cpo/blob/main/';

/** What our expressions may speak of, by what running services show. */
let known: Set<string>;
let shown: Record<string, string>;
beforeAll(async () => {
  shown = await everyMetric();
  known = new Set(
    Object.values(shown).flatMap((text) =>
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
        /histogram|summary/.test(type ?? '') ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
    ),
  );
});

/** The names of our own metrics, without those that Node tells. */
const own = (): string[] => {
  const lines = Object.values(shown).flatMap((text) => [...text.matchAll(/^# TYPE (open_cpo_\w+) /gm)]);
  return [...new Set(lines.map(([, name = '']) => name))].sort();
};

const unknown = (expressions: readonly string[]): string[] => {
  const recorded = new Set(rules().map(({ record }) => record));
  const names = expressions.flatMap(metricsIn);
  return [...new Set(names)].filter((name) => !known.has(name) && !OTHERS.test(name) && !recorded.has(name));
};

/** Names of the release before, for dashboards of operators. */
const DEPRECATED = ['open_cpo_calls_held_back_total', 'open_cpo_calls_second_tries_total'];

describe('what a service shows', () => {
  it('has names as Prometheus wants them, and says what they are', () => {
    for (const text of Object.values(shown)) {
      const types = [...text.matchAll(/^# TYPE (open_cpo_\S+) (\S+)$/gm)];
      expect(types.length).toBeGreaterThan(3);
      for (const [, name = '', type] of types) {
        expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
        expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
        expect(text).toMatch(new RegExp(`^# HELP ${name} \\S.*\\.$`, 'm'));
      }
    }
  });

  it.each(['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers'])(
    'has the pools and the outbox of %s',
    (name) => {
      expect(shown[name]).toMatch(/^open_cpo_database_connections_max\{pool="writes"\} [1-9]/m);
      expect(shown[name]).toMatch(/^open_cpo_outbox_lag_seconds\{kind="fact"\} \d/m);
      expect(shown[name]).toMatch(/^open_cpo_outbox_dead\{kind="job"\} 0/m);
      expect(shown[name]).toMatch(/^open_cpo_broker_connected 1/m);
    },
  );

  it('has how far each consumer is behind', () => {
    expect(shown.payouts).toMatch(/^open_cpo_consumer_pending\{consumer="payouts-\w[\w-]*"\} \d/m);
    expect(shown.stations).toMatch(/^open_cpo_consumer_pending\{consumer="stations-\w[\w-]*"\} \d/m);
  });

  it('has the numbers of the business', () => {
    expect(shown.auth).toMatch(/^open_cpo_emails_waiting 0/m);
    expect(shown.auth).toMatch(/^open_cpo_sessions_active 0/m);
    expect(shown.orders).toMatch(/^open_cpo_charging_sessions_active 0/m);
    expect(shown.orders).toMatch(/^open_cpo_orders 0/m);
    expect(shown.payouts).toMatch(/^open_cpo_payouts_pending 0/m);
    expect(shown.payouts).toMatch(/^open_cpo_ledger_proof_holds 1/m);
    expect(shown.worker).toMatch(/^open_cpo_webhook_tries_total\{result="given_up"\} 0/m);
    expect(shown.worker).toMatch(/^open_cpo_queue_jobs\{queue="emails",state="waiting"\} 0/m);
  });

  it('counts from zero what alerts look at', () => {
    expect(shown.gateway).toMatch(/^open_cpo_http_shed_total\{class="logins",reason="full"\} 0/m);
    expect(shown.gateway).toMatch(/^open_cpo_http_responses_total\{class="5xx"\} \d/m);
    expect(shown.orders).toMatch(/^open_cpo_metric_failures_total\{metric="open_cpo_orders"\} 0/m);
  });

  it('is in the list of the documentation, all of it and nothing else', () => {
    const text = readFileSync(join(checkout, 'docs/observability.md'), 'utf8');
    const listed = [...text.matchAll(/^\| .*`open_cpo_.* \|$/gm)].flatMap(([row]) => row.match(/open_cpo_\w+/g) ?? []);
    expect([...new Set(listed)].sort()).toEqual(own());
  });

  it('is looked at: by a dashboard or by a rule', () => {
    const inPanels = dashboards().flatMap(([, { panels }]) => panels.flatMap(({ targets }) => targets));
    const asked = [...inPanels, ...rules()].flatMap(({ expr }) => metricsIn(expr));
    const looked = new Set(asked.map((name) => name.replace(/_(bucket|count|sum)$/, '')));
    const left = own().filter((name) => !looked.has(name) && !DEPRECATED.includes(name));
    expect(left).toEqual([]);
  });

  it('could all be read', () => {
    const failed = Object.values(shown).flatMap(
      (text) => text.match(/^open_cpo_metric_failures_total\{.* [1-9].*/gm) ?? [],
    );
    expect(failed).toEqual([]);
  });
});

describe('the dashboards', () => {
  it.each(dashboards())('%s asks for metrics that there are', (_name, { panels, templating }) => {
    const expressions = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(unknown([...expressions, ...templating.list.map(({ definition }) => definition)])).toEqual([]);
  });

  it.each(dashboards())('%s has panels that Grafana can show, none above another', (_name, dashboard) => {
    expect(dashboard).toMatchObject({ schemaVersion: 39, title: expect.stringMatching(/^Open CPO \/ /) });
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = new Set<string>();
    for (const { title, type, datasource, gridPos, targets } of dashboard.panels) {
      expect(title).not.toBe('');
      expect(['timeseries', 'stat']).toContain(type);
      expect(datasource.uid).toBe('prometheus');
      expect(targets.length).toBeGreaterThan(0);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells).not.toContain(`${x}/${y}`);
          cells.add(`${x}/${y}`);
        }
      }
    }
  });

  it('use the data source and the folder that are provisioned', () => {
    const { datasources } = yaml('grafana/provisioning/datasources/datasources.yml') as { datasources: object[] };
    expect(datasources).toContainEqual(expect.objectContaining({ uid: 'prometheus', type: 'prometheus' }));
    const uids = dashboards().map(([, { uid }]) => uid);
    expect(new Set(uids).size).toBe(uids.length);
  });
});

describe('the rules', () => {
  it('ask for metrics that there are', () => {
    expect(unknown(rules().map(({ expr }) => expr))).toEqual([]);
  });

  it.each(alerts().map((rule): [string, typeof rule] => [rule.alert, rule]))('%s leads to its runbook', (_n, rule) => {
    expect(['page', 'ticket']).toContain(rule.labels?.severity);
    expect(rule.annotations).toMatchObject({ summary: expect.any(String), description: expect.any(String) });
    // The name of the annotation is what Alertmanager's and Grafana's templates look for.
    const url = rule.annotations?.runbook_url ?? '';
    expect(url.startsWith(RUNBOOKS)).toBe(true);
    const page = readFileSync(join(checkout, url.slice(RUNBOOKS.length)), 'utf8');
    expect(page).toContain(`# ${rule.alert}\n`);
    // The page quotes the condition; one that is out of date would mislead.
    expect(page).toContain(`\`${rule.expr.trim()}\``);
    expect(page).toMatch(/## What it means[\s\S]+## Where to look[\s\S]+## What to do/);
  });

  it('are watched over every app', () => {
    const { scrape_configs } = yaml('prometheus/prometheus.yml') as { scrape_configs: { job_name: string }[] };
    const jobs = scrape_configs.map(({ job_name }) => job_name).filter((name) => name !== 'node');
    expect(jobs.sort()).toEqual(apps.map(({ name }) => name).sort());
    const down = alerts().find(({ alert }) => alert === 'ServiceDown')?.expr ?? '';
    expect(/job=~"([^"]+)"/.exec(down)?.[1]?.split('|').sort()).toEqual(jobs.sort());
  });
});

describe('the runbooks', () => {
  const folder = join(checkout, 'docs/runbooks');
  const pages = readdirSync(folder).map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);

  it.each(pages)('%s names commands of the operator that there are', (_name, text) => {
    const named = [...text.matchAll(/npm run operator -- ([a-z-]+ [a-z-]+)/g)].map(([, command]) => command);
    expect(named.filter((command) => !commands.some(({ name }) => name === command))).toEqual([]);
  });

  it.each(pages)('%s links to pages that there are', (_name, text) => {
    const links = [...text.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });

  it('are there for alerts alone', () => {
    const named = alerts().map(({ annotations }) => annotations?.runbook_url?.replace(`${RUNBOOKS}docs/runbooks/`, ''));
    expect(pages.map(([name]) => name).sort()).toEqual([...named, 'README.md'].sort());
  });
});
