import { parseArgs } from 'node:util';
import { Refusal } from '@open-cpo/contracts';
import { type Command, type Options, type Printed, UsageError } from './command';
import { commands } from './commands';
import { OperatorConsole, type OperatorConsoleSettings, Unreachable } from './console';
import { help, helpOf } from './help';
import { table } from './table';

/** What the command line said, what was printed where, and how it ended. */
export interface Outcome {
  readonly code: 0 | 1 | 2;
  readonly out?: string;
  readonly error?: string;
}

/** Runs one command line. */
export async function operator(args: readonly string[], settings: OperatorConsoleSettings): Promise<Outcome> {
  try {
    const asked = understand(args, settings.typed);
    return { code: 0, out: typeof asked === 'string' ? asked : await perform(asked, settings) };
  } catch (error) {
    if (error instanceof UsageError) return { code: 2, error: `${error.message}\n\n${help(settings.typed)}` };
    if (error instanceof Refusal) return { code: 1, error: refusalText(error) };
    if (error instanceof Unreachable) return { code: 1, error: error.message };
    throw error;
  }
}

interface Asked {
  readonly command: Command;
  readonly values: readonly string[];
  readonly options: Options;
  readonly json: boolean;
}

/** @throws UsageError; answers a text where help was asked for. */
function understand(args: readonly string[], typed?: string): Asked | string {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const command = commands.find(({ name }) => name === words.slice(0, 2).join(' '));
  const wantsHelp = args.includes('--help') || args.includes('-h');
  if (wantsHelp || args.length === 0) return command ? helpOf(command, typed) : help(typed);
  if (!command) throw new UsageError(`There is no command "${words.slice(0, 2).join(' ')}".`);
  const { positionals, values } = parsed(args, command);
  const given = positionals.slice(2);
  const missing = command.takes[given.length];
  if (missing) throw new UsageError(`"${command.name}" needs <${missing}>.`);
  if (given.length > command.takes.length) throw new UsageError(`"${command.name}" takes no "${given.at(-1) ?? ''}".`);
  const { json, ...options } = values;
  const absent = command.required?.find((name) => !options[name]);
  if (absent) throw new UsageError(`"${command.name}" needs --${absent}.`);
  return { command, values: given, options: options as Options, json: json === true };
}

interface Parsed {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

function parsed(args: readonly string[], command: Command): Parsed {
  const options: Record<string, { type: 'string' | 'boolean' }> = { json: { type: 'boolean' } };
  for (const name of Object.keys(command.options ?? {})) options[name] = { type: 'string' };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function perform({ command, values, options, json }: Asked, settings: OperatorConsoleSettings): Promise<string> {
  const operatorConsole = await OperatorConsole.open(settings);
  try {
    return printed(await command.run(operatorConsole, values, options), json);
  } finally {
    await operatorConsole.close();
  }
}

const printed = (result: Printed, json: boolean): string => {
  if (json) return JSON.stringify(result, null, 2);
  return typeof result === 'string' ? result : table(result);
};

function refusalText({ message, fields, code }: Refusal): string {
  const lines = Object.values(fields ?? {}).flat();
  return `Refused (${code}): ${lines.length > 0 ? lines.join('\n') : message}`;
}
