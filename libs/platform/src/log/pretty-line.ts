import { inspect } from 'node:util';

interface Entry extends Record<string, unknown> {
  level: string;
  time: string;
  msg?: string;
  context?: string;
  error?: { stack?: string };
}

/** One entry for a person at a terminal: `12:00:01 warn  Message key=value`, then the stack of an error. */
export function prettyLine(json: string, named = false): string {
  const { level, time, msg, error, service, context, ...rest } = JSON.parse(json) as Entry;
  const values = Object.entries(rest).map(([key, value]) => `${key}=${inspect(value, { breakLength: Infinity })}`);
  const parts = [
    time.slice(11, 19),
    level.padEnd(5),
    named ? `${String(service)}:` : '',
    context ? `[${context}]` : '',
    msg,
    ...values,
  ];
  const stack = error?.stack ? `\n${error.stack}` : '';
  return `${parts.filter(Boolean).join(' ')}${stack}\n`;
}
