import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A chart of others as the operations guide installs it. */
export interface Install {
  readonly release: string;
  /** `nats/nats`, or an `oci://` address. */
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  /** `-f` and `--set`, each followed by what it is given. */
  readonly values: readonly string[];
}

/** What the guide adds to the command when it is wanted: `-f k8s/servers/nats/monitoring.yaml`. */
const OPTIONS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  nats: [
    ['-f', 'k8s/servers/nats/monitoring.yaml'],
    ['-f', 'k8s/servers/nats/monitoring.yaml', '-f', 'k8s/servers/nats/openshift.yaml'],
  ],
  'cert-manager': [['--set', 'prometheus.podmonitor.enabled=true']],
};

/** The repositories that the guide adds, by their names. */
export function repositories(guide: string): Record<string, string> {
  const added = [...guide.matchAll(/^helm repo add (\S+) (\S+)$/gm)];
  return Object.fromEntries(added.map(([, name = '', url = '']): [string, string] => [name, url]));
}

/** What the guide installs, each set of values once, and with its options. */
export function installs(guide: string): Install[] {
  const lines = guide.replaceAll(/ \\\n */g, ' ').match(/^helm (?:install|upgrade --install) .*$/gm) ?? [];
  // Our own chart has no version or stands in the release's registry.
  const found = lines.filter((line) => !/ -n open-cpo( |$)/.test(line)).map(installOf);
  const all = found.flatMap((one) => [one, ...(OPTIONS[one.release] ?? []).map((more) => withMore(one, more))]);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

const withMore = (install: Install, more: readonly string[]): Install => ({
  ...install,
  values: [...install.values, ...more],
});

function installOf(line: string): Install {
  const [, release = '', chart = '', version = '', namespace = ''] =
    /^helm (?:install|upgrade --install) (\S+) (\S+) --version (\S+) -n (\S+)/.exec(line) ?? [];
  const values = [...line.matchAll(/ (-f|--set) (\S+)/g)].flatMap(([, flag = '', value = '']) => [flag, value]);
  return { release, chart, version, namespace, values };
}

/** `kube-prometheus-stack` of `prometheus-community/kube-prometheus-stack`. */
export const nameOf = ({ chart }: Pick<Install, 'chart'>): string => chart.split('/').at(-1) ?? chart;

/** The files of values that the install names. */
export const filesOf = ({ values }: Pick<Install, 'values'>): string[] =>
  values.filter((_one, at) => values[at - 1] === '-f');

/**
 * A digest of the values in files, comments aside. What is written from the sources (permissions of broker users) changes
 * often and says nothing of pods but variables of their environment.
 */
export function digestOf(checkout: string, install: Pick<Install, 'values'>): string {
  const texts = filesOf(install).map((file) => readFileSync(join(checkout, file), 'utf8'));
  const kept = texts.filter((text) => !text.startsWith('# Written from the sources'));
  return createHash('sha256')
    .update(JSON.stringify(kept.map((text): unknown => parse(text, { merge: true }))))
    .digest('hex')
    .slice(0, 16);
}
