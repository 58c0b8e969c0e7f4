import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../tools/stack/terminal';
import { type Taken, type WriterName, plain } from './compared';
import type { Client } from './client';
import { loadDuring } from './steady-load';
import { cpuOf } from '../../tools/stack/cpu';
import { mostMemory } from './memory';
import type { BenchStack } from '../stack/bench-stack';

export const LARGE = '/api/orders/export';
/** The owner whose orders are many, and one who has as many as a plain list shows. */
export const OWNER = 1;
export const RIVAL = 2;

/** Everything a round needs. */
export interface ExportUsers {
  readonly stack: BenchStack;
  readonly owner: Client;
  readonly rival: Client;
}

export interface Export extends Taken {
  readonly rows: number;
  /** Seconds until the file was there. */
  readonly written: number;
}

/** The process of an app. */
export function pidOf(stack: BenchStack, name: string): number {
  const pid = stack.processes[name];
  if (pid === undefined) throw new Error(`There is no process of ${name}.`);
  return pid;
}

/** One large export through the gateway, with the most memory that the worker had, and what all processes worked. */
export async function ours({ stack, owner }: ExportUsers, idle: number): Promise<Export> {
  const spent = processorOf(Object.values(stack.processes));
  const { result, most } = await mostMemory(pidOf(stack, 'worker'), () => owner.exported(LARGE));
  const taken = { ...result, memory: most - idle, processor: spent() };
  report('ours', taken);
  return taken;
}

/** The same rows by one of the plain programs, with what the database worked for it. */
export async function theirs(name: WriterName, { stack }: ExportUsers): Promise<Taken> {
  const spent = processorOf([pidOf(stack, 'postgres')]);
  const taken = await plain(name, stack.databaseUrl('orders'), OWNER);
  const all = { ...taken, processor: taken.processor + spent() };
  report(name, all);
  return all;
}

/** Seconds of processor time that processes and their children have had since. */
function processorOf(roots: readonly number[]): () => number {
  const before = cpuOf(roots);
  return () => (cpuOf(roots) - before) / 1000;
}

const report = (name: string, { seconds, memory, processor }: Taken): void =>
  say(`  ${name}: ${seconds.toFixed(2)} s, ${memory.toFixed(0)} MB, ${processor.toFixed(1)} s of processor time`);

/** First byte of a small export and of a plain list of the same rows, in milliseconds. */
export async function firstBytes({ rival }: ExportUsers): Promise<{ list: number; file: number }> {
  const list = await rival.ask('/api/orders?itemsPerPage=1000');
  const file = await rival.ask(LARGE);
  if (list.status !== 200 || file.status !== 200) throw new Error(`Answered ${list.status} and ${file.status}.`);
  return { list: list.firstByteMs, file: file.firstByteMs };
}

/** What others have to wait, idle and while a large export runs; the same number of requests each. */
export async function others(users: ExportUsers): Promise<{ idle: number[]; busy: number[] }> {
  const { owner, rival } = users;
  const begun = performance.now();
  const { took: busy } = await loadDuring(rival, () => owner.exported(LARGE));
  const { took: idle } = await loadDuring(rival, () => pause(performance.now() - begun));
  return { idle, busy };
}

/** A small export alone, and one that is asked for while a large one is under way: milliseconds to its last byte. */
export async function starvation({ owner, rival }: ExportUsers): Promise<{ alone: number; beside: number }> {
  const alone = await rival.ask(LARGE);
  const location = await owner.begin(LARGE);
  await pause(1000);
  const beside = await rival.ask(LARGE);
  const { status } = await owner.ask(location, { method: 'DELETE' });
  if (status !== 200) throw new Error('The large export could not be cancelled.');
  await pause(3000);
  return { alone: alone.lastByteMs, beside: beside.status === 200 ? beside.lastByteMs : Infinity };
}
