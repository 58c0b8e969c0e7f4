// The types of the client library: libs/client/src/schema.ts, made from openapi.json by openapi-typescript.
//     node tools/bootstrap/client-types.mjs
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(import.meta.url);

export const CLIENT_TYPES = 'libs/client/src/schema.ts';

/** The last line of the file, by which a part of one counts as stale, too. */
function signature(checkout) {
  const digest = createHash('sha256');
  const made = ['openapi.json', 'node_modules/openapi-typescript/package.json'].map((path) => join(checkout, path));
  [...made, script].forEach((file) => digest.update(readFileSync(file)));
  return `// ${digest.digest('hex')}\n`;
}

/** Whether the types are those of the document, made by this program. */
export function areCurrent(checkout) {
  const file = join(checkout, CLIENT_TYPES);
  return existsSync(file) && readFileSync(file, 'utf8').endsWith(signature(checkout));
}

async function write(checkout) {
  const { astToString, default: typesOf } = await import('openapi-typescript');
  const document = JSON.parse(readFileSync(join(checkout, 'openapi.json'), 'utf8'));
  const header = '// Made from openapi.json by tools/bootstrap/client-types.mjs; not committed.\n\n';
  writeFileSync(join(checkout, CLIENT_TYPES), header + astToString(await typesOf(document)) + signature(checkout));
}

if (process.argv[1] && realpathSync(process.argv[1]) === script) {
  const checkout = resolve(dirname(script), '../..');
  if (!areCurrent(checkout)) await write(checkout);
}
