import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/**
 * Fills the board's page: `<%= name %>` escaped, `<%- name %>` as it is. It uses no more of that template language.
 * @throws Error when it does after all
 */
export function filled(template: string, params: Readonly<Record<string, string | undefined>>): string {
  const page = template.replaceAll(/<%([=-])\s*(\w+)\s*%>/g, (_all, how: string, name: string) => {
    const value = params[name] ?? '';
    return how === '=' ? escaped(value) : value;
  });
  if (template.replaceAll(/<%[=-]\s*\w+\s*%>/g, '').includes('<%')) throw new Error('The page is not as expected');
  return page;
}

export interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

/** A file below a folder; nothing for what is not there or not below it. */
export async function fileBelow(folder: string, path: string): Promise<StaticFile | undefined> {
  const file = normalize(join(folder, path));
  const type = TYPES[extname(file)];
  if (!type || !file.startsWith(folder + sep)) return undefined;
  const body = await readFile(file).catch(() => undefined);
  return body && { type, body };
}
