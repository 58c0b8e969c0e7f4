import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectionFiles } from './collection';

/** Writes the collection of requests, and its environment for the demo on one's own machine, into a folder. */
async function main(folder = 'dist/collection'): Promise<void> {
  const files = await collectionFiles(readFileSync('openapi.json', 'utf8'));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    process.stdout.write(`${join(folder, name)} written\n`);
  }
}

void main(process.argv[2]);
