import { type AnyOperation, fieldsOf } from '@open-cpo/contracts';

/** The operations a service owns, by resource. */
export interface Served {
  readonly service: string;
  readonly operations: readonly Record<string, AnyOperation>[];
}

export const SERVED = Symbol('open-cpo:served');

/** @throws Error for a missing or strange handler, and for a decorator of an input that cannot be honoured */
export function checkHandlers({ service, operations }: Served, handled: readonly string[]): void {
  const owned = new Map(
    operations.flatMap((resource) =>
      Object.entries(resource).map(([name, { subject, kind }]) => [subject, { name, kind }]),
    ),
  );
  for (const { input } of operations.flatMap((resource) => Object.values(resource))) fieldsOf(input);
  const missing = [...owned].filter(([subject]) => !handled.includes(subject));
  const strange = handled.filter((subject) => !owned.has(subject));
  const problems = [
    ...missing.map(
      ([subject, { name, kind }]) =>
        `No handler for ${subject}. Write in one of its controllers:\n${example(subject, name, kind)}`,
    ),
    ...strange.map(
      (subject) => `${subject} has a handler, but ${service} does not list it among the operations it serves.`,
    ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

function example(subject: string, name: string, kind: string): string {
  const resource = subject.split('.')[1] ?? '';
  const signature = kind === 'stream' ? `async *${name}(input, caller)` : `async ${name}(input, caller)`;
  return `  @Handles(${resource.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}.${name})\n  ${signature} { … }`;
}
