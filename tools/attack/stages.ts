import { step } from '../stack/terminal';
import { attackGuesses } from './authorisation/brute-force';
import { attackCredentials } from './authorisation/credentials';
import { Enumeration } from './authorisation/enumeration';
import { attackForeignIds } from './authorisation/foreign-ids';
import { attackColumns } from './authorisation/mass-assignment';
import { attackAuthorisation } from './authorisation/matrix';
import type { Operation } from './document/operations';
import { Formulas } from './files/formulas';
import { Uploads } from './files/uploads';
import { Canary } from './inside/canary';
import { attackTexts } from './inside/texts';
import { showThatItHears } from './inside/twins';
import { WebhookAddresses } from './inside/webhooks';
import type { Tally } from './report/tally';
import type { Client } from './sending/client';
import type { Means } from './sending/target';
import type { AttackStack } from './stand/attack-stack';

export interface Stand {
  readonly stack: AttackStack;
  readonly operations: readonly Operation[];
  readonly clients: readonly [Client, Client];
  readonly means: Means;
  readonly tally: Tally;
  /** An API key of the other owner. */
  readonly foreignKey: string;
  /** Samples for what shows in time alone. */
  readonly samples: number;
}

/** Everything that is tried on purpose, one after the other; each ends with what came of it in the tally. */
export async function runStages(stand: Stand): Promise<void> {
  const { stack, operations, clients, means, tally, foreignKey, samples } = stand;
  const [client] = clients;
  const { people, address } = means;
  const stages: readonly [string, () => Promise<unknown>][] = [
    [
      'Every operation, by everybody who may not',
      () => attackAuthorisation({ operations, clients, means, key: stack.key, tally, foreignKey }),
    ],
    ['Ids of another owner in bodies', () => attackForeignIds(operations, client, means, tally)],
    ['Every column, with every write', () => attackColumns(operations, stack.databases, client, means, tally)],
    ['Addresses inside', () => attackAddresses(stand)],
    ['Formulas', () => new Formulas(client, means, tally).run()],
    ['Uploads', () => new Uploads(client, means, tally).run()],
    ['Credentials of the broker', () => attackCredentials(stack.broker, tally)],
    ['Known and unknown addresses', () => new Enumeration(client, people, address, tally).run(samples)],
    ['Guesses', () => attackGuesses(clients, people, address, tally)],
  ];
  for (const [text, work] of stages) await step(text, work);
}

/** With somebody inside who counts who calls, and proof that calls are counted. */
async function attackAddresses({ stack, operations, clients, means, tally }: Stand): Promise<void> {
  const database = stack.databases.find(({ name }) => name === 'notifications');
  if (!database) throw new Error('There are no webhooks without their service.');
  const canary = new Canary();
  await canary.start();
  try {
    await attackTexts(operations, clients[0], means, canary, tally);
    await new WebhookAddresses(clients[0], means, database, canary, tally).run();
    await showThatItHears(canary, tally);
  } finally {
    canary.stop();
  }
}
