import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stringify } from 'yaml';

/** A patch that makes other jobs of them, which an API server does not take in the place of those that there are. */
const otherJobs = (mark: string): object => ({
  target: { kind: 'Job', labelSelector: 'open-cpo/migration' },
  patch: stringify([{ op: 'add', path: '/spec/template/metadata/annotations', value: { 'open-cpo/trial': mark } }]),
});

interface Parts {
  readonly components?: readonly string[];
  readonly resources?: readonly string[];
  readonly patches?: readonly object[];
  readonly namespace?: string;
}

/** Folders on top of an overlay, below a folder of the checkout: kustomize knows relative addresses alone. */
export class Overlays {
  constructor(
    private readonly checkout: string,
    private readonly folder: string,
    private readonly overlay: string,
  ) {}

  /** The overlay with jobs of another version. */
  changed(mark: string): string {
    return this.write('changed', { patches: [otherJobs(mark)] });
  }

  /** The overlay with the component `quota`, in the namespace of the apps alone: `k8s/dev` has the servers as well. */
  limited(): string {
    const quota = this.write('quota', { components: ['k8s/components/quota'], namespace: 'open-cpo', resources: [] });
    return this.write('limited', { resources: [this.overlay, quota] });
  }

  /** A copy of `k8s/recovery`. */
  recovery(): string {
    const place = join(this.folder, 'recovery');
    cpSync(join(this.checkout, 'k8s/recovery'), place, { recursive: true });
    const file = join(place, 'kustomization.yaml');
    const beside = `${relative(place, join(this.checkout, 'k8s'))}/`;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('../', beside));
    return relative(this.checkout, place);
  }

  private write(name: string, { components = [], resources = [this.overlay], ...more }: Parts): string {
    const place = join(this.folder, name);
    mkdirSync(place, { recursive: true });
    const from = (path: string): string => relative(place, join(this.checkout, path));
    const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
    const parts = { resources: resources.map(from), components: components.map(from), ...more };
    writeFileSync(join(place, 'kustomization.yaml'), stringify({ ...head, ...parts }));
    return relative(this.checkout, place);
  }
}
