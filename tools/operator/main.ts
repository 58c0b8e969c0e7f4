import { loadConfig } from '@open-cpo/platform';
import { DeskConfig } from './desk-config';
import { operator } from './operator';

const { natsUrl, natsUser: user, natsPassword: password, operatorName: name } = loadConfig(DeskConfig);

void operator(process.argv.slice(2), { natsUrl, user, password, name }).then(({ code, out, error }) => {
  if (out !== undefined) process.stdout.write(`${out}\n`);
  if (error !== undefined) process.stderr.write(`${error}\n`);
  // A connection that is still being tried must not keep the command from ending.
  process.exit(code);
});
