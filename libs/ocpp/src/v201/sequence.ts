import type { EventType } from './transaction-event';

/** What of an event of a transaction its place in the sequence is found by. */
export interface SequencedEvent {
  readonly type: EventType;
  readonly seqNo?: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What of an event the begin of a session is made of. */
export interface BeginEvent extends SequencedEvent {
  /** Whether a card was shown that may start; nothing where none was. */
  readonly accepted?: boolean;
  readonly connector?: number;
  /** Whether energy flows. */
  readonly charging: boolean;
}

/** How the session of a transaction begins. */
export interface Beginning<E> {
  readonly started: E;
  /** The event at which the card was shown; absent without a card. */
  readonly card?: E;
  readonly connector?: number;
}

const RANK: Readonly<Record<EventType, number>> = { Started: 0, Updated: 1, Ended: 2 };

const byTime = (a: SequencedEvent, b: SequencedEvent): number => a.at - b.at || RANK[a.type] - RANK[b.type];

/** Whether each event has a number of its own: some chargers send none, or restart from zero after a reboot. */
function isNumbered(events: readonly SequencedEvent[]): boolean {
  const numbers = new Set(events.map(({ seqNo }) => seqNo));
  return numbers.size === events.length && !numbers.has(undefined);
}

const numberOf = ({ seqNo = 0 }: SequencedEvent): number => seqNo;

/** Without begins and ends that are repeated in other words: there is one of each, the one that came first. */
function distinct<E extends SequencedEvent>(events: readonly E[]): readonly E[] {
  const seen = new Set<string>();
  return events.filter(({ type, seqNo }) => {
    const name = `${type} ${seqNo ?? ''}`;
    const isNew = type === 'Updated' || !seen.has(name);
    seen.add(name);
    return isNew;
  });
}

/**
 * The events from `Started` on without a gap, in the order of the charger, whatever order they came in. Where its numbers say
 * nothing, all of them in the order of their times.
 */
export function gapless<E extends SequencedEvent>(given: readonly E[]): E[] {
  const events = distinct(given);
  if (!events.some(({ type }) => type === 'Started')) return [];
  if (!isNumbered(events)) return [...events].sort(byTime);
  const ordered = [...events].sort((a, b) => numberOf(a) - numberOf(b));
  const begin = ordered.findIndex(({ type }) => type === 'Started');
  const run = ordered.slice(begin);
  const first = numberOf(run[0] as E);
  const gap = run.findIndex((one, index) => numberOf(one) !== first + index);
  return gap < 0 ? run : run.slice(0, gap);
}

/** All of them, gaps or not: for a transaction whose missing events do not come any more. */
export function inOrder<E extends SequencedEvent>(given: readonly E[]): E[] {
  const events = distinct(given);
  return isNumbered(events) ? [...events].sort((a, b) => numberOf(a) - numberOf(b)) : [...events].sort(byTime);
}

/** What was said of the begin so far. */
type Said<E> = Omit<Beginning<E>, 'started'>;

/** The first card counts, unless a later one may start and it may not. */
const isCard = <E extends BeginEvent>({ card }: Said<E>, { accepted }: E): boolean =>
  accepted === true ? card?.accepted !== true : accepted === false && card === undefined;

function withEvent<E extends BeginEvent>(said: Said<E>, event: E): Said<E> {
  const card = isCard(said, event) ? event : said.card;
  const connector = said.connector ?? event.connector;
  return { ...(card ? { card } : {}), ...(connector === undefined ? {} : { connector }) };
}

const isDecided = <E extends BeginEvent>({ card, connector }: Said<E>, { charging, type }: E): boolean =>
  charging || type === 'Ended' || (card?.accepted === true && connector !== undefined);

/**
 * How a session begins, by events in the order of the charger without gaps; nothing while that is open. It begins with the
 * transaction. It is known when a card that may start and the connector were said; when energy flows, with what was said until
 * then, and a card that was shown after it; and at the end. `complete`: no event is waited for any more.
 */
export function beginningOf<E extends BeginEvent>(run: readonly E[], complete = false): Beginning<E> | undefined {
  const started = run.find(({ type }) => type === 'Started') ?? run[0];
  if (!started) return undefined;
  let said: Said<E> = {};
  for (const [index, event] of run.entries()) {
    said = withEvent(said, event);
    if (!isDecided(said, event)) continue;
    // Energy may flow, or seem to, a moment before the card is shown.
    const card = said.card?.accepted === true ? undefined : run.slice(index + 1).find(({ accepted }) => accepted);
    return { started, ...said, ...(card ? { card } : {}) };
  }
  return complete ? { started, ...said } : undefined;
}
