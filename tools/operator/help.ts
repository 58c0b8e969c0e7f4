import type { Command } from './command';
import { commands } from './commands';

const withOptions = ({ options = {}, required = [] }: Command): string =>
  Object.keys(options)
    .map((name) => (required.includes(name) ? ` --${name} <text>` : ` [--${name} <text>]`))
    .join('');

/** How a command is typed. */
export const synopsis = (command: Command): string =>
  `${command.name}${command.takes.map((name) => ` <${name}>`).join('')}${withOptions(command)}`;

/** How the command is called in a checkout; an image has it under a name of its own. */
const IN_A_CHECKOUT = 'npm run operator --';

/** The help of one command. `typed`: what stands before it. */
export function helpOf(command: Command, typed = IN_A_CHECKOUT): string {
  const options = Object.entries(command.options ?? {}).map(([name, purpose]) => `  --${name}  ${purpose}`);
  return [`${typed} ${synopsis(command)}`, '', command.summary, ...options].join('\n');
}

/** The help of all. */
export function help(typed = IN_A_CHECKOUT): string {
  const checkout = typed === IN_A_CHECKOUT ? 'the running platform of this checkout, or to ' : '';
  const width = Math.max(...commands.map((command) => synopsis(command).length));
  return [
    `Usage: ${typed} <command> [--json]`,
    '',
    ...commands.map((command) => `  ${synopsis(command).padEnd(width)}  ${command.summary}`),
    '',
    `Speaks to ${checkout}the broker at NATS_URL as NATS_USER with NATS_PASSWORD.`,
    'Exits with 0 when done, 1 when refused or unreachable, 2 when the command was not understood.',
  ].join('\n');
}
