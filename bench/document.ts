import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';

const mark = (name: string, edge: 'begin' | 'end'): string => `<!-- ${name}: ${edge} -->`;

/** The machine in a line. */
export function machine(): string {
  const all = cpus();
  return `${all.length} cores (${all[0]?.model.trim() ?? 'unknown'}), Linux ${release()}, Node ${process.versions.node}`;
}

/** A document with a benchmark's latest results between its marks, in place of the ones before. */
export function withResults(text: string, name: string, results: string): string {
  const [begin, end] = [mark(name, 'begin'), mark(name, 'end')];
  const section = `${begin}\n\n${results}\n\n${end}`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) return `${text.trimEnd()}\n\n${section}\n`;
  return text.slice(0, from) + section + text.slice(to + end.length);
}

/** Puts results into the document, with the command and the machine that they come from. */
export function writeResults(file: string, name: string, command: string, results: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Benchmarks\n';
  const from = `\`${command}\` on ${new Date().toISOString().slice(0, 10)}, ${machine()}:`;
  writeFileSync(file, withResults(before, name, `${from}\n\n${results}`));
}
