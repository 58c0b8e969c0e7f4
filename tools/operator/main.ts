import { loadConfig } from '@open-cpo/platform';
import { DeskConfig } from './desk-config';
import { operator } from './operator';

const config = loadConfig(DeskConfig);
const { natsUrl, natsUser: user, natsPassword: password, callKeys, operatorName, operatorCommand } = config;
const settings = { natsUrl, user, password, callKeys, name: operatorName, typed: operatorCommand };

void operator(process.argv.slice(2), settings).then(({ code, out, error }) => {
  if (out !== undefined) process.stdout.write(`${out}\n`);
  if (error !== undefined) process.stderr.write(`${error}\n`);
  // A connection that is still being tried must not keep the command from ending.
  process.exit(code);
});
