import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basics } from '../../stack/environment';
import { checkout } from '../compose';
import { isWorkload } from '../manifest';
import { describeRendered, rendered } from '../render';
import { JOURNEYS, overlayOf, type Place, type Profile } from './journeys';
import { Overlays } from './overlays';
import { blocksOf, Pages } from './pages';
import { Cluster, kept, travel } from './run';
import { type Found, statusOf } from './stand-in';

const profiles: readonly Profile[] = ['dev', 'production'];
const pages = new Pages(checkout);
const texts = ['operations.md', 'backup.md', 'runbooks/backup-old.md'].map((name) =>
  readFileSync(join(checkout, 'docs', name), 'utf8'),
);
/** Every command of the pages: in blocks, and between backticks. */
const known = new Set(
  texts.flatMap((text) => [
    ...blocksOf(text).flatMap((block) => block.split('\n').map((line) => line.replace(/ +#.*$/, '').trim())),
    ...[...text.matchAll(/`(kubectl [^`]+)`/g)].map(([, command = '']) => command),
  ]),
);
const placeOf = (profile: Profile): Place => {
  const folders = { overlay: overlayOf(profile), changed: 'changed', limited: 'limited', recovery: 'recovered' };
  return { pages, profile, ...folders };
};

describe.each(profiles)('the journeys of the profile %s', (profile) => {
  const place = placeOf(profile);
  const journeys = JOURNEYS.filter((one) => one.profiles.includes(profile));

  it.each(journeys.map((one): [string, (typeof journeys)[number]] => [one.name, one]))(
    '%s runs commands of the guide alone',
    (_name, { steps }) => {
      const commands = steps(place).flatMap(({ run }) => run.split('\n').map((line) => line.trim()));
      expect(commands.length).toBeGreaterThan(0);
      // Folders of the trial stand in the place of those of the pages.
      const plain = (line: string): string =>
        line
          .replace(/-k (changed|limited)$/, `-k ${overlayOf(profile)}`)
          .replace('-k recovered', '-k k8s/recovery')
          .replace(/ +#.*$/, '');
      const named = commands.map(plain).filter((line) => /^(kubectl|helm|node) /.test(line));
      // The development cluster is upgraded by one command of the page, which applies this folder.
      const foreign = named.filter((line) => !known.has(line) && line !== 'kubectl apply -k k8s/dev');
      expect(foreign).toEqual([]);
    },
  );

  it('end with success by the guide wherever something was applied', () => {
    const success = pages.block('operations.md', '# Success');
    for (const { name, steps } of journeys.filter((one) => one.name !== 'recovery')) {
      expect([name, steps(place).at(-1)?.run]).toEqual([name, success]);
    }
  });
});

describe('a journey', () => {
  it('names a page that has its commands', () => {
    expect(() => pages.block('operations.md', '# Downgrade')).toThrow('docs/operations.md has no block "# Downgrade"');
    expect(() => pages.line('backup.md', 'kubectl drop')).toThrow('docs/backup.md has no command "kubectl drop"');
  });

  it('finds replicas that an apply took away, and an app without ready replicas', () => {
    const before = new Map([['gateway', { wanted: 8, available: 8 }]]);
    const after = new Map([['gateway', { wanted: 2, available: 0 }]]);
    const step = { what: 'apply again', keepsReplicas: true, keepsServing: true };
    expect(kept(step, before, after)).toEqual([
      'apply again: gateway went from 8 to 2 replicas',
      'apply again: gateway has no ready replica',
    ]);
    expect(kept(step, before, before)).toEqual([]);
  });
});

describe('the stand-in for nodes', () => {
  const found = (kind: string, status: Found['status'] = {}, owner = 'ReplicaSet'): Found => ({
    kind,
    metadata: { name: 'one', namespace: 'open-cpo', ownerReferences: [{ kind: owner }] },
    status,
  });
  it('has jobs end and all else be ready', () => {
    expect(statusOf(found('Pod', { phase: 'Pending' }, 'Job'))).toEqual({ phase: 'Succeeded' });
    const ready = { conditions: expect.arrayContaining([expect.objectContaining({ type: 'Ready', status: 'True' })]) };
    expect(statusOf(found('Pod', { phase: 'Pending' }))).toMatchObject({ phase: 'Running', ...ready });
    expect(statusOf(found('Cluster'))).toMatchObject(ready);
    expect(statusOf(found('Backup'))).toEqual({ phase: 'completed' });
  });
  it('changes nothing twice', () => {
    expect(statusOf(found('Pod', { phase: 'Running' }))).toBeUndefined();
    expect(statusOf(found('Cluster', { conditions: [{ type: 'Ready' }] }))).toBeUndefined();
    expect(statusOf(found('Backup', { phase: 'completed' }))).toBeUndefined();
  });
});

describeRendered.each(profiles)('the overlays of a journey on %s', (profile) => {
  let folder: string;
  beforeAll(() => {
    // Kustomize knows relative addresses alone, and no links on the way.
    mkdirSync(join(checkout, '.data'), { recursive: true });
    folder = mkdtempSync(join(checkout, '.data', 'journey-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const overlay = overlayOf(profile);
  const overlays = (): Overlays => new Overlays(checkout, folder, overlay);
  const at = (path: string) => rendered(join('..', path));

  it('have jobs of another version, and all else as it was', () => {
    const before = rendered(overlay.replace('k8s/', ''));
    const after = at(overlays().changed('other'));
    const jobs = (all: typeof before) => all.filter(({ kind }) => kind === 'Job');
    expect(jobs(after).map(({ metadata }) => metadata.name)).toEqual(jobs(before).map(({ metadata }) => metadata.name));
    for (const one of jobs(after).filter(isWorkload)) {
      expect(one.spec.template.metadata).toHaveProperty('annotations', { 'open-cpo/trial': 'other' });
    }
    expect(after.filter(({ kind }) => kind !== 'Job')).toEqual(before.filter(({ kind }) => kind !== 'Job'));
  });

  it('have a quota on top, in the namespace of the apps', () => {
    const limits = at(overlays().limited()).filter(({ kind }) => /^(ResourceQuota|LimitRange)$/.test(kind));
    expect(limits.map(({ kind, metadata }) => [kind, metadata.namespace])).toEqual([
      ['ResourceQuota', 'open-cpo'],
      ['LimitRange', 'open-cpo'],
    ]);
  });

  it('have the recovery, with a moment that a step puts in', () => {
    const path = overlays().recovery();
    expect(at(path).map(({ metadata }) => metadata.name)).toContain('postgres-restored');
    expect(readFileSync(join(checkout, path, 'cluster.yaml'), 'utf8')).toMatch(/targetTime: '[^']+'/);
  });
});

describe('a journey to a stand-in for kubectl', () => {
  const KUBECTL = `#!/bin/sh
case "$1 $2" in 'get deployments') echo '{"items":[]}'; exit 0;; esac
echo "$*" >> "$ASKED"
case "$*" in "$REFUSED"*) echo 'The Job is invalid: field is immutable' >&2; exit 1;; esac
`;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cluster-'));
    writeFileSync(join(folder, 'kubectl'), KUBECTL, { mode: 0o755 });
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });
  const travelled = (name: string, refused = 'nothing'): { problems: string[]; asked: string[] } => {
    const asked = join(folder, 'asked');
    const path = `${folder}:${basics().PATH ?? ''}`;
    const cluster = new Cluster(checkout, { PATH: path, ASKED: asked, REFUSED: refused });
    const journeys = JOURNEYS.filter((one) => one.name === name);
    const problems = travel(cluster, journeys, placeOf('production'));
    return { problems, asked: readFileSync(asked, 'utf8').trim().split('\n') };
  };

  it('installs in the order of the guide and waits for all of it', () => {
    const { problems, asked } = travelled('install');
    expect(problems).toEqual([]);
    expect(asked[3]).toBe('apply -k k8s/overlays/production');
    expect(asked.filter((one) => one.startsWith('rollout status -n open-cpo deployment/'))).toHaveLength(9);
  });

  it('has the pods of all apps made under the quota before it looks at the rollouts', () => {
    const { problems, asked } = travelled('quota');
    expect(problems).toEqual([]);
    const places = ['apply -k limited', 'rollout restart -n open-cpo deployment', 'rollout status'].map((begin) =>
      asked.findIndex((one) => one.startsWith(begin)),
    );
    expect(places).not.toContain(-1);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('expects that an upgrade without its steps is refused, and goes on by them', () => {
    const { problems, asked } = travelled('upgrade without its steps', 'apply -k changed');
    expect(problems[0]).toMatch(/delete the jobs and apply again: ended with 1/);
    expect(asked).toEqual(['apply -k changed', 'delete job -n open-cpo -l open-cpo/migration', 'apply -k changed']);
    expect(travelled('upgrade without its steps').problems[0]).toMatch(/was not refused/);
  });
});
