import { StackError, step } from '../stack/terminal';
import { attackBackEnds } from './authorisation/back-ends';
import { attackGuesses } from './authorisation/brute-force';
import { attackCredentials } from './authorisation/credentials';
import { Enumeration } from './authorisation/enumeration';
import { attackForeignIds } from './authorisation/foreign-ids';
import { attackColumns } from './authorisation/mass-assignment';
import { attackAuthorisation } from './authorisation/matrix';
import { attackChargers } from './chargers/chargers';
import type { ChargersTarget } from './chargers/chargers-under-attack';
import { attackParsers } from './cost/parsers';
import { attackWithSlowReaders } from './cost/slow-readers';
import { attackWithSlowBodies } from './cost/trickle';
import type { Operation } from './document/operations';
import { Formulas } from './files/formulas';
import { Uploads } from './files/uploads';
import { Canary } from './inside/canary';
import { attackTexts } from './inside/texts';
import { proveDetection } from './inside/negative-controls';
import { WebhookAddresses } from './inside/webhooks';
import type { Tally } from './report/tally';
import type { Client } from './sending/client';
import type { Means } from './sending/target';
import { attackSequences } from './sequences/sequences';
import type { SequenceTarget } from './sequences/account-under-attack';
import type { AttackStack } from './environment/attack-stack';
import type { Database } from './environment/databases';

export interface AttackTarget {
  readonly stack: AttackStack;
  readonly operations: readonly Operation[];
  readonly clients: readonly [Client, Client];
  readonly means: Means;
  readonly tally: Tally;
  /** An API key of the other owner. */
  readonly foreignKey: string;
  /** Samples for what shows in time alone. */
  readonly samples: number;
  /** What is generated. */
  readonly hostile: () => Promise<void>;
}

/**
 * Everything that is tried, or what has `only` in its name, one after the other; each ends with what came of it in the tally.
 * @throws StackError when no stage has this name
 */
export async function runStages(attacked: AttackTarget, only = ''): Promise<void> {
  const { stack, operations, clients, means, tally, foreignKey, samples } = attacked;
  const [client] = clients;
  const { people, address } = means;
  const stages: readonly [string, () => Promise<unknown>][] = [
    // First: other stages have thousands of mails sent, and these wait for theirs.
    ['Sequences of requests', () => attackSequences(sequencesOf(attacked))],
    [
      'Every operation, by everybody who may not',
      () => attackAuthorisation({ operations, clients, means, key: stack.key, tally, foreignKey }),
    ],
    ['Ids of another owner in bodies', () => attackForeignIds(operations, client, means, tally)],
    ['Every column, with every write', () => attackColumns(operations, stack.databases, client, means, tally)],
    ['Addresses inside', () => attackAddresses(attacked)],
    ['Formulas', () => new Formulas(client, means, tally).run()],
    ['Uploads', () => new Uploads(client, means, tally).run()],
    [
      'Back ends',
      () =>
        attackBackEnds(
          stack.broker,
          { stations: stack.databaseUrl('stations'), orders: stack.databaseUrl('orders') },
          tally,
        ),
    ],
    ['Credentials of the broker', () => attackCredentials(stack.broker, tally)],
    ['Known and unknown addresses', () => new Enumeration(client, people, address, tally).run(samples)],
    ['Guesses', () => attackGuesses(clients, people, address, tally)],
    ['Requests that are dear to parse', () => attackParsers(client, gatewayOf(stack), means, tally)],
    ['Slow readers', () => attackWithSlowReaders(client, means, databaseOf(stack, 'orders'), tally)],
    ['Bodies that never end', () => attackWithSlowBodies(stack.urls[0], client, gatewayOf(stack), tally)],
    ['Sockets of chargers', () => attackChargers(chargersOf(attacked))],
    ['Hostile requests', attacked.hostile],
  ];
  const chosen = stages.filter(([text]) => text.includes(only));
  if (chosen.length === 0)
    throw new StackError(`There is no stage "${only}": ${stages.map(([text]) => text).join(', ')}.`);
  for (const [text, work] of chosen) await step(text, work);
}

const gatewayOf = (stack: AttackStack): number => pidOf(stack, 'gateway');

function pidOf(stack: AttackStack, name: string): number {
  const mark = stack.mark(name);
  if (!mark) throw new Error(`There is no ${name}.`);
  return mark.pid;
}

function chargersOf({ stack, clients: [client], means, tally, samples }: AttackTarget): ChargersTarget {
  return { port: stack.chargersPort, pid: () => pidOf(stack, 'chargers'), client, means, tally, samples };
}

const databaseOf = (stack: AttackStack, name: string): Database => ({ name, url: stack.databaseUrl(name) });

function sequencesOf({ stack, clients, means, tally }: AttackTarget): SequenceTarget {
  return { clients, database: stack.databaseUrl('auth'), inbox: stack.inboxUrl, address: means.address, tally };
}

/** With somebody inside who counts who calls, and proof that calls are counted. */
async function attackAddresses({ stack, operations, clients, means, tally }: AttackTarget): Promise<void> {
  const database = databaseOf(stack, 'notifications');
  const canary = new Canary();
  await canary.start();
  try {
    await attackTexts(operations, clients[0], means, canary, tally);
    await new WebhookAddresses(clients[0], means, database, canary, tally).run();
    await proveDetection(canary, tally);
  } finally {
    canary.stop();
  }
}
