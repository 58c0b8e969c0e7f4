import {
  type BrokerUses,
  changesOf,
  domainEvent,
  Int,
  link,
  nothing,
  operations,
  read,
  topic,
  write,
  writesOf,
} from '@open-cpo/contracts';
import type { Broker } from './broker';
import { Bus } from './call/bus';
import { internalCaller } from './caller';
import { DeclaredUses } from './declared-uses';

class Row {
  @Int() number?: number;
}
const parcels = operations('depot.parcels', {
  one: read(Row, Row),
  drop: write(Row, nothing, { operator: true, audit: false, reason: 'A test.' }),
});
const rows = operations('depot.rows', {
  one: read(Row, Row),
  change: write(Row, nothing, { audit: false, reason: 'A test.' }),
});
const moved = domainEvent('depot.parcels.moved', Row);
const lost = domainEvent('depot.parcels.lost', Row);
const news = topic<Row>('till.news');
const sockets = link<Row>('till.sockets');

const uses: BrokerUses = {
  calls: [parcels, rows.one],
  watches: [moved, news],
  consumes: [
    { as: 'till-moved', of: moved, from: 'new' },
    { as: 'till-parcels', of: 'facts.depot.parcels.>', batch: true },
  ],
  stores: [{ bucket: 'exports', writes: false }],
  publishes: [news],
  links: [sockets],
};

describe('what a process declares that it does at the broker', () => {
  const declared = new DeclaredUses('till', uses);

  it('is not refused', () => {
    declared.call(parcels.one);
    declared.call(rows.one);
    declared.watch(moved);
    declared.watch(news);
    declared.consume({ as: 'till-moved', filter: moved.filter, from: 'new' });
    declared.consume({ as: 'till-parcels', filter: 'facts.depot.parcels.>', batch: true });
    declared.store('exports', false);
    declared.publish(news);
    declared.publish(domainEvent('till.sums.changed', Row));
    declared.publish(changesOf('till'));
    declared.watch(writesOf('till'));
    declared.link(sockets);
  });

  it.each<[string, () => void, string]>([
    ['call', () => declared.call(rows.change), '"calls": depot.rows.change'],
    ['call of operators', () => declared.call(parcels.drop), '"calls": depot.parcels.drop'],
    ['event', () => declared.watch(lost), '"watches": facts.depot.parcels.lost.*'],
    [
      'consumer',
      () => declared.consume({ as: 'till-lost', filter: lost.filter }),
      '"consumes": till-lost of facts.depot.parcels.lost.* from all',
    ],
    [
      'start of a consumer',
      () => declared.consume({ as: 'till-moved', filter: moved.filter }),
      '"consumes": till-moved of facts.depot.parcels.moved.* from all',
    ],
    [
      'kind of a consumer',
      () => declared.consume({ as: 'till-parcels', filter: 'facts.depot.parcels.>' }),
      '"consumes": till-parcels of facts.depot.parcels.> from all',
    ],
    ['store', () => declared.store('UPLOADS', false), '"stores": UPLOADS'],
    ['writing', () => declared.store('exports', true), '"stores": exports, writing'],
    ['event of another service', () => declared.publish(moved), '"publishes": facts.depot.parcels.moved.*'],
    ['change of another service', () => declared.publish(changesOf('depot')), '"publishes": changes.depot.*'],
    ['write of another service', () => declared.watch(writesOf('depot')), '"watches": writes.depot.*'],
    ['link', () => declared.link(link('till.rows')), '"links": links.till.rows.*'],
  ])('leaves any other %s out, which is refused by name', (_, use, named) => {
    expect(use).toThrow(
      `till does not declare in apps/till/src/broker.ts, under ${named}. Add it and run npm run openapi.`,
    );
  });

  it('holds for calls on the bus, before anything is sent', () => {
    const bus = new Bus({ uses: declared, whenDown: () => undefined } as unknown as Broker);
    expect(() => bus.bytes(rows.change, {}, internalCaller())).toThrow('depot.rows.change');
  });
});
