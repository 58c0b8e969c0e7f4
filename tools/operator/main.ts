import { environment } from '@open-cpo/platform';
import { operator } from './operator';

const { NATS_URL, NATS_USER, NATS_PASSWORD } = environment();
const settings = { natsUrl: NATS_URL ?? 'nats://127.0.0.1:4222', user: NATS_USER, password: NATS_PASSWORD };

void operator(process.argv.slice(2), settings).then(({ code, out, error }) => {
  if (out !== undefined) process.stdout.write(`${out}\n`);
  if (error !== undefined) process.stderr.write(`${error}\n`);
  // A connection that is still being tried must not keep the command from ending.
  process.exit(code);
});
