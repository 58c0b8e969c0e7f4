import { resolve } from 'node:path';
import { startBeside } from './start/beside';
import { startOptions } from './start/options';
import { start } from './start/start';
import { fail, StackError } from './terminal';
import { runChecks } from './test/checks';
import { keepTestServers } from './test/keep';
import { ci, test, verify } from './test/test';
import { runTool } from './tool';

const checkout = resolve(__dirname, '../../..');

const exitCode = (good: boolean): number => (good ? 0 : 1);

/** The commands of tools/run.mjs; each answers the exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number> | number>> = {
  start: async (args) => {
    const options = startOptions(args);
    await (options.only === undefined ? start(checkout, options) : startBeside(checkout, options.only));
    return 0;
  },
  test: async (args) => exitCode(await test(checkout, args)),
  verify: async (args) => exitCode(await verify(checkout, args)),
  ci: async (args) => exitCode(await (args.length > 0 ? test(checkout, args) : ci(checkout))),
  services: async () => {
    await keepTestServers(checkout);
    return 0;
  },
  tool: ([name = '', ...args]) => runTool(checkout, name, args),
  lint: async () => exitCode((await runChecks(checkout)).every(({ passed }) => passed)),
};

async function main(command: string, args: readonly string[]): Promise<number> {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run)
    throw new StackError(`Unknown command "${command}". There are ${Object.keys(commands).join(', ')} and build.`);
  return run(args);
}

const [command = '', ...args] = process.argv.slice(2);
main(command, args).then((code) => process.exit(code), fail);
