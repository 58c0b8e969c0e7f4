import {
  charging,
  domainEvent,
  job,
  list,
  nothing,
  operations,
  page,
  read,
  stream,
  strings,
  value,
  write,
} from '../index';

class In {}
class Out {}

describe('operations', () => {
  const things = operations('depot.things', {
    one: read(In, Out),
    many: read(In, list(Out), { deadline: 500 }),
    table: read(In, page(Out)),
    names: read(In, strings),
    count: read(In, value<number>(7)),
    drop: write(In, nothing, { operator: true, audit: 'things.drop' }),
    all: stream(In, Out),
  });

  it('have a subject, and the service that owns them', () => {
    expect(things.one).toMatchObject({ subject: 'depot.things.one', service: 'depot', kind: 'read', input: In });
    expect(things.drop).toMatchObject({ kind: 'write', operator: true, audit: 'things.drop' });
    expect(things.many.deadline).toBe(500);
  });

  it('say what they answer', () => {
    const forms = Object.entries(things).map(([name, { answer }]) => [name, answer.form, answer.of]);
    expect(forms).toEqual([
      ['one', 'one', Out],
      ['many', 'list', Out],
      ['table', 'page', Out],
      ['names', 'strings', undefined],
      ['count', 'value', undefined],
      ['drop', 'nothing', undefined],
      ['all', 'one', Out],
    ]);
  });

  it('cannot be changed once declared', () => {
    expect(Object.isFrozen(things)).toBe(true);
    expect(Object.values(things).every((operation) => Object.isFrozen(operation))).toBe(true);
  });
});

describe('facts and jobs', () => {
  it('of ours end with the id of what they are about', () => {
    expect(domainEvent('depot.things.moved', Out)).toEqual({
      subject: 'facts.depot.things.moved',
      filter: 'facts.depot.things.moved.*',
      stream: 'FACTS',
      payload: Out,
    });
  });

  it('of charging back ends have a stream of their own', () => {
    expect(charging('connector.status', Out)).toMatchObject({
      filter: 'charging.connector.status',
      stream: 'CHARGING',
    });
  });

  it('are tried a bounded number of times as jobs', () => {
    expect(job('emails', Out)).toEqual({ queue: 'emails', payload: Out, attempts: 8, backoff: 2000, spread: 0 });
  });
});
