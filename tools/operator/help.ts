import type { Command } from './command';
import { commands } from './commands';

const withOptions = ({ options = {}, required = [] }: Command): string =>
  Object.keys(options)
    .map((name) => (required.includes(name) ? ` --${name} <text>` : ` [--${name} <text>]`))
    .join('');

/** How a command is typed. */
export const synopsis = (command: Command): string =>
  `${command.name}${command.takes.map((name) => ` <${name}>`).join('')}${withOptions(command)}`;

/** The help of one command. */
export function helpOf(command: Command): string {
  const options = Object.entries(command.options ?? {}).map(([name, purpose]) => `  --${name}  ${purpose}`);
  return [`npm run operator -- ${synopsis(command)}`, '', command.summary, ...options].join('\n');
}

/** The help of all. */
export function help(): string {
  const width = Math.max(...commands.map((command) => synopsis(command).length));
  return [
    'Usage: npm run operator -- <command> [--json]',
    '',
    ...commands.map((command) => `  ${synopsis(command).padEnd(width)}  ${command.summary}`),
    '',
    'Speaks to the running platform of this checkout, or to the broker at NATS_URL as NATS_USER with NATS_PASSWORD.',
    'Exits with 0 when done, 1 when refused or unreachable, 2 when the command was not understood.',
  ].join('\n');
}
