import { isWorkload, type Manifest } from './manifest';

interface Scaler {
  readonly scaleTargetRef: { readonly name: string };
}

/**
 * Deployments whose number of replicas is in the wrong hands: `spec.replicas` beside an autoscaler takes away at every
 * apply what the autoscaler has added, and without either there is one replica.
 */
export function replicasProblems(manifests: readonly Manifest[]): string[] {
  const scaled = manifests
    .filter(({ kind }) => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind))
    .map(({ spec }) => (spec as unknown as Scaler).scaleTargetRef.name);
  return manifests
    .filter(isWorkload)
    .filter(({ kind }) => kind === 'Deployment')
    .filter(({ metadata, spec }) => scaled.includes(metadata.name) === (spec.replicas !== undefined))
    .map(({ metadata, spec }) => `${metadata.name}: ${spec.replicas ?? 'neither replicas nor an autoscaler'}`);
}
