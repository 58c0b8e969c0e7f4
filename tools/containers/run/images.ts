import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fullName } from '../images/base';

/** The servers of the compose file that are stood in for: its service, and the part of our Dockerfile. */
export const standIns = ['postgres', 'nats', 'redis', 'mail'] as const;
export type StandIn = (typeof standIns)[number];

/** The names of their images in the compose file. @throws Error when one is not there */
export function serverImages(checkout: string): Record<StandIn, string> {
  const text = readFileSync(join(checkout, 'docker-compose.yml'), 'utf8');
  const { services } = parse(text, { merge: true, maxAliasCount: 1000 }) as {
    services: Record<string, { image: string }>;
  };
  const image = (name: StandIn): string => {
    const found = services[name]?.image;
    if (!found) throw new Error(`The compose file has no ${name}.`);
    return fullName(found);
  };
  return { postgres: image('postgres'), nats: image('nats'), redis: image('redis'), mail: image('mail') };
}
