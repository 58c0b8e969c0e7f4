import { chargingPermissions, operatorPermissions, permissionsOf, type Uses } from './permissions';

const nothing: Uses = { calls: [], watches: [], consumes: [] };
const all: Record<string, Uses> = {
  edge: { ...nothing, calls: ['depot.rows.all'], watches: ['facts.depot.rows.told.*'] },
  depot: { ...nothing, consumes: [{ as: 'depot-sums', stream: 'FACTS', filter: 'facts.till.sums.>' }] },
  till: nothing,
};

describe('what an app may do at the broker', () => {
  it('is to serve in its queue group, to answer its callers and to tell its facts', () => {
    const { publish, subscribe } = permissionsOf('depot', all);
    expect(subscribe).toEqual(['_INBOX_depot.>', 'depot.> depot']);
    expect(publish).toEqual(
      expect.arrayContaining(['_INBOX_edge.>', 'facts.depot.>', 'changes.depot.*', 'dead.depot-sums.>']),
    );
    expect(publish).toContain('$JS.API.CONSUMER.CREATE.FACTS.depot-sums.facts.till.sums.>');
    expect(publish).toContain('$JS.ACK.FACTS.depot-sums.>');
  });

  it('is for a mere caller: its calls, what keeps them going, and what it watches', () => {
    expect(permissionsOf('edge', all)).toEqual({
      publish: ['depot.rows.all', '_INBOX_depot.>'],
      subscribe: ['_INBOX_edge.>', 'facts.depot.rows.told.*'],
    });
  });

  it('is nothing but its own inbox for whoever is not known', () => {
    expect(permissionsOf('stranger', all)).toEqual({ publish: [], subscribe: ['_INBOX_stranger.>'] });
  });

  it('is for operators to look after the dead and to tell events again', () => {
    const { publish } = operatorPermissions({ ...all, operator: { ...nothing, calls: ['depot.outbox.unsent'] } });
    expect(publish).toEqual(expect.arrayContaining(['depot.outbox.unsent', '$JS.API.STREAM.MSG.GET.DEAD', 'facts.>']));
    expect(publish).not.toContain('$JS.API.STREAM.PURGE.DEAD');
  });

  it('is for charging back ends to tell', () => {
    expect(chargingPermissions).toEqual({ publish: ['charging.>'], subscribe: ['_INBOX_charging.>'] });
  });
});
