import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { productionSources } from './production-sources';
import { apps } from '../stack/apps';
import { type Container, containersOf, isWorkload, type Manifest, type Probe, type Workload } from './manifest';
import { replicasProblems } from './replicas';
import { describeRendered, overlays, rendered } from './render';

const checkout = resolve(__dirname, '../..');
const named = (manifests: readonly Manifest[], kind: string, name: string): Manifest | undefined =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name);
const inSeconds = ({ periodSeconds = 10, failureThreshold = 3 }: Probe = {}): number =>
  periodSeconds * failureThreshold;
const value = (workload: Workload, name: string): number =>
  Number(
    containersOf(workload)
      .at(-1)
      ?.env?.find((one) => one.name === name)?.value,
  );

interface Metric {
  readonly resource?: { readonly name: string };
  readonly pods?: { readonly metric: { readonly name: string } };
}

describeRendered('the manifests of overlay', () => {
  describe.each(overlays)('%s', (overlay) => {
    const manifests = rendered(`overlays/${overlay}`);
    const workloads = manifests.filter(isWorkload);
    const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
    const each = workloads.map((workload): [string, Workload] => [
      `${workload.kind} ${workload.metadata.name}`,
      workload,
    ]);
    const eachDeployment = deployments.map((one): [string, Workload] => [one.metadata.name, one]);

    it('run every app, set up the broker, and migrate every service with a database', () => {
      expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(apps.map(({ name }) => name).sort());
      const jobs = workloads.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name);
      const migrations = apps.filter(({ database }) => database).map(({ name }) => `${name}-migrate`);
      expect(jobs.sort()).toEqual(['broker-setup', ...migrations].sort());
    });

    it('are in the platform’s namespace, which admits restricted pods only', () => {
      const outside = manifests.filter(
        ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'open-cpo',
      );
      expect(outside).toEqual([]);
      const labels = named(manifests, 'Namespace', 'open-cpo')?.metadata.labels;
      expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    });

    it('hold no secret', () => {
      expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
      const secret = /PASSWORD|SECRET|_KEY|DATABASE_URL|REDIS_URL|SMTP_URL|SIGNING/;
      for (const { env = [] } of workloads.flatMap(containersOf)) {
        const told = env.filter((one) => secret.test(one.name) && !one.value?.startsWith('/secrets/'));
        expect(told).toEqual([]);
      }
    });

    it.each(each)('%s is a restricted pod', (_name, { spec }) => {
      const pod = spec.template.spec;
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect([pod.hostNetwork, pod.hostPID, pod.hostIPC]).toEqual([undefined, undefined, undefined]);
      expect(pod.volumes?.filter((volume) => 'hostPath' in volume)).toEqual([]);
    });

    it.each(each)('%s has an account of its own, without a token', (_name, { spec, metadata }) => {
      const account = named(manifests, 'ServiceAccount', spec.template.spec.serviceAccountName ?? '');
      expect(account).toMatchObject({ automountServiceAccountToken: false });
      expect(metadata.name.startsWith(account?.metadata.name ?? '?')).toBe(true);
    });

    it.each(each)('each container of %s is locked in and has its limits', (_name, workload) => {
      for (const container of containersOf(workload)) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
        expect(container.image).toMatch(/^ghcr\.io\/open-cpo\/[a-z]+(:\d+\.\d+\.\d+|@sha256:[0-9a-f]{64})$/);
        const writable = container.volumeMounts?.filter(({ readOnly }) => !readOnly).map(({ mountPath }) => mountPath);
        expect(writable).toEqual(['/tmp']);
      }
    });

    it.each(each)('%s runs what the image has', (_name, workload) => {
      for (const { image, args = ['main'] } of containersOf(workload)) {
        const app = /open-cpo\/([a-z]+)/.exec(image)?.[1] ?? '';
        if (workload.metadata.name === 'broker-setup') {
          expect(app).toBe('operator');
          expect(existsSync(join(checkout, 'tools/broker-setup/main.ts'))).toBe(true);
          continue;
        }
        expect(workload.metadata.name.replace(/-migrate$/, '')).toBe(app);
        expect(existsSync(join(checkout, 'apps', app, 'src', `${args[0]}.ts`))).toBe(true);
      }
    });

    it.each(eachDeployment)('%s is asked by three probes that tell the truth', (_name, { spec }) => {
      const { startupProbe, livenessProbe, readinessProbe, ports, env } = spec.template.spec.containers[0] as Container;
      expect(startupProbe?.httpGet).toEqual({ path: '/health/live', port: 'health' });
      expect(livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'health' });
      expect(readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'health' });
      const port = ports?.find(({ name }) => name === 'health')?.containerPort;
      expect(env).toContainEqual({ name: 'HEALTH_PORT', value: String(port) });
      // Out of the load balancer long before it is killed; killed before callers lose patience for good.
      expect(inSeconds(readinessProbe)).toBeLessThan(inSeconds(livenessProbe));
      expect(inSeconds(livenessProbe)).toBeLessThanOrEqual(30);
    });

    it.each(eachDeployment)('%s has the time to finish what it began', (_name, workload) => {
      const { terminationGracePeriodSeconds = 30, containers } = workload.spec.template.spec;
      const pause = Number(containers[0]?.lifecycle?.preStop?.exec?.command[1]);
      expect(pause).toBeGreaterThan(0);
      expect(terminationGracePeriodSeconds).toBeGreaterThan(pause + value(workload, 'SHUTDOWN_SECONDS'));
    });

    it.each(eachDeployment)('%s is renewed without a gap', (name, { spec }) => {
      expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
      expect(named(manifests, 'PodDisruptionBudget', name)?.spec).toMatchObject({
        maxUnavailable: 1,
        selector: { matchLabels: spec.selector?.matchLabels },
      });
    });

    it('have a number of replicas where no autoscaler owns it, and only there', () => {
      expect(replicasProblems(manifests)).toEqual([]);
    });

    it.each(eachDeployment)('%s is spread over zones and nodes', (name, { spec }) => {
      const keys = spec.template.spec.topologySpreadConstraints?.map((one) => {
        expect(one.labelSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': name });
        return one.topologyKey;
      });
      expect(keys).toEqual(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
      expect(spec.template.metadata.labels).toMatchObject({ 'app.kubernetes.io/name': name });
    });

    const services = apps.filter(({ database }) => database).map(({ name }) => name);
    it.each(eachDeployment.filter(([name]) => services.includes(name)))(
      '%s waits for its migrations',
      (name, { spec }) => {
        const [waiting] = spec.template.spec.initContainers ?? [];
        expect(waiting?.args).toEqual(['migrate', 'wait']);
        const migration = named(manifests, 'Job', `${name}-migrate`) as Workload;
        const [doing] = migration.spec.template.spec.containers;
        expect(doing?.args).toEqual(['migrate']);
        expect(doing?.image).toBe(waiting?.image);
        expect(spec.template.spec.containers[0]?.image).toBe(waiting?.image);
      },
    );

    if (overlay !== 'dev') {
      it.each(eachDeployment)('%s scales by its own load, from two', (name) => {
        const scaler = named(manifests, 'HorizontalPodAutoscaler', name) ?? named(manifests, 'ScaledObject', name);
        const { minReplicas, minReplicaCount, scaleTargetRef } = scaler?.spec ?? {};
        expect(Number(minReplicas ?? minReplicaCount)).toBeGreaterThanOrEqual(2);
        expect(scaleTargetRef).toMatchObject({ name });
      });

      it.each(eachDeployment.filter(([name]) => name !== 'worker'))(
        '%s scales by what it is working on as well',
        (name) => {
          const { metrics } = named(manifests, 'HorizontalPodAutoscaler', name)?.spec as { metrics: Metric[] };
          expect(metrics[0]?.resource?.name).toBe('cpu');
          const told = metrics[1]?.pods?.metric.name ?? 'none';
          const source = ['gateway', 'chargers'].includes(name) ? `apps/${name}/src` : 'libs/messaging/src';
          const texts = productionSources(join(checkout, source)).map((file) => readFileSync(file, 'utf8'));
          expect(texts.filter((text) => text.includes(`${told}:`))).toHaveLength(1);
        },
      );
    }
  });
});
