import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@open-cpo/contracts';
import type { AnyOperation, DomainEvent } from '@open-cpo/contracts';
import type { Bucket, Consumption, Uses } from '../stack/broker/permissions';

const exported: Readonly<Record<string, unknown>> = { ...contracts };
const IMPORTS = /import (type )?\{([^}]*)\} from '@open-cpo\/contracts';/g;
const CONSUMES = /@Consumes\((\w+), \{ as: ['`]([^'`]+)['`](?:, from: '(all|new)')? \}\)/g;
const BATCHES =
  /batches\.consume\(\{\s*as: ([^,]+),(?:\s*from: '(all|new)',)?\s*domainEvents: ([^\]]*\]|\w+),\s*filter: ([^,]+),/g;
/** Stores of files in the libraries: their buckets, and the call that puts something there. */
const STORES = [
  { type: 'FileStore', bucket: 'exports', writing: /\.write\(/ },
  { type: 'Uploads', bucket: 'UPLOADS', writing: /\.keep\(/ },
];
const MAY_CONSUME = /@Consumes\(|batches\.consume\(/g;
const MAY_WATCH = /\bdomainEvents\.watch\(/g;

/** Local name -> name in the contracts, of everything a file imports from there. */
function importsOf(text: string): Map<string, string> {
  const names = [...text.matchAll(IMPORTS)].filter(([, type]) => !type).flatMap(([, , list = '']) => list.split(','));
  return new Map(
    names.flatMap((entry): [string, string][] => {
      const [name = '', alias = name] = entry.trim().split(' as ');
      return name === '' || name.startsWith('type ') ? [] : [[alias, name]];
    }),
  );
}

/** What one file uses. @throws Error when a consumer is written in a way that is not understood */
export function usesOf(source: string, service: string): Uses {
  // A call over several lines is the same call.
  const text = source.replace(/\(\s+/g, '(');
  const imports = importsOf(text);
  const domainEvent = (name = ''): DomainEvent<unknown> | undefined => {
    const found = exported[imports.get(name) ?? ''] as DomainEvent<unknown> | undefined;
    return found && typeof found.filter === 'string' ? found : undefined;
  };
  const consumes = [...decorated(text, service, domainEvent), ...batched(text, service, domainEvent)];
  if (consumes.length < [...text.matchAll(MAY_CONSUME)].length) {
    throw new Error('A consumer is written in a way from which its name and filter cannot be told.');
  }
  const filters = (pattern: RegExp): string[] =>
    [...text.matchAll(pattern)].flatMap(([, name]) => domainEvent(name)?.filter ?? []);
  if (filters(/\bdomainEvents\.watch\((\w+),/g).length < [...text.matchAll(MAY_WATCH)].length) {
    throw new Error('An event is watched in a way from which its filter cannot be read.');
  }
  const tells = [...filters(/\.tell\((\w+),/g), ...chargingEvents(text, domainEvent)];
  const links = filters(/\.(?:hold|reach)\((\w+),/g);
  return {
    calls: callsOf(text, imports, service),
    watches: [...filters(/\.(?:watch|listen)\((\w+),/g), ...changesIn(text)],
    consumes,
    keeps: storesOf(text),
    ...(tells.length > 0 ? { tells } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
}

/** Events that charging back ends publish: a service that is one has them in its outbox. */
const chargingEvents = (text: string, domainEvent: FactOf): string[] =>
  [...text.matchAll(/(?:\bdomainEvent: |\.publish\()(\w+),/g)].flatMap(([, name]) => {
    const found = domainEvent(name);
    return found?.stream === 'CHARGING' ? [found.subject] : [];
  });

/** Changes are told by the library; who listens to them hears those of every service. */
const changesIn = (text: string): string[] =>
  /\bChanges\b.* from '@open-cpo\/messaging'/.test(text) && /\.listen\(/.test(text) ? ['changes.>'] : [];

const storesOf = (text: string): Bucket[] =>
  STORES.filter(({ type }) => new RegExp(`\\b${type}\\b.* from '@open-cpo/messaging'`).test(text)).map(
    ({ bucket, writing }) => ({ bucket, writes: writing.test(text) }),
  );

function callsOf(text: string, imports: Map<string, string>, service: string): string[] {
  const mentioned = [...text.matchAll(/\b(\w+)\.(\w+)\b/g)].flatMap(([, local = '', name = '']) => {
    const group = exported[imports.get(local) ?? ''] as Record<string, AnyOperation> | undefined;
    const found = group && Object.hasOwn(group, name) ? group[name] : undefined;
    return found && typeof found === 'object' && 'kind' in found ? [found] : [];
  });
  return mentioned.filter((operation) => operation.service !== service).map(({ subject }) => subject);
}

type FactOf = (name?: string) => DomainEvent<unknown> | undefined;

const starting = (from?: string): Pick<Consumption, 'from'> => (from === 'new' ? { from } : {});

function decorated(text: string, service: string, domainEvent: FactOf): Consumption[] {
  return [...text.matchAll(CONSUMES)].flatMap(([, name, as = '', from]) => {
    const found = domainEvent(name);
    if (!found) return [];
    return [{ as: as.replace('${service}', service), stream: found.stream, filter: found.filter, ...starting(from) }];
  });
}

function batched(text: string, service: string, domainEvent: FactOf): Consumption[] {
  return [...text.matchAll(BATCHES)].flatMap(([, as = '', from, , filter = '']) => {
    const named = literal(text, filter);
    const of = filter.endsWith('.filter') ? domainEvent(filter.slice(0, -'.filter'.length))?.filter : named;
    const name = literal(text, as)?.replace('${service}', service);
    return of && name
      ? [
          {
            as: name,
            stream: of.startsWith('charging.') ? 'CHARGING' : 'FACTS',
            filter: of,
            batch: true,
            ...starting(from),
          },
        ]
      : [];
  });
}

/** The text of a string, or of the constant of that name in the same file. */
function literal(text: string, expression: string): string | undefined {
  const quoted = /^['`]([^'`]+)['`]$/.exec(expression.trim());
  if (quoted) return quoted[1];
  return new RegExp(`const ${expression.trim()} = ['\`]([^'\`]+)['\`]`).exec(text)?.[1];
}

/** Sources of a folder that run in production. */
export function productionSources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /\.ts$/.test(file) && !/\.spec\.ts$|spec-helper|\/(test|fixture)\//.test(file))
    .sort();
}

/** What a service uses over all its files. */
export function usesOfFolders(folders: readonly string[], service: string): Uses {
  const all = folders.flatMap(productionSources).map((file) => {
    try {
      return usesOf(readFileSync(file, 'utf8'), service);
    } catch (error) {
      throw new Error(`${file}: ${String(error)}`);
    }
  });
  const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();
  const tells = sorted(all.flatMap(({ tells = [] }) => tells));
  const links = sorted(all.flatMap(({ links = [] }) => links));
  return {
    calls: sorted(all.flatMap(({ calls }) => calls)),
    watches: sorted(all.flatMap(({ watches }) => watches)),
    consumes: all.flatMap(({ consumes }) => consumes).sort((a, b) => a.as.localeCompare(b.as)),
    keeps: STORES.flatMap(({ bucket }) => {
      const found = all.flatMap(({ keeps = [] }) => keeps).filter((one) => one.bucket === bucket);
      return found.length > 0 ? [{ bucket, writes: found.some(({ writes }) => writes) }] : [];
    }),
    ...(tells.length > 0 ? { tells } : {}),
    ...(links.length > 0 ? { links } : {}),
  };
}
