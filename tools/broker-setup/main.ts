import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '@open-cpo/platform';
import { allConsumers as consumers } from '../broker/uses';
import { setUpBroker } from './set-up';
import { SetupConfig } from './setup-config';

/** Tries while the broker starts; then whoever runs it tries again. */
const TRIES = 30;
const RETRY_MS = 1000;

const { natsUrl, natsUser: user, natsPassword: password, streamReplicas: replicas } = loadConfig(SetupConfig);

async function main(): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await setUpBroker({ natsUrl, user, password, consumers, replicas });
    } catch (error) {
      if (left === 0) throw error;
      process.stderr.write(`The broker cannot be set up yet: ${String(error)}\n`);
      await pause(RETRY_MS);
    }
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`The broker is not set up: ${String(error)}\n`);
    process.exit(1);
  },
);
