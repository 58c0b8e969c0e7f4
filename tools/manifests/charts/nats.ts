import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Container, Workload } from '../manifest';
import { kubernetesFolder } from '../render';

type Values = Readonly<Record<string, unknown>>;
interface Part {
  readonly enabled?: boolean;
  readonly merge?: Values;
}
interface Chart {
  readonly podTemplate: Workload['spec']['template'];
  readonly containers: Readonly<Record<string, Container>>;
}

const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Merges as Helm does: maps key by key, everything else is replaced. */
export function merged(below: unknown, above: unknown): unknown {
  if (!isMap(below) || !isMap(above)) return above;
  const both = Object.entries(above).map(([key, value]) => [key, key in below ? merged(below[key], value) : value]);
  return { ...below, ...(Object.fromEntries(both) as Values) };
}

/** Parts of the pod that are there only when values say so. */
const OPTIONAL = ['promExporter'];

/** The broker's StatefulSet as the chart makes it with these files of values, which are named below k8s/servers/nats. */
export function natsWorkload(...files: readonly string[]): Workload {
  const { podTemplate, containers } = parse(readFileSync(join(__dirname, 'nats.yaml'), 'utf8')) as Chart;
  const read = (file: string): unknown => parse(readFileSync(join(kubernetesFolder, 'servers/nats', file), 'utf8'));
  const values = files.map(read).reduce(merged, {}) as Readonly<Record<string, Part>>;
  const made = Object.entries(containers)
    .filter(([name]) => values[name]?.enabled ?? !OPTIONAL.includes(name))
    .map(([name, container]) => merged(container, values[name]?.merge ?? {}));
  const pod = merged(
    { ...podTemplate, spec: { ...podTemplate.spec, containers: made } },
    values.podTemplate?.merge ?? {},
  );
  const metadata = { name: 'nats', namespace: 'open-cpo-data' };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { template: pod } } as Workload;
}
