import { setTimeout as pause } from 'node:timers/promises';
import { environment } from '@open-cpo/platform';
import { Api } from '../demo/api';
import { Publisher } from '../demo/publisher';
import { Random } from '../demo/random';
import { commandLine, wholeNumber } from '../stack/command-line';
import { fail, say } from '../stack/terminal';
import { Fleet } from './fleet';

const { NATS_URL, NATS_USER, NATS_PASSWORD, PUBLIC_URL, NODE_ENV } = environment();
const settings = { natsUrl: NATS_URL ?? 'nats://127.0.0.1:4222', user: NATS_USER, password: NATS_PASSWORD };
/** Milliseconds between two steps. */
const STEP = 2000;

async function main(): Promise<void> {
  if (NODE_ENV === 'production') throw new Error('Nothing is simulated in production.');
  const declared = { url: { type: 'string' }, sessions: { type: 'string' }, speed: { type: 'string' } } as const;
  const { values } = commandLine({ options: declared });
  const api = await Api.login(values.url ?? PUBLIC_URL ?? 'http://localhost:3000');
  const options = {
    sessions: wholeNumber('sessions', values.sessions, 1000) ?? 8,
    speed: wholeNumber('speed', values.speed, 1000) ?? 20,
  };
  const fleet = new Fleet(await api.powerCenters(), options, new Random(Date.now()));
  const publisher = await Publisher.open(settings);
  say('Drivers come and go at the power centers of owner@demo.test. Ctrl-C sends them home.');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  let events = 0;
  while (!stop.signal.aborted) {
    const published = fleet.step(Date.now());
    await publisher.publishAll(published);
    events += published.length;
    process.stdout.write(`\r  ${fleet.charging} charging, ${events} events published `);
    await pause(STEP, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  await publisher.publishAll(fleet.stop(Date.now()));
  say('\nAll of them have left.');
  await publisher.close();
}

main().then(() => process.exit(0), fail);
