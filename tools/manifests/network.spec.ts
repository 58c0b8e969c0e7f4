import * as addresses from 'ipaddr.js';
import { apps } from '../stack/apps';
import { renderOf } from './charts/facts';
import { checkout } from './compose';
import type { Manifest, Workload } from './manifest';
import { describeRendered, overlays, rendered, renderedWith } from './render';

interface Pods {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: readonly { key: string; operator: string; values: string[] }[];
}
interface Peer {
  readonly podSelector?: Pods;
  readonly namespaceSelector?: { matchLabels: Record<string, string> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Rules {
  readonly podSelector: Pods;
  readonly policyTypes: string[];
  readonly ingress?: { from?: Peer[]; ports?: { port: number }[] }[];
  readonly egress?: { to?: Peer[]; ports?: { port: number }[] }[];
}

interface GatewaySpec {
  readonly listeners: readonly { name: string; protocol: string; port: number; tls?: { mode: string } }[];
}
interface Route {
  readonly parentRefs: readonly { sectionName: string }[];
  readonly rules: readonly object[];
}

const NAMESPACE = 'kubernetes.io/metadata.name';
const policies = (manifests: readonly Manifest[]): Rules[] =>
  manifests.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec as unknown as Rules);
const covers = ({ podSelector }: Rules, labels: Record<string, string>): boolean =>
  Object.entries(podSelector.matchLabels ?? {}).every(([name, wanted]) => labels[name] === wanted) &&
  (podSelector.matchExpressions ?? []).every(
    ({ key, operator, values }) => operator === 'In' && values.includes(labels[key] ?? ''),
  );
const words = (peer: Peer): string =>
  peer.ipBlock ? 'the world' : `${peer.namespaceSelector?.matchLabels[NAMESPACE] ?? 'here'}/${podsOf(peer)}`;
const podsOf = ({ podSelector: { matchLabels = {}, matchExpressions = [] } = {} }: Peer): string =>
  [...Object.values(matchLabels), ...matchExpressions.map(({ values }) => values.join('|'))].join() || '*';

/** Where a pod with these labels may connect to, as "who:port". */
const outwards = (rules: readonly Rules[], labels: Record<string, string>): string[] =>
  rules
    .filter((one) => covers(one, labels))
    .flatMap(({ egress = [] }) => egress)
    .flatMap(({ to = [], ports = [] }) => to.flatMap((peer) => ports.map(({ port }) => `${words(peer)}:${port}`)))
    .filter((edge) => !edge.endsWith(':53'))
    .sort();
const inwards = (rules: readonly Rules[], labels: Record<string, string>): string[] =>
  rules
    .filter((one) => covers(one, labels))
    .flatMap(({ ingress = [] }) => ingress)
    .flatMap(({ from = [], ports = [] }) => from.flatMap((peer) => ports.map(({ port }) => `${words(peer)}:${port}`)));

describeRendered('the network of overlay', () => {
  describe.each(overlays)('%s', (overlay) => {
    const manifests = rendered(`overlays/${overlay}`);
    const rules = policies(manifests);
    const labelsOf = (name: string): Record<string, string> =>
      (manifests.find((one) => one.metadata.name === name && ['Deployment', 'Job'].includes(one.kind)) as Workload).spec
        .template.metadata.labels;
    const servers = ['open-cpo-data/nats:4222', 'open-cpo-data/valkey:6379'];

    it('is closed but for the edges that are named', () => {
      const closed = rules.find((one) => !one.ingress && !one.egress);
      expect(closed).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
      const open = rules.flatMap(({ ingress = [], egress = [] }) => [
        ...ingress.filter(({ from, ports }) => !from || !ports),
        ...egress.filter(({ to, ports }) => !to || !ports),
      ]);
      expect(open).toEqual([]);
    });

    it.each(apps.map(({ name }) => name))('lets %s reach what it needs and nothing else', (name) => {
      const caught = overlay === 'dev' ? ['open-cpo-data/mail:1025'] : [];
      const mails = ['the world:465', 'the world:587', ...caught];
      const hooks = ['the world:443', 'the world:8443'];
      const more: Record<string, string[]> = { payouts: ['the world:443'], worker: [...mails, ...hooks] };
      const database = apps.find((app) => app.name === name)?.database
        ? ['open-cpo-data/postgres|postgres-restored:5432']
        : [];
      const traces = overlay === 'staging' ? ['monitoring/opentelemetry-collector:4318'] : [];
      const all = [...servers, ...database, ...traces, ...(more[name] ?? [])];
      expect(outwards(rules, labelsOf(name))).toEqual(all.sort());
    });

    it.each(apps.filter(({ database }) => database).map(({ name }) => name))(
      'lets migrations of %s reach the database',
      (name) => {
        expect(outwards(rules, labelsOf(`${name}-migrate`))).toContain('open-cpo-data/postgres|postgres-restored:5432');
      },
    );

    it('lets clients reach the gateway and chargers their service, through what terminates TLS, and Prometheus every app', () => {
      for (const { name } of apps) {
        const ports: Record<string, number> = { gateway: 3000, chargers: 8887 };
        const clients = name in ports ? [`envoy-gateway-system/*:${ports[name]}`] : [];
        expect(inwards(rules, labelsOf(name)).sort()).toEqual([...clients, 'monitoring/*:9090'].sort());
      }
    });

    it('lets the proxy reach pods that answer challenges for certificates, and those reach nothing', () => {
      const challenge = { 'acme.cert-manager.io/http01-solver': 'true' };
      expect(inwards(rules, challenge)).toEqual(['envoy-gateway-system/*:8089']);
      expect(outwards(rules, challenge)).toEqual([]);
    });

    if (overlay !== 'dev') {
      it('encrypts what clients send, and sends them there from plain HTTP', () => {
        const gateway = manifests.find(({ kind }) => kind === 'Gateway')?.spec as unknown as GatewaySpec;
        const terminated = Object.fromEntries(
          gateway.listeners.map(({ name, protocol, port, tls }) => [name, [protocol, port, tls?.mode]]),
        );
        expect(terminated).toEqual({ https: ['HTTPS', 443, 'Terminate'], http: ['HTTP', 80, undefined] });
        const routes = manifests.filter(({ kind }) => kind === 'HTTPRoute').map(({ spec }) => spec as unknown as Route);
        const rules = Object.fromEntries(
          routes.map(({ parentRefs: [parent], rules: one }) => [parent?.sectionName, one]),
        );
        expect(rules).toMatchObject({
          // Feeds and files are answered for as long as they take.
          https: [
            {
              matches: [{ path: { value: '/ocpp' } }],
              timeouts: { request: '0s' },
              backendRefs: [{ name: 'chargers' }],
            },
            { timeouts: { request: '0s' }, backendRefs: [{ name: 'gateway' }] },
          ],
          http: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }],
        });
        expect(rules.http?.[0]).not.toHaveProperty('backendRefs');
      });
    }
  });
});

