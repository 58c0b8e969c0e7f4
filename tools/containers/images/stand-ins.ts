import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { places } from '../../stack/places';
import { Binaries } from '../../stack/servers/binaries';
import type { Engine } from '../engine/engine';
import { serverImages, standIns } from '../run/images';
import { fullName, nodeImage } from './base';
import type { Builder } from './builder';

/** Builds what stands in for the images of servers, under their names. */
export async function buildStandIns(engine: Engine, builder: Builder, checkout: string): Promise<void> {
  const context = join(engine.folders.root, 'stand-ins');
  rmSync(context, { recursive: true, force: true });
  mkdirSync(context);
  cpSync(join(checkout, 'tools/containers/stand-ins'), join(context, 'stand-ins'), { recursive: true });
  const { nats } = await new Binaries(places(checkout).packages).find(['nats']);
  copyFileSync(nats.path, join(context, 'nats-server'));
  const base = fullName(nodeImage(readFileSync(join(checkout, 'deploy/Dockerfile'), 'utf8')));
  const images = serverImages(checkout);
  for (const target of standIns) {
    await builder.build({
      context,
      dockerfile: 'stand-ins/Dockerfile',
      tag: images[target],
      target,
      args: { BASE: base },
    });
  }
}

/** What the servers are in truth. */
export async function standInVersions(engine: Engine, checkout: string): Promise<string[]> {
  const images = serverImages(checkout);
  const said = (name: keyof typeof images, ...words: string[]): Promise<string> =>
    engine.podman('run', '--rm', '--network=none', `--entrypoint=["${words.join('", "')}"]`, images[name]);
  const all = [
    ['postgres', await said('postgres', 'postgres', '--version')],
    ['redis', await said('redis', 'redis-server', '--version')],
    ['nats', await said('nats', 'nats-server', '--version')],
  ] as const;
  return all.map(([name, version]) => `${images[name]}: ${version.split(' sha=')[0] ?? ''}`);
}
