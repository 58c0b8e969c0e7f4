import { stringify } from 'yaml';

/**
 * The part of Go's templates, with Helm's functions, that the chart uses. Anything else is an error, so that a template that
 * only Helm understands is found. There is no Helm on machines of developers and CI.
 */
export interface Context {
  readonly Values: object;
  readonly Release: Readonly<Record<string, unknown>>;
  readonly Chart: Readonly<Record<string, unknown>>;
  /** Texts of files by their paths. */
  readonly files: Readonly<Record<string, string>>;
}
interface Scope {
  readonly context: Context;
  readonly variables: Readonly<Record<string, unknown>>;
}
type Node = string | { readonly action: string } | Branch;
interface Branch {
  readonly kind: 'if' | 'range';
  readonly head: string;
  readonly then: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** The text that a template makes. @throws Error */
export function rendered(template: string, context: Context): string {
  // `{{-` takes away what is before it, up to the end of the line before.
  const trimmed = template.replaceAll(/\s*\{\{-/g, '{{').replaceAll(/-\}\}\s*/g, '}}');
  const parts = trimmed.split(/(\{\{[^]*?\}\})/).filter((part) => part !== '');
  const { nodes, rest } = parse(parts);
  if (rest.length > 0) throw new Error(`Unexpected ${rest[0]}`);
  return write(nodes, { context, variables: {} });
}

const actionOf = (part: string): string | undefined => /^\{\{\s*([^]*?)\s*\}\}$/.exec(part)?.[1];

function parse(parts: readonly string[]): { nodes: Node[]; rest: readonly string[] } {
  const nodes: Node[] = [];
  let rest = parts;
  for (;;) {
    const [part, ...after] = rest;
    if (part === undefined) return { nodes, rest };
    const action = actionOf(part);
    if (action === 'end' || action === 'else') return { nodes, rest };
    rest = after;
    if (action === undefined) nodes.push(part);
    else if (action.startsWith('/*')) continue;
    else if (/^(if|range) /.test(action)) {
      const branch = parseBranch(action, after);
      nodes.push(branch.node);
      rest = branch.rest;
    } else nodes.push({ action });
  }
}

function parseBranch(action: string, parts: readonly string[]): { node: Branch; rest: readonly string[] } {
  const [kind = 'if'] = action.split(' ') as ['if' | 'range'];
  const then = parse(parts);
  const hasElse = actionOf(then.rest[0] ?? '') === 'else';
  const otherwise = hasElse ? parse(then.rest.slice(1)) : { nodes: [], rest: then.rest };
  if (actionOf(otherwise.rest[0] ?? '') !== 'end') throw new Error(`{{ ${action} }} has no end`);
  const node = { kind, head: action.slice(kind.length + 1), then: then.nodes, otherwise: otherwise.nodes };
  return { node, rest: otherwise.rest.slice(1) };
}

const write = (nodes: readonly Node[], scope: Scope): string => nodes.map((node) => writeOne(node, scope)).join('');

function writeOne(node: Node, scope: Scope): string {
  if (typeof node === 'string') return node;
  if ('action' in node) return textOf(pipeline(node.action, scope));
  if (node.kind === 'if') return write(isTrue(pipeline(node.head, scope)) ? node.then : node.otherwise, scope);
  const [, key = '', value = '', list = ''] = /^\$(\w+), \$(\w+) := (.*)$/.exec(node.head) ?? [];
  // Go goes through a map by its sorted keys.
  const entries = Object.entries(pipeline(list, scope) as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries
    .map(([name, one]) => write(node.then, { ...scope, variables: { ...scope.variables, [key]: name, [value]: one } }))
    .join('');
}

/** What an action writes. @throws Error for an object, which nobody can want */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  throw new Error(`A template writes ${JSON.stringify(value)}`);
}

const isTrue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

/** `a b | c`: what c makes of what a makes of b. */
function pipeline(text: string, scope: Scope): unknown {
  const [first = '', ...more] = text.split(' | ');
  return more.reduce<unknown>((value, call) => apply(call, scope, [value]), apply(first, scope, []));
}

const words = (text: string): string[] => text.match(/\([^)]*\)(?:\.\w+)?|"[^"]*"|\S+/g) ?? [];

function apply(text: string, scope: Scope, last: readonly unknown[]): unknown {
  const [head = '', ...rest] = words(text);
  if (head === '.Files.Get') return fileText(String(operand(rest[0] ?? '', scope)), scope.context);
  if (/^[.$"(\d]/.test(head)) return operand(head, scope);
  const call = FUNCTIONS[head];
  if (!call) throw new Error(`No function ${head} in {{ ${text} }}`);
  return call(...rest.map((word) => operand(word, scope)), ...last);
}

function fileText(path: string, { files }: Context): string {
  const text = files[path];
  if (text === undefined) throw new Error(`No file ${path}`);
  return text;
}

function operand(word: string, scope: Scope): unknown {
  const [, glob] = /^\(\.Files\.Glob "(.*)\/\*\.json"\)\.AsConfig$/.exec(word) ?? [];
  if (glob) return asConfig(glob, scope.context);
  if (word.startsWith('(')) return pipeline(word.slice(1, -1), scope);
  if (word.startsWith('"')) return word.slice(1, -1);
  if (/^\d+$/.test(word)) return Number(word);
  const [root = '', ...path] = word.split('.');
  const start = root.startsWith('$') ? scope.variables[root.slice(1)] : scope.context;
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) throw new Error(`${word}: nothing has ${key}`);
    return (value as Record<string, unknown>)[key];
  }, start);
}

function asConfig(folder: string, { files }: Context): string {
  const entries = Object.entries(files).filter(([path]) => path.startsWith(`${folder}/`));
  return stringify(Object.fromEntries(entries.map(([path, text]) => [path.slice(folder.length + 1), text]))).trimEnd();
}

const indented = (by: number, text: string): string => text.replaceAll(/^/gm, ' '.repeat(by));
const FUNCTIONS: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  not: (a) => !isTrue(a),
  and: (...all) => all.find((one) => !isTrue(one)) ?? all.at(-1),
  or: (...all) => all.find(isTrue) ?? all.at(-1),
  default: (otherwise, value) => (isTrue(value) ? value : otherwise),
  quote: (value) => JSON.stringify(String(value)),
  toYaml: (value) => stringify(value, { lineWidth: 0 }).trimEnd(),
  indent: (by, text) => indented(Number(by), String(text)),
  nindent: (by, text) => `\n${indented(Number(by), String(text))}`,
};
