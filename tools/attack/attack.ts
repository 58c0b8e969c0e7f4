import { randomBytes } from 'node:crypto';
import { step } from '../stack/terminal';
import { type ApiDocument, readDocument } from './document/operations';
import { fuzz, type Fuzzing } from './fuzz';
import { changed, checkDatabases, rowsOfOther } from './invariants';
import { Schemas } from './verdict/schemas';
import { MemoryWatch } from './memory-watch';
import type { AttackOptions } from './options';
import { rawFuzz } from './raw-fuzz';
import { Tally } from './report/tally';
import { Client } from './sending/client';
import type { Means } from './sending/target';
import { runStages } from './stages';
import type { AttackStack } from './environment/attack-stack';
import { People } from './environment/people';
import { kindOf, Resources } from './environment/resources';

/** Equal parts of the hostile requests; memory is looked at after each that is no warm-up. */
const PARTS = { full: 4, short: 2 };
/** Parts until caches are full, code is compiled and the allocator has taken what it works with. */
const WARM_UP = { full: 1, short: 0 };
const RAW = 0.04;
/** Growth since the first look that is no leak; the short form looks before anything is warm. */
const TOLERANCE = { full: 0.1, short: 0.35 };
const SAMPLES = { full: 300, short: 40 };

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
  private readonly means: Means;
  /** In every text that the other account has, and nowhere else. */
  private readonly label = `canary-${randomBytes(6).toString('hex')}`;

  constructor(
    checkout: string,
    private readonly stack: AttackStack,
    private readonly options: AttackOptions,
  ) {
    this.document = readDocument(checkout);
    this.people = new People(stack.key, stack.databaseUrl('auth'));
    const [one, two] = stack.urls;
    this.clients = [new Client(one), new Client(two)];
    const [first] = this.clients;
    this.means = {
      people: this.people,
      own: new Resources(first, this.people, 'owner'),
      other: new Resources(first, this.people, 'other owner', this.label),
      address: addresses(),
    };
  }

  async run(): Promise<Tally> {
    await this.people.prepare();
    const foreignKey = await this.prepareOther();
    const before = await rowsOfOther(this.stack.databases);
    const { clients, means, tally, stack } = this;
    const { operations } = this.document;
    const { only } = this.options;
    const hostile = (): Promise<void> => this.sendHostile([this.label, foreignKey, 'rival@demo.test']);
    const samples = SAMPLES[this.form];
    await runStages({ stack, operations, clients, means, tally, foreignKey, samples, hostile }, only);
    await checkDatabases(stack.databases, tally);
    const touched = changed(before, await rowsOfOther(stack.databases));
    const unchanged = `${before.size} tables, ${touched.join(', ') || 'unchanged'}`;
    tally.checked('rows of another account, in every table', touched.length === 0, unchanged);
    const retries = clients.reduce((sum, client) => sum + client.retries, 0);
    tally.checked('requests that were retried after 503 or 504', true, String(retries));
    const { deaths } = stack;
    tally.checked('processes that ended', deaths.length === 0, deaths.join('; ') || 'none');
    clients.forEach((client) => client.end());
    return tally;
  }

  private get form(): 'short' | 'full' {
    return this.options.short ? 'short' : 'full';
  }

  /** What is generated, in equal parts; `canaries` must come back in none of the answers. */
  private async sendHostile(canaries: readonly string[]): Promise<void> {
    const { clients, means, tally, stack, document } = this;
    const { requests, seed } = this.options;
    const schemas = new Schemas(document);
    const fuzzing: Fuzzing = { operations: document.operations, schemas, clients, means, tally, canaries };
    const memory = new MemoryWatch(stack.places.home, () => stack.running);
    const raw = Math.round(requests * RAW);
    await step(`Hostile bytes (${raw} connections)`, () => rawFuzz(stack.urls[0], raw, seed, tally));
    const parts = PARTS[this.form];
    const each = Math.max(0, Math.round((requests - raw) / parts));
    for (let part = 0; part < parts; part += 1) {
      await step(`Hostile requests, part ${part + 1} of ${parts} (${each})`, () =>
        fuzz(fuzzing, each, seed + part * 1_000_000),
      );
      if (part >= WARM_UP[this.form]) await step('Collecting garbage', () => memory.look());
    }
    memory.conclude(tally, TOLERANCE[this.form]);
  }

  /** The other account gets one of everything; after that nothing of it may change. Answers an API key of it. */
  private async prepareOther(): Promise<string> {
    const { other } = this.means;
    const operations = this.document.operations;
    const kinds = operations.flatMap((operation) =>
      operation.parameters.filter((one) => one.in === 'path').map(({ name }) => kindOf(operation, name)),
    );
    await other.seal([...new Set(kinds)].filter((kind) => kind !== 'members'));
    const { text } = await this.asOther('POST', '/api/api-keys', { name: this.label });
    await this.showCanaries();
    return /"key":"([^"]+)"/.exec(text)?.[1] ?? '';
  }

  /** What nobody else may see is there to be seen. */
  private async showCanaries(): Promise<void> {
    const lists = ['charge-points', 'charge-point-groups', 'charging-sites', 'workers', 'webhooks', 'api-keys'];
    const blind: string[] = [];
    for (const list of lists) {
      const { text } = await this.asOther('GET', `/api/${list}`);
      if (!text.includes(this.label)) blind.push(list);
    }
    const figures = `${lists.length - blind.length} of ${lists.length} lists${blind.map((list) => `; not in ${list}`).join('')}`;
    this.tally.checked('another account sees the marks in its own lists', blind.length === 0, figures);
  }

  private asOther(method: string, target: string, body?: object) {
    const headers = { authorization: `Bearer ${this.people.token('other owner')}`, 'content-type': 'application/json' };
    const content = body ? { body: Buffer.from(JSON.stringify(body)) } : {};
    return this.clients[0].sendWithRetries({ method, target, headers, ...content });
  }
}
