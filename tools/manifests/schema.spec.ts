import { manifestFiles, overlays, describeRendered, rendered } from './render';
import { isWorkload, type Manifest } from './manifest';
import { schemaProblems } from './schema';
import { comingBack, roundTrip } from './round-trip';

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

  it.each(manifestFiles())('$file names no image that may change under its name', ({ manifests }) => {
    const images = [...JSON.stringify(manifests).matchAll(/"image(?:Name)?":"([^"]+)"/g)].map(([, name = '']) => name);
    // Those of the apps get their tag or digest from the kustomization.
    const own = /^open-cpo\/[a-z]+$/;
    const fixed = /:v?\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?$|@sha256:[0-9a-f]{64}$/;
    expect(images.filter((name) => !fixed.test(name) && !own.test(name))).toEqual([]);
  });
});

describeRendered('the rendered manifests', () => {
  describe.each([
    ...overlays.map((name) => `overlays/${name}`),
    'servers',
    'servers-tls',
    'servers-monitoring',
    'servers-monitoring-tls',
    'recovery',
  ])('of %s', (folder) => {
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

describeRendered('the round trip', () => {
  it('loses a field that does not exist', () => {
    const deployment = rendered('overlays/dev').find(({ kind }) => kind === 'Deployment');
    const mistyped = { ...deployment, spec: { ...deployment?.spec, replica: 3 } };
    expect(roundTrip(mistyped)).not.toEqual(comingBack(mistyped));
  });
});
