import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../../..');
const PRELUDE = `
import type { Caller, HandlersOf } from '@open-cpo/contracts';
import { nothing, operations, read, stream, write } from '@open-cpo/contracts';
import type { Bus } from '@open-cpo/messaging';
import { Consumes } from '@open-cpo/events';
import { Handles } from '@open-cpo/messaging';
import { domainEvent } from '@open-cpo/contracts';
class Rename { id: number; name: string }
class Category { id: number; name: string; color: string }
const categories = operations('stations.categories', {
  rename: write(Rename, Category, { audit: 'categories.update' }), one: read(Rename, Category), remove: write(Rename, nothing, { audit: 'categories.delete' }), all: stream(Rename, Category),
});
const renamed = domainEvent('stations.categories.renamed', Category);
declare const bus: Bus; declare const caller: Caller; declare const category: Category;
export type Used = [HandlersOf<typeof categories>, typeof bus, typeof caller, typeof category];
export const used = [Handles, Consumes, renamed];
`;
const HANDLER = `
  @Handles(categories.rename) async rename({ id, name }: Rename, _caller: Caller): Promise<Category> { return { id, name, color: '' }; }
  @Handles(categories.one) async one(_input: Rename): Promise<Category> { return category; }
  @Handles(categories.remove) async remove(): Promise<void> {}
  @Handles(categories.all) async *all(): AsyncIterable<Category> { yield category; }`;

/** What does not compile, by what is wrong with it: the code and one phrase of the compiler's complaint. */
const WRONG: Record<string, [source: string, code: number, phrase: string]> = {
  'a request without a field': [`void bus.call(categories.rename, { id: 1 }, caller);`, 2345, "'name' is missing"],
  'an empty request': [`void bus.bytes(categories.rename, {}, caller);`, 2345, 'missing the following properties'],
  'a request of another type': [`void bus.call(categories.rename, { id: '1', name: '' }, caller);`, 2322, "'string'"],
  'a request with an unknown field': [
    `void bus.call(categories.rename, { id: 1, name: '', x: 1 }, caller);`,
    2353,
    "'x'",
  ],
  'a request without a caller': [`void bus.call(categories.rename, { id: 1, name: '' });`, 2554, 'Expected 3'],
  'a wrong request for a stream': [`bus.stream(categories.all, { id: 1 }, caller);`, 2345, "'name' is missing"],
  'a reply taken for something else': [
    `void bus.call(categories.rename, { id: 1, name: '' }, caller).then((reply): number => reply.name);`,
    2322,
    "'string' is not assignable to type 'number'",
  ],
  'a field that no reply has': [
    `void bus.call(categories.one, { id: 1, name: '' }, caller).then((r) => r.size);`,
    2339,
    "'size'",
  ],
  'a stream that is called': [`void bus.call(categories.all, { id: 1, name: '' }, caller);`, 2345, '"stream"'],
  'a call that is streamed': [`bus.stream(categories.one, { id: 1, name: '' }, caller);`, 2345, '"read"'],
  'a write that says nothing of its audit entry': [
    `export const w = operations('a.b', { c: write(Rename, nothing) });`,
    2554,
    'Expected 3',
  ],
  'a write without an audit entry and without a reason': [
    `export const w = operations('a.b', { c: write(Rename, nothing, { audit: false }) });`,
    2345,
    "'reason'",
  ],
  'an operation that does not exist': [
    `void bus.call(categories.rename2, { id: 1, name: '' }, caller);`,
    2551,
    'rename2',
  ],
  'a missing handler': [
    `export class H implements HandlersOf<typeof categories> { ${HANDLER.split('\n').slice(0, 4).join('\n')} }`,
    2420,
    "'all' is missing",
  ],
  'a handler that answers too little': [
    `export class H { @Handles(categories.rename) async rename(input: Rename) { return { id: input.id }; } }`,
    1241,
    'missing the following properties',
  ],
  'a handler that wants another input': [
    `export class H { @Handles(categories.rename) async rename(input: Category): Promise<Category> { return input; } }`,
    1241,
    "'color' is missing",
  ],
  'a handler that wants more than it gets': [
    `export class H { @Handles(categories.one) async one(_a: Rename, _b: Caller, _c: unknown, _d: string) { return category; } }`,
    1241,
    'Target signature provides too few arguments',
  ],
  'a handler of a stream that answers once': [
    `export class H { @Handles(categories.all) async all(): Promise<Category> { return category; } }`,
    1241,
    'asyncIterator',
  ],
  'a consumer of another payload': [
    `export class C { @Consumes(renamed, { as: 'c' }) async on(payload: { size: number }) { void payload; } }`,
    1241,
    "'size' is missing",
  ],
};
const RIGHT: Record<string, string> = {
  'a full set of handlers': `export class H implements HandlersOf<typeof categories> { ${HANDLER} }`,
  'calls as declared': `
    export const name: Promise<string> = bus.call(categories.rename, { id: 1, name: '' }, caller).then((r) => r.color);
    export const none: Promise<void> = bus.call(categories.remove, { id: 1, name: '' }, caller);
    export const rows = bus.stream(categories.all, { id: 1, name: '' }, caller);`,
  'a consumer': `export class C { @Consumes(renamed, { as: 'c' }) async on({ color }: Category) { void color; } }`,
};

describe('the types at both ends of an operation', () => {
  const sources = new Map<string, string>();
  const fileOf = (what: string): string => join(__dirname, `${what.replaceAll(' ', '-')}.types.ts`);
  let problems: Map<string, { code: number; text: string }[]>;

  beforeAll(() => {
    for (const [what, [source]] of Object.entries(WRONG)) sources.set(fileOf(what), PRELUDE + source);
    for (const [what, source] of Object.entries(RIGHT)) sources.set(fileOf(what), PRELUDE + source);
    problems = compile(sources);
  });

  it.each(Object.entries(WRONG))('do not let %s pass', (what, [, code, phrase]) => {
    const found = problems.get(fileOf(what)) ?? [];
    expect(found.map((problem) => problem.code)).toEqual([code]);
    expect(found[0]?.text).toContain(phrase);
  });

  it.each(Object.keys(RIGHT))('let %s pass', (what) => {
    expect(problems.get(fileOf(what)) ?? []).toEqual([]);
  });
});

/** Compiles sources that exist in memory only, with the settings of the repository. */
function compile(sources: ReadonlyMap<string, string>): Map<string, { code: number; text: string }[]> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.base.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, ROOT);
  const settings = { ...options, noUnusedLocals: false, noEmit: true };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => sources.has(file) || fileExists.call(host, file);
  host.readFile = (file) => sources.get(file) ?? readFile.call(host, file);
  const program = ts.createProgram([...sources.keys()], settings, host);
  const problems = new Map<string, { code: number; text: string }[]>();
  for (const file of sources.keys()) {
    const found: ts.Diagnostic[] = [...program.getSyntacticDiagnostics(program.getSourceFile(file))];
    found.push(...program.getSemanticDiagnostics(program.getSourceFile(file)));
    const texts = found.map(({ code, messageText }) => ({
      code,
      text: ts.flattenDiagnosticMessageText(messageText, '\n'),
    }));
    problems.set(file, texts);
  }
  return problems;
}
