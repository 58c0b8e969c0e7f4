import { manifestFiles, overlays, describeRendered, rendered } from './render';
import { isWorkload, type Manifest } from './manifest';
import { schemaProblems } from './schema';
import { spawnSync } from 'node:child_process';
import { parse, stringify } from 'yaml';

const budget = (spec: object): Manifest =>
  ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'one' }, spec }) as Manifest;

describe('the schema of an object', () => {
  it.each([
    ['nothing, when it is right', { maxUnavailable: 1 }, []],
    ['a wrong type', { maxUnavailable: [1] }, [expect.stringMatching(/maxUnavailable/)]],
    ['a value that does not exist', { unhealthyPodEvictionPolicy: 'Sometimes' }, [expect.stringMatching(/Policy/)]],
    ['a field that does not exist', { maxUnavailabel: 1 }, ['.spec.maxUnavailabel does not exist']],
    ['such a field further down', { selector: { matchLabel: {} } }, ['.spec.selector.matchLabel does not exist']],
  ])('tells %s', (_what, spec, problems) => {
    expect(schemaProblems(budget(spec))).toEqual(problems);
  });

  it('is known for what the platform uses beyond Kubernetes', () => {
    const scaled = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'worker' } };
    expect(schemaProblems({ ...scaled, spec: { scaleTargetRef: { name: 'x' }, trigger: [] } })).not.toEqual([]);
  });
});

describe('the files below k8s/', () => {
  it.each(manifestFiles())('$file is right by the schemas', ({ manifests }) => {
    expect(manifests.length).toBeGreaterThan(0);
    expect(manifests.flatMap(schemaProblems)).toEqual([]);
  });
});

describeRendered('the rendered manifests', () => {
  describe.each([...overlays.map((name) => `overlays/${name}`), 'servers', 'recovery'])('of %s', (folder) => {
    const manifests = rendered(folder);

    it('are right by the schemas', () => {
      expect(
        manifests.flatMap((one) => schemaProblems(one).map((problem) => `${one.metadata.name}: ${problem}`)),
      ).toEqual([]);
    });

    it('come back whole from kubectl’s own types', () => {
      for (const workload of manifests.filter(isWorkload)) expect(roundTrip(workload)).toEqual(comingBack(workload));
    });
  });
});

/** Decodes into the types of Kubernetes and writes again: what does not exist is lost on the way. */
function roundTrip(manifest: object): unknown {
  const args = ['set', 'env', '--local', '-f', '-', 'ROUND_TRIP=yes', '-o', 'yaml'];
  const { stdout, stderr } = spawnSync('kubectl', args, { input: stringify(manifest), encoding: 'utf8' });
  expect(stderr).toBe('');
  return parse(stdout);
}

describeRendered('the round trip', () => {
  it('loses a field that does not exist', () => {
    const deployment = rendered('overlays/dev').find(({ kind }) => kind === 'Deployment');
    const mistyped = { ...deployment, spec: { ...deployment?.spec, replica: 3 } };
    expect(roundTrip(mistyped)).not.toEqual(comingBack(mistyped));
  });
});

/** What has to come back; the variable that was added makes lists and objects longer. */
function comingBack(value: unknown): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(comingBack));
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(Object.fromEntries(Object.entries(value).map(([key, one]) => [key, comingBack(one)])));
}
