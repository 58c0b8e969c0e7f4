import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { assets } from './assets';

const FOLDERS = ['images', 'flags', 'connectors', 'connector', 'amenities', 'charger-types'];
const DAY = 24 * 60 * 60 * 1000;

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
