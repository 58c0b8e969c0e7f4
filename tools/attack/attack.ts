import { step } from '../stack/terminal';
import { attackAddresses } from './authorisation/addresses';
import { attackGuesses } from './authorisation/brute-force';
import { Enumeration } from './authorisation/enumeration';
import { attackColumns } from './authorisation/mass-assignment';
import { attackAuthorisation } from './authorisation/matrix';
import { type ApiDocument, readDocument } from './document/operations';
import { fuzz, type Fuzzing } from './fuzz';
import { changed, checkDatabases, rowsOfOther } from './invariants';
import { Schemas } from './judge/schemas';
import type { AttackOptions } from './options';
import { rawFuzz } from './raw-fuzz';
import { Tally } from './report/tally';
import { Client } from './sending/client';
import type { AttackStack } from './stand/attack-stack';
import { collected, type Memory } from './stand/memory';
import { People } from './stand/people';
import { kindOf, Resources } from './stand/resources';

/** Part of the requests that come before memory is first looked at: what is made once is no leak. */
const WARM_UP = 0.15;
const RAW = 0.04;
/** Growth that is no leak; the short form ends before what is kept on purpose is full. */
const TOLERANCE = { full: 0.1, short: 0.35 };
const MIB = 1024 * 1024;

/** Addresses of documentation, one after the other: what is counted by address is not what is looked at here. */
function addresses(): () => string {
  let turn = 0;
  return () => {
    turn += 1;
    return `198.18.${(turn >> 8) & 255}.${turn & 255}`;
  };
}

/** The whole attack on a platform that runs; what came of it. */
export class Attack {
  readonly tally = new Tally();
  readonly document: ApiDocument;
  readonly people: People;
  private readonly clients: readonly [Client, Client];
  private readonly fuzzing: Fuzzing;

  constructor(
    checkout: string,
    private readonly stack: AttackStack,
    private readonly options: AttackOptions,
  ) {
    this.document = readDocument(checkout);
    const auth = stack.databases.find(({ name }) => name === 'auth');
    this.people = new People(stack.key, auth?.url ?? '');
    const [one, two] = stack.urls;
    this.clients = [new Client(one), new Client(two)];
    const [first] = this.clients;
    const means = {
      people: this.people,
      own: new Resources(first, this.people, 'owner'),
      other: new Resources(first, this.people, 'other owner'),
      address: addresses(),
    };
    const { operations } = this.document;
    const schemas = new Schemas(this.document);
    this.fuzzing = { operations, schemas, clients: this.clients, means, tally: this.tally, canaries: [] };
  }

  async run(): Promise<Tally> {
    await this.people.prepare();
    const { requests, seed } = this.options;
    const foreignKey = await this.prepareOther();
    const before = await rowsOfOther(this.stack.databases);
    await this.tryToGetIn(foreignKey);
    const warmUp = Math.round(requests * WARM_UP);
    await step(`Warming up with ${warmUp} requests`, () => fuzz(this.fuzzing, warmUp, seed + 1_000_000));
    const memory = await this.memory();
    const raw = Math.round(requests * RAW);
    await step(`Hostile bytes (${raw} connections)`, () => rawFuzz(this.stack.urls[0], raw, seed, this.tally));
    const rest = requests - warmUp - raw;
    await step(`Hostile requests (${rest})`, () => fuzz(this.fuzzing, rest, seed));
    await this.compareMemory(memory);
    await checkDatabases(this.stack.databases, this.tally);
    const touched = changed(before, await rowsOfOther(this.stack.databases));
    this.tally.checked(
      'rows of another account, in every table',
      touched.length === 0,
      touched.join(', ') || 'unchanged',
    );
    const { deaths } = this.stack;
    this.tally.checked('processes that ended', deaths.length === 0, deaths.join('; ') || 'none');
    this.clients.forEach((client) => client.end());
    return this.tally;
  }

  /** The other account gets one of everything; after that nothing of it may change. Answers an API key of it. */
  private async prepareOther(): Promise<string> {
    const { other } = this.fuzzing.means;
    const operations = this.document.operations;
    const kinds = operations.flatMap((operation) =>
      operation.parameters.filter((one) => one.in === 'path').map(({ name }) => kindOf(operation, name)),
    );
    await other.seal([...new Set(kinds)].filter((kind) => kind !== 'members'));
    const headers = { authorization: `Bearer ${this.people.token('other owner')}`, 'content-type': 'application/json' };
    const sent = { method: 'POST', target: '/api/api-keys', headers, body: Buffer.from('{"name":"Of another"}') };
    const { text } = await this.clients[0].sendPatiently(sent);
    return /"key":"([^"]+)"/.exec(text)?.[1] ?? '';
  }

  private async tryToGetIn(foreignKey: string): Promise<void> {
    const { document, people, clients, tally, stack, fuzzing, options } = this;
    const { operations } = document;
    const { means } = fuzzing;
    await step('Every operation, by everybody who may not', () =>
      attackAuthorisation({ operations, clients, means, key: stack.key, tally, foreignKey }),
    );
    await step('Every column, with every write', () =>
      attackColumns(operations, stack.databases, clients[0], means, tally),
    );
    await step('Addresses inside', () => attackAddresses(operations, clients[0], means, tally));
    const samples = options.short ? 40 : 300;
    await step('Known and unknown addresses', () =>
      new Enumeration(clients[0], people, means.address, tally).run(samples),
    );
    await step('Guesses', () => attackGuesses(clients, people, means.address, tally));
  }

  private memory(): Promise<Map<string, Memory>> {
    return step('Collecting garbage', () => collected(this.stack.places.home, this.stack.processes));
  }

  private async compareMemory(before: Map<string, Memory>): Promise<void> {
    const after = await this.memory();
    const tolerance = this.options.short ? TOLERANCE.short : TOLERANCE.full;
    for (const [name, { rss }] of after) {
      const earlier = before.get(name)?.rss ?? rss;
      const growth = rss / earlier - 1;
      const figures = `${(earlier / MIB).toFixed(0)} → ${(rss / MIB).toFixed(0)} MiB (${(growth * 100).toFixed(1)} %)`;
      this.tally.checked(`memory of ${name} after collection`, growth <= tolerance, figures);
    }
  }
}
