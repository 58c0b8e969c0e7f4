import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEVELOPMENT_TIME_ZONES } from '@open-cpo/platform';
import { parse } from 'yaml';

/** A service of the compose file, as far as the order of starting goes. */
export interface ComposedService {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
}

type Services = ReadonlyMap<string, ComposedService>;

const allServices = (text: string): [string, ComposedService][] =>
  Object.entries(
    (parse(text, { merge: true, maxAliasCount: 1000 }) as { services: Record<string, ComposedService> }).services,
  );

const fileOf = (checkout: string): string => readFileSync(join(checkout, 'docker-compose.yml'), 'utf8');

/** The services of a compose file that are up without any profile, by name. */
export const plainServices = (text: string): Services =>
  new Map(allServices(text).filter(([, { profiles }]) => profiles === undefined));

/** Those of the checkout's file. */
export const servicesOf = (checkout: string): Services => plainServices(fileOf(checkout));

/** The services that are up with a profile alone. */
export const profiledServices = (checkout: string): string[] =>
  allServices(fileOf(checkout)).flatMap(([name, { profiles }]) => (profiles === undefined ? [] : [name]));

/** The one-shots that load demo data. */
export const demoServices = (checkout: string): string[] =>
  allServices(fileOf(checkout)).flatMap(([name, { profiles }]) => (profiles?.includes('demo') ? [name] : []));

/** Names in an order in which every service comes after all that it waits for. @throws Error for circles and unknown names */
export function startOrder(services: Services): string[] {
  const order: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    if (order.includes(name)) return;
    const service = services.get(name);
    if (!service || path.includes(name)) throw new Error(`${[...path, name].join(' waits for ')}, which cannot be.`);
    Object.keys(service.depends_on ?? {}).forEach((other) => visit(other, [...path, name]));
    order.push(name);
  };
  [...services.keys()].forEach((name) => visit(name, []));
  return order;
}

/** Names in waves: all of one can be started at once, when those before it are as far as their conditions ask. */
export function startWaves(services: Services): string[][] {
  const waves: string[][] = [];
  const placed = new Map<string, number>();
  for (const name of startOrder(services)) {
    const others = Object.keys(services.get(name)?.depends_on ?? {}).map((other) => (placed.get(other) ?? 0) + 1);
    const wave = Math.max(0, ...others);
    placed.set(name, wave);
    (waves[wave] ??= []).push(name);
  }
  return waves;
}

/** The compose file as podman-compose 1.0.3 understands it: it takes an empty default (`${NAME:-}`) for text. */
export const withoutEmptyDefaults = (text: string): string => text.replace(/\$\{\w+:?-\}/g, '');

/**
 * The compose file for podman, with one network for all: Debian 12's podman resolves names on the first network of a container
 * alone, and on none that is internal. It rotates logs by size alone.
 */
export const forPodman = (text: string): string =>
  text
    .replaceAll(", max-file: '3'", '')
    .replaceAll('network_mode: none', 'networks: [mail]')
    .replaceAll(/(networks: |&service-networks )\[[^\]]*\]/g, '$1[mail]')
    .replace(/^networks:\n(?: {2}.*\n)+/m, 'networks:\n  mail: {}\n');

/** The compose file for servers that are made of this machine's packages, whose time zone data may be older than production's. */
export const withOldTimeZones = (text: string): string =>
  text.replaceAll('${TIME_ZONE_DATA_MINIMUM:-}', DEVELOPMENT_TIME_ZONES);
