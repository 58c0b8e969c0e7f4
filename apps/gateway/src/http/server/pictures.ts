import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const FOLDERS = ['images', 'flags', 'connectors', 'connector', 'amenities', 'charger-types'];
const DAY = 24 * 60 * 60 * 1000;

/** `apps/gateway/assets`, seen from the sources and from the build alike. */
function assets(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'apps/gateway/assets');
    if (existsSync(join(found, 'flags'))) return found;
  }
  throw new Error('The folder apps/gateway/assets is missing.');
}

/** Serves the images, icons and flags that answers link to. */
export async function servePictures(fastify: FastifyInstance): Promise<void> {
  const root = assets();
  for (const folder of FOLDERS) {
    await fastify.register(fastifyStatic as never, {
      root: join(root, folder),
      prefix: `/${folder}/`,
      decorateReply: false,
      maxAge: DAY,
      index: false,
    });
  }
}
