import {
  chargingPermissions,
  operatorCalls,
  operatorPermissions,
  permissionsOf,
  servedToOperators,
  streamPermissions,
  streamSubjects,
  type Uses,
} from './permissions';

const nothing: Uses = { calls: [], watches: [], consumes: [] };
const all: Record<string, Uses> = {
  edge: { ...nothing, calls: ['depot.rows.all'], watches: ['facts.depot.rows.told.*'] },
  depot: { ...nothing, consumes: [{ as: 'depot-sums', stream: 'FACTS', filter: 'facts.till.sums.>' }] },
  till: nothing,
};

describe('what an app may do at the broker', () => {
  it('is to serve in its queue group, to answer its callers and to tell its facts', () => {
    const { publish, subscribe } = permissionsOf('depot', all);
    expect(subscribe).toEqual(['_INBOX_depot.>', 'depot.> depot', 'writes.depot.*']);
    expect(publish).toEqual(
      expect.arrayContaining([
        '_INBOX_edge.depot.>',
        'facts.depot.>',
        'changes.depot.*',
        'writes.depot.*',
        'dead.depot-sums.facts.till.sums.>',
      ]),
    );
    expect(publish.filter((subject) => subject.startsWith('$JS.'))).toEqual([]);
  });

  it('is to pull from its own consumers, in an account of its own', () => {
    expect(streamPermissions('depot', all)).toEqual({
      publish: [
        'streams.API.CONSUMER.INFO.FACTS.depot-sums',
        'streams.API.CONSUMER.MSG.NEXT.FACTS.depot-sums',
        '$JS.ACK.FACTS.depot-sums.>',
      ],
      subscribe: ['_INBOX_depot.>'],
    });
  });

  it('is for a mere caller: its calls, what keeps them going, and what it watches', () => {
    expect(permissionsOf('edge', all)).toEqual({
      publish: ['depot.rows.all', '_INBOX_depot.edge.>'],
      subscribe: ['_INBOX_edge.>', 'facts.depot.rows.told.*'],
    });
  });

  it('is to reach replicas of its own, and to answer them', () => {
    const uses = { ...all, edge: { ...nothing, links: ['links.edge.sockets.*'] } };
    expect(permissionsOf('edge', uses)).toEqual({
      publish: ['links.edge.sockets.*', '_INBOX_edge.edge.>'],
      subscribe: ['_INBOX_edge.>', 'links.edge.sockets.*'],
    });
  });

  it('is nothing but its own inbox for whoever is not known', () => {
    expect(permissionsOf('stranger', all)).toEqual({ publish: [], subscribe: ['_INBOX_stranger.>'] });
  });

  it('is for operators to look after the dead and to tell events again', () => {
    const { publish } = operatorPermissions;
    expect(publish).toEqual(expect.arrayContaining(['$JS.API.STREAM.MSG.GET.DEAD', 'facts.>']));
    expect(publish).not.toContain('$JS.API.STREAM.PURGE.DEAD');
  });

  it('is for operators to call in an account of their own, where services serve nothing else', () => {
    const uses = { ...all, operator: { ...nothing, calls: ['depot.outbox.unsent', 'depot.operators.drop'] } };
    const { publish, subscribe } = operatorCalls(uses);
    expect([publish, subscribe]).toEqual([
      ['depot.outbox.unsent', 'depot.operators.drop', '_INBOX_depot.operator.>'],
      ['_INBOX_operator.>'],
    ]);
    expect(servedToOperators('depot', uses)).toEqual({
      publish: ['_INBOX_operator.depot.>'],
      subscribe: ['_INBOX_depot.>', 'depot.operators.* depot', 'depot.outbox.* depot'],
    });
    expect(permissionsOf('depot', uses).publish).not.toContain('_INBOX_operator.depot.>');
  });

  it('is to read files message by message', () => {
    const keeps = [{ bucket: 'exports', writes: false }];
    expect(streamSubjects('edge', { ...all, edge: { ...nothing, keeps } })).toEqual([
      '$JS.API.STREAM.INFO.OBJ_exports',
      '$JS.API.DIRECT.GET.OBJ_exports',
      '$JS.API.DIRECT.GET.OBJ_exports.>',
    ]);
    expect(streamPermissions('edge', all)).toBeUndefined();
  });

  it('is for charging back ends to tell', () => {
    expect(chargingPermissions('charging')).toEqual({ publish: ['charging.*.*'], subscribe: ['_INBOX_charging.>'] });
  });
});
