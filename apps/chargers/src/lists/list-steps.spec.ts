import { afterAnswer, type ListAnswer, type ListState, nextCommand } from './list-steps';

const NEW: ListState = {
  phase: 'limits',
  version: null,
  known: false,
  entries: {},
  max_cards: null,
  max_message: null,
  attempts: 0,
  error: null,
};
const endOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) + 86_400_000;
const cardsOf = (...tags: string[]) => ({ cards: tags.map((tag) => [tag, '2030-01-01'] as const), endOf });

/** A charger with lists, as far as it is one. */
function charger(limits: Record<string, string> = {}) {
  const list = new Map<string, string>();
  const seen: string[] = [];
  const state = { version: 0, refuse: '' };
  const answer = (request: ListAnswer['request']): ListAnswer => {
    const accepted = { state: 'accepted', status: 'Accepted', error: null, request } as const;
    if (request.type === 'read_local_list_limits') {
      const configuration = Object.entries(limits).map(([key, value]) => ({ key, value }));
      return { ...accepted, answer: { configuration } };
    }
    if (request.type === 'read_local_list') return { ...accepted, answer: { version: state.version } };
    seen.push(`${request.full ? 'full' : 'part'} ${request.version}: ${request.entries.length}`);
    const refused = { ...accepted, state: 'rejected', answer: null } as const;
    if (state.refuse) return { ...refused, status: state.refuse };
    if (!request.full && request.version <= state.version) return { ...refused, status: 'VersionMismatch' };
    if (request.entries.length > Number(limits.SendLocalListMaxLength ?? 1000)) return { ...refused, status: 'Failed' };
    if (request.full) list.clear();
    request.entries.forEach(({ tag, removed, until }) => (removed ? list.delete(tag) : list.set(tag, until ?? '')));
    state.version = request.version;
    return { ...accepted, answer: null };
  };
  /** As long as something is to be sent and taken. */
  const sync = (from: ListState, wanted: ReturnType<typeof cardsOf>): ListState => {
    let now = from;
    for (let n = 0; n < 50; n += 1) {
      const next = nextCommand(now, wanted);
      if (!next.command) return next.list;
      now = afterAnswer(next.list, answer(next.command));
      if (now.attempts > 3) return now;
    }
    throw new Error('It has no end.');
  };
  return { list, seen, state, sync };
}

describe('the steps of a list of cards', () => {
  it('are the limits, the version, the whole list, and changes of it', () => {
    const one = charger({ SendLocalListMaxLength: '2' });
    const first = one.sync(NEW, cardsOf('A', 'B', 'C'));
    expect(first).toMatchObject({ phase: 'current', version: 2, attempts: 0, error: null });
    expect([...one.list]).toEqual(['A', 'B', 'C'].map((tag) => [tag, '2030-01-02T00:00:00Z']));
    expect(one.seen).toEqual(['full 1: 2', 'part 2: 1']);
    one.sync({ ...first, phase: 'send' }, cardsOf('B', 'D'));
    expect([...one.list.keys()]).toEqual(['B', 'D']);
    expect(one.seen.slice(2)).toEqual(['part 3: 2', 'part 4: 1']);
  });

  it('begin with the whole list where the charger has another one', () => {
    const one = charger();
    const first = one.sync(NEW, cardsOf('A'));
    // Somebody else wrote it, without our knowing of it and with it.
    one.list.clear();
    one.state.version = 40;
    one.sync({ ...first, phase: 'version' }, cardsOf('A'));
    expect([[...one.list.keys()], one.seen.at(-1)]).toEqual([['A'], 'full 41: 1']);
    one.state.version = 50;
    one.sync({ ...first, phase: 'send' }, cardsOf('A', 'B'));
    expect([...one.list.keys()]).toEqual(['A', 'B']);
    expect(one.seen.slice(-2)).toEqual(['part 2: 1', 'full 51: 2']);
  });

  it('take the last card out', () => {
    const one = charger();
    const first = one.sync(NEW, cardsOf('A'));
    expect(one.sync({ ...first, phase: 'send' }, cardsOf())).toMatchObject({ phase: 'current', entries: {} });
    expect(one.list.size).toBe(0);
  });

  it('keep to the cards that have a place', () => {
    const one = charger({ LocalAuthListMaxLength: '2' });
    one.sync(NEW, cardsOf('A', 'B', 'C'));
    expect([...one.list.keys()]).toEqual(['A', 'B']);
  });

  it('send less where a charger does not take as much, and does not tell how much', () => {
    const one = charger({});
    const { phase, max_message } = one.sync({ ...NEW, max_message: null }, cardsOf('A', 'B', 'C', 'D'));
    expect([phase, max_message]).toEqual(['current', null]);
    const request = {
      type: 'local_list',
      version: 2,
      full: true,
      entries: [{ tag: 'A' }, { tag: 'B' }, { tag: 'C' }],
    } as const;
    const refused = { state: 'rejected', status: 'Failed', error: null, answer: null, request } as const;
    expect(afterAnswer(NEW, refused)).toMatchObject({ phase: 'version', max_message: 2, attempts: 1, error: 'Failed' });
  });

  it('are none for a charger without lists, for one whose lists are off, and without cards', () => {
    const one = charger();
    one.state.version = -1;
    expect(one.sync(NEW, cardsOf('A'))).toMatchObject({ phase: 'unsupported', version: null });
    expect(charger({ LocalAuthListEnabled: 'false' }).sync(NEW, cardsOf('A'))).toMatchObject({ phase: 'disabled' });
    expect(nextCommand(NEW, cardsOf())).toEqual({ list: { ...NEW, phase: 'idle' } });
    const request = { type: 'read_local_list' } as const;
    const error = { state: 'failed', status: null, error: 'NotImplemented: ', answer: null, request } as const;
    expect(afterAnswer({ ...NEW, phase: 'version' }, error)).toMatchObject({ phase: 'unsupported' });
  });

  it('are tried again after an answer that did not come, with the whole list', () => {
    const request = { type: 'local_list', version: 2, full: false, entries: [{ tag: 'A' }] } as const;
    const lost = { state: 'timed_out', status: null, error: null, answer: null, request } as const;
    const list = { ...NEW, phase: 'send', version: 1, known: true } as const;
    expect(afterAnswer(list, lost)).toMatchObject({ phase: 'version', known: false, attempts: 1 });
  });

  it('do not go on for ever where everything is refused', () => {
    const one = charger();
    one.state.refuse = 'VersionMismatch';
    expect(one.sync(NEW, cardsOf('A')).attempts).toBe(4);
  });
});
