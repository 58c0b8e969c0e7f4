import { resolve } from 'node:path';
import { startBeside } from './start/beside';
import { startOptions } from './start/options';
import { start } from './start/start';
import { fail, StackError } from './terminal';
import { allPass } from './test/checks';
import { keepTestServers } from './test/keep';
import { ci, test, verify } from './test/test';
import { runTool } from './tool';

const checkout = resolve(__dirname, '../../..');

/** Runs one command of tools/run.mjs; answers the exit code. */
async function main(command: string, args: readonly string[]): Promise<number> {
  if (command === 'start') {
    const options = startOptions(args);
    await (options.only === undefined ? start(checkout, options) : startBeside(checkout, options.only));
    return 0;
  }
  if (command === 'test') {
    return (await test(checkout, args)) ? 0 : 1;
  }
  if (command === 'verify') {
    return (await verify(checkout, args)) ? 0 : 1;
  }
  if (command === 'ci') {
    return (await (args.length > 0 ? test(checkout, args) : ci(checkout))) ? 0 : 1;
  }
  if (command === 'services') {
    await keepTestServers(checkout);
    return 0;
  }
  if (command === 'tool') {
    return runTool(checkout, args[0] ?? '', args.slice(1));
  }
  if (command === 'lint') {
    return (await allPass(checkout)) ? 0 : 1;
  }
  throw new StackError(
    `Unknown command "${command}". There are start, test, verify, ci, services, tool, lint and build.`,
  );
}

const [command = '', ...args] = process.argv.slice(2);
main(command, args).then((code) => process.exit(code), fail);