describeRendered('the network on OpenShift', () => {
  it('lets pods ask its DNS, on the port that answers there', () => {
    const [dns] = renderedWith('base', ['openshift']).filter(({ metadata }) => metadata.name === 'dns');
    const { egress } = dns?.spec as { egress: { to: Peer[]; ports: { port: number }[] }[] };
    const edges = egress.flatMap(({ to, ports }) => to.flatMap((peer) => ports.map(({ port }) => words(peer) + port)));
    expect(edges).toEqual(expect.arrayContaining(['kube-system/kube-dns53', 'openshift-dns/default5353']));
  });
});

describeRendered('the network behind an ingress', () => {
  it('lets in its controller, and no other proxy', () => {
    const rules = policies(renderedWith('base', ['ingress']));
    const pods: [string, string][] = [
      ['app.kubernetes.io/name', 'gateway'],
      ['app.kubernetes.io/name', 'chargers'],
      ['acme.cert-manager.io/http01-solver', 'true'],
    ];
    for (const [label, value] of pods) {
      expect(inwards(rules, { [label]: value })).toEqual([expect.stringMatching(/^ingress-nginx\/\*:\d+$/)]);
    }
  });
});

describeRendered('the network of the servers', () => {
  const rules = policies(rendered('servers'));
  it.each([
    ['NATS', { 'app.kubernetes.io/name': 'nats' }, ['open-cpo/servers:4222', 'here/nats:6222']],
    ['Valkey', { 'app.kubernetes.io/name': 'valkey' }, ['open-cpo/servers:6379', 'keda/*:6379', 'here/valkey:6379']],
  ])('lets in to %s only who has business there', (_name, labels, edges) => {
    expect(inwards(rules, labels)).toEqual(edges);
  });

  it.each(['postgres', 'postgres-restored'])(
    'lets in to the cluster %s only services with a database, its replicas and its operator',
    (name) => {
      const edges = inwards(rules, { 'cnpg.io/cluster': name });
      const replicas = 'here/postgres|postgres-restored';
      const allowed = ['open-cpo/true:5432', `${replicas}:5432`, 'cnpg-system/*:5432'];
      expect(edges.filter((edge) => edge.endsWith(':5432'))).toEqual(allowed);
      expect(edges).toEqual(expect.arrayContaining(['cnpg-system/*:8000', `${replicas}:8000`]));
    },
  );

  it('lets Prometheus read the exporters, on the ports that they have', () => {
    const monitoring = policies(rendered('servers-monitoring'));
    expect(inwards(monitoring, { 'cnpg.io/cluster': 'postgres' })).toEqual(['monitoring/*:9187']);
    const [broker] = renderOf(checkout, 'nats', 'monitoring.yaml').workloads;
    const ports = broker?.spec.template.spec.containers.flatMap((one) => one.ports ?? []);
    const port = ports?.find(({ name }) => name === 'prom-metrics');
    expect(inwards(monitoring, { 'app.kubernetes.io/name': 'nats' })).toEqual([`monitoring/*:${port?.containerPort}`]);
    expect(inwards(monitoring, { 'app.kubernetes.io/name': 'valkey-exporter' })).toEqual(['monitoring/*:9121']);
    expect(inwards(monitoring, { 'app.kubernetes.io/name': 'valkey' })).toEqual(['here/valkey-exporter:6379']);
  });
});

