import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@open-cpo/platform';
import { DeskConfig } from '../operator/desk-config';
import { compose } from './compose';
import { containersOf, isWorkload, type Workload } from './manifest';
import { kubernetesFolder, manifestsIn } from './render';
import { unknownVariables } from './settings';

const names = (environment: object): string[] => Object.keys(environment).filter((name) => name !== 'NODE_ENV');

describe('the operators’ desk in a cluster', () => {
  const manifests = manifestsIn(readFileSync(join(kubernetesFolder, 'components/operator/operator.yaml'), 'utf8'));
  const deployment = manifests.find(isWorkload) as Workload;
  const [container] = containersOf(deployment);

  it('is empty until somebody sits down, and can do nothing but speak to the broker', () => {
    expect(deployment.spec.replicas).toBe(0);
    expect(deployment.spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const policy = manifests.find(({ kind }) => kind === 'NetworkPolicy')?.spec as { egress: { ports: object[] }[] };
    expect(policy.egress.flatMap(({ ports }) => ports)).toEqual([{ protocol: 'TCP', port: 4222 }]);
  });

  it('is told what the command reads', () => {
    const told = Object.fromEntries((container?.env ?? []).map(({ name, value = '' }) => [name, value]));
    expect(unknownVariables(DeskConfig, names(told))).toEqual([]);
    const here = { ...told, NATS_PASSWORD_FILE: '', NATS_PASSWORD: 'secret', CALL_KEYS_FILE: '' };
    expect(readConfig(DeskConfig, here)).toMatchObject({ natsUser: 'operator', natsPassword: 'secret' });
  });
});

describe('the operators’ desk of the compose file', () => {
  const service = compose().services.operator;

  it('is there when it is asked for', () => {
    expect(service?.profiles).toEqual(['operator']);
    expect(service?.image).toBe('open-cpo/operator');
    expect(service?.volumes).toEqual(['secrets-operator:/secrets:ro']);
    expect(unknownVariables(DeskConfig, names(service?.environment ?? {}))).toEqual([]);
  });

  it('is locked in like an app', () => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], user: '10001:10001' });
    expect(service).toMatchObject({ security_opt: ['no-new-privileges:true'], mem_limit: '512m' });
  });
});
