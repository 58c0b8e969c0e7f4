import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const HEADER = `/* eslint-disable -- written by "npm run openapi" from openapi.json with openapi-typescript */

`;

/** The types of the client library, by the OpenAPI document alone. The generator is an ES module: a process of its own. */
export function clientTypes(document: string): string {
  const generator = join(process.cwd(), 'node_modules/openapi-typescript/bin/cli.js');
  const options = { input: document, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [generator], options);
  if (status !== 0) throw new Error(`openapi-typescript failed: ${stderr}`);
  return HEADER + stdout;
}
