import { resolve } from 'node:path';
import { keepTestServers } from './services';
import { fail, StackError } from './terminal';

const checkout = resolve(__dirname, '../../..');

async function main(command: string | undefined, args: readonly string[]): Promise<void> {
  if (command === 'services') {
    return keepTestServers(checkout);
  }
  throw new StackError(`Unknown command: ${command ?? ''} ${args.join(' ')}`.trim());
}

const [command, ...args] = process.argv.slice(2);
main(command, args).then(() => process.exit(process.exitCode ?? 0), fail);