describeRendered('a second platform in namespaces of its own', () => {
  const names = { apps: 'second', servers: 'second-data' };
  const old = (manifests: readonly Manifest[]): string[] =>
    manifests
      .filter((one) => /open-cpo-data|"(kubernetes.io\/metadata.name|namespace)":"open-cpo"/.test(JSON.stringify(one)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  it.each(['dev', 'staging', 'production'])('has apps of overlay %s that speak of it alone', (overlay) => {
    const more = { namespace: names.apps };
    const manifests = renderedWith(`overlays/${overlay}`, ['operator', 'namespaces'], more, names);
    expect(old(manifests)).toEqual([]);
    expect(JSON.stringify(manifests)).toContain('://nats.second-data.svc:4222');
    const reached = outwards(policies(manifests), { 'open-cpo/needs': 'servers' });
    expect(reached).toEqual(expect.arrayContaining(['second-data/nats:4222', 'second-data/valkey:6379']));
  });

  it.each(['servers', 'servers-tls', 'servers-dev', 'servers-monitoring'])('has its own %s', (folder) => {
    const more = { namespace: names.servers };
    const manifests = renderedWith(folder, ['namespaces'], more, names);
    expect(old(manifests)).toEqual([]);
    if (folder === 'servers-monitoring') return;
    const admitted = inwards(policies(manifests), { 'app.kubernetes.io/name': 'nats' });
    expect(admitted).toContain('second/servers:4222');
  });
});

describeRendered('exceptions of address ranges', () => {
  /** As an API server reads it: IPv4 in the form of IPv6 is IPv4. */
  const isWithin = (inner: string, outer: string): boolean => {
    const [[address, bits], [range, length]] = [addresses.parseCIDR(inner), addresses.parseCIDR(outer)];
    const read = addresses.process(address.toString());
    return read.kind() === range.kind() && bits > length && read.match(range, length);
  };
  const peers = policies(renderedWith('overlays/production', ['dual-stack'])).flatMap(
    ({ ingress = [], egress = [] }) => [
      ...ingress.flatMap(({ from = [] }) => from),
      ...egress.flatMap(({ to = [] }) => to),
    ],
  );
  const blocks = peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock] : []));

  it('are parts of the range, or the API server refuses the policy', () => {
    expect(isWithin('::ffff:0:0/96', '::/0')).toBe(false);
    expect(blocks.map(({ cidr }) => cidr)).toContain('::/0');
    const outside = blocks.flatMap(({ cidr, except = [] }) => except.filter((one) => !isWithin(one, cidr)));
    expect(outside).toEqual([]);
  });
});
