import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfig } from '@open-cpo/platform';
import committed from '../stack/broker/uses.json';
import type { Uses } from '../stack/broker/permissions';
import { setUpBroker } from './set-up';
import { SetupConfig } from './setup-config';

/** Tries while the broker starts; then whoever runs it tries again. */
const TRIES = 30;
const RETRY_MS = 1000;

const {
  natsUrl,
  natsUser: user,
  natsPassword: password,
  streamReplicas: replicas,
  brokerUses,
} = loadConfig(SetupConfig);
const uses = (brokerUses ? JSON.parse(readFileSync(brokerUses, 'utf8')) : committed) as Record<string, Uses>;
const consumers = Object.values(uses).flatMap(({ consumes }) => consumes);

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
