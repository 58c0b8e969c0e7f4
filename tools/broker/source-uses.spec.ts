import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { productionSources, usesOf, usesOfFolders } from './source-uses';

describe('what a source uses of the broker', () => {
  it('is what it calls of others, under whatever name', () => {
    const text = `import { type Caller, categories, workforceWorkers as workers } from '@open-cpo/contracts';
      bus.call(workers.byCard, {}); lists.page(categories.table, categories.all); other.orders.one;`;
    const calls = ['workforce.workers.byCard', 'stations.categories.table', 'stations.categories.all'];
    expect(usesOf(text, 'gateway').calls).toEqual(calls);
    expect(usesOf(text, 'stations').calls).toEqual(['workforce.workers.byCard']);
  });

  it('is nothing where only a type is meant', () => {
    const text = `import type { categories } from '@open-cpo/contracts'; type A = HandlersOf<typeof categories.one>;`;
    expect(usesOf(text, 'gateway')).toEqual({ calls: [], watches: [], consumes: [], keeps: [] });
  });

  it('is the facts it watches', () => {
    const text = `import { keysChanged } from '@open-cpo/contracts'; facts.watch(keysChanged, () => 1);`;
    expect(usesOf(text, 'gateway').watches).toEqual(['facts.auth.keys.changed.*']);
  });

  it('is the domain events it watches by calls over several lines', () => {
    const text = `import { keysChanged } from '@open-cpo/contracts'; domainEvents.watch(\n  keysChanged,\n  () => 1,\n);`;
    expect(usesOf(text, 'gateway').watches).toEqual(['facts.auth.keys.changed.*']);
  });

  it('is refused where a watched event cannot be read', () => {
    const text = `import { keysChanged } from '@open-cpo/contracts'; domainEvents.watch(which ? keysChanged : other, f);`;
    expect(() => usesOf(text, 'gateway')).toThrow('watched');
  });

  it('is the changes of every service where it listens to them', () => {
    const text = `import { Broker, Changes } from '@open-cpo/messaging'; changes.listen(() => 1);`;
    expect(usesOf(text, 'gateway').watches).toEqual(['changes.>']);
    expect(usesOf(`import { Changes } from '@open-cpo/messaging'; changes.tell('depot', 1);`, 'depot').watches).toEqual(
      [],
    );
  });

  it('is the topics it tells of and listens to', () => {
    const text = `import { feedGrown } from '@open-cpo/contracts'; live.tell(feedGrown, 1, {}); live.listen(feedGrown, 2);`;
    const filter = 'live.notifications.feeds.*';
    expect(usesOf(text, 'notifications')).toMatchObject({ watches: [filter], tells: [filter] });
  });

  it('is what its replicas hold and reach', () => {
    const text = `import { chargerSockets } from '@open-cpo/contracts'; links.hold(chargerSockets, 1, f); links.reach(chargerSockets, 2, {});`;
    const filter = 'links.chargers.sockets.*';
    expect(usesOf(text, 'chargers')).toMatchObject({ watches: [], links: [filter, filter] });
    expect(usesOf('tokens.hold(other, 1);', 'chargers')).not.toHaveProperty('links');
  });

  it('is the facts it consumes one by one', () => {
    const text =
      "import { ratesChanged } from '@open-cpo/contracts';\n@Consumes(ratesChanged, { as: `${service}-rates` })";
    const filter = 'facts.auth.currencies.rates-changed.*';
    expect(usesOf(text, 'orders').consumes).toEqual([{ as: 'orders-rates', stream: 'FACTS', filter }]);
  });

  it('is the facts it consumes in batches, by a fact’s filter or one in words', () => {
    const text = `import { feedbackSubmitted, orderStarted } from '@open-cpo/contracts';
      const CONSUMER = 'orders-feedback'; const FACTS = [orderStarted];
      this.batches.consume({ as: CONSUMER, domainEvents: [feedbackSubmitted], filter: feedbackSubmitted.filter, handle });
      this.batches.consume({ as: 'payouts-orders', domainEvents: FACTS, filter: 'facts.orders.orders.>', handle });`;
    expect(usesOf(text, 'orders').consumes).toEqual([
      { as: 'orders-feedback', stream: 'CHARGING', filter: 'charging.feedback.submitted', batch: true },
      { as: 'payouts-orders', stream: 'FACTS', filter: 'facts.orders.orders.>', batch: true },
    ]);
  });

  it('is where a consumer starts that does not start with all that is stored', () => {
    const text = `import { ratesChanged, orderStarted } from '@open-cpo/contracts';
      @Consumes(ratesChanged, { as: 'auth-rates', from: 'new' })
      this.batches.consume({ as: 'auth-orders', from: 'new', domainEvents: [orderStarted], filter: orderStarted.filter, handle });`;
    expect(usesOf(text, 'auth').consumes.map(({ as, from }) => [as, from])).toEqual([
      ['auth-rates', 'new'],
      ['auth-orders', 'new'],
    ]);
  });

  it('is the buckets where files are kept, and whether it puts some there', () => {
    const reading = `import { Bus, FileStore } from '@open-cpo/messaging'; files.open(name);`;
    expect(usesOf(reading, 'gateway').keeps).toEqual([{ bucket: 'exports', writes: false }]);
    const writing = `import { type Uploads } from '@open-cpo/messaging'; uploads.keep(bytes);`;
    expect(usesOf(writing, 'gateway').keeps).toEqual([{ bucket: 'UPLOADS', writes: true }]);
  });

  it('refuses a consumer whose name it cannot tell, instead of forgetting it', () => {
    expect(() => usesOf('this.batches.consume(options)', 'orders')).toThrow(/cannot be told/);
    expect(() => usesOf('@Consumes(something, options)', 'orders')).toThrow(/cannot be told/);
  });
});

describe('the sources of an app', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sources-'));
    mkdirSync(join(folder, 'test'));
    for (const name of ['a.ts', 'a.spec.ts', 'a.it.spec.ts', 'test/b.ts', 'c.json']) {
      writeFileSync(join(folder, name), '@Consumes(what, ever)');
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are those that run in production', () => {
    expect(productionSources(folder)).toEqual([join(folder, 'a.ts')]);
  });

  it('are named when one of them is not understood', () => {
    expect(() => usesOfFolders([folder], 'orders')).toThrow(/a\.ts: .*cannot be told/);
  });
});
