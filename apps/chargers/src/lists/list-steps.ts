import type { Command } from '@open-cpo/ocpp';
import { type CardDays, limitsIn, nextUpdate } from './list-changes';

export type ListPhase = 'limits' | 'version' | 'send' | 'current' | 'idle' | 'unsupported' | 'disabled';

/** What is known of the list of a charger. */
export interface ListState {
  readonly phase: ListPhase;
  /** That of the list at the charger; null where it has not told. */
  readonly version: number | null;
  /** Whether `entries` are what the charger has. */
  readonly known: boolean;
  readonly entries: CardDays;
  readonly max_cards: number | null;
  readonly max_message: number | null;
  /** Tries that failed, one after the other. */
  readonly attempts: number;
  readonly error: string | null;
}

/** How the command before has ended. */
export interface ListAnswer {
  readonly state: 'accepted' | 'rejected' | 'failed' | 'timed_out' | 'not_connected';
  readonly status: string | null;
  readonly error: string | null;
  readonly answer: {
    readonly version?: number;
    readonly configuration?: readonly { readonly key: string; readonly value?: string }[];
  } | null;
  readonly request: Command & { readonly type: 'local_list' | 'read_local_list' | 'read_local_list_limits' };
}

/** Entries of one message where the charger does not tell how many it takes, and the most that are sent. */
const USUAL_SIZE = 50;
const MAX_SIZE = 200;

const isUnsupported = ({ state, status, error }: ListAnswer): boolean =>
  (state === 'failed' && /^(NotSupported|NotImplemented)\b/.test(error ?? '')) ||
  status?.toLowerCase() === 'notsupported';

const failed = (list: ListState, { status, error }: ListAnswer): ListState => ({
  ...list,
  attempts: list.attempts + 1,
  error: error ?? status ?? 'No answer came in time.',
});

/** What is known after an answer. */
export function afterAnswer(list: ListState, answer: ListAnswer): ListState {
  const { request } = answer;
  const away = answer.state === 'not_connected' || answer.state === 'timed_out';
  // What was under way when the connection ended may have been done.
  if (away)
    return failed(
      { ...list, known: false, phase: request.type === 'read_local_list_limits' ? 'limits' : 'version' },
      answer,
    );
  if (request.type === 'read_local_list_limits') return afterLimits(list, answer);
  if (isUnsupported(answer))
    return { ...list, phase: 'unsupported', known: false, entries: {}, version: null, error: null };
  return request.type === 'read_local_list' ? afterVersion(list, answer) : afterUpdate(list, answer, request);
}

function afterLimits(list: ListState, answer: ListAnswer): ListState {
  if (answer.state === 'failed' && !isUnsupported(answer)) return failed(list, answer);
  const { enabled, maxCards = null, maxMessage = null } = limitsIn(answer.answer?.configuration ?? []);
  return { ...list, phase: enabled ? 'version' : 'disabled', max_cards: maxCards, max_message: maxMessage };
}

function afterVersion(list: ListState, answer: ListAnswer): ListState {
  const version = answer.answer?.version;
  if (answer.state !== 'accepted' || version === undefined) return failed({ ...list, known: false }, answer);
  if (version < 0) return { ...list, phase: 'unsupported', known: false, entries: {}, version: null };
  const known = list.known && list.version === version;
  return { ...list, phase: 'send', version, known, entries: known ? list.entries : {} };
}

function afterUpdate(
  list: ListState,
  answer: ListAnswer,
  { full, version, entries }: Command & { readonly type: 'local_list' },
): ListState {
  if (answer.state === 'accepted') {
    const after = new Map(full ? [] : Object.entries(list.entries));
    for (const { tag, removed, day } of entries) {
      if (removed) after.delete(tag);
      else after.set(tag, day ?? '');
    }
    const now = { phase: 'send', version, known: true, entries: Object.fromEntries(after) } as const;
    return { ...list, ...now, attempts: 0, error: null };
  }
  const isMismatch = answer.status?.toLowerCase() === 'versionmismatch';
  // The whole list is sent at once then.
  if (isMismatch && !full) return { ...list, phase: 'version', known: false };
  // A part that is too long fails as a whole.
  const size = isMismatch || entries.length < 2 ? list.max_message : Math.ceil(entries.length / 2);
  return failed({ ...list, phase: 'version', known: false, max_message: size }, answer);
}

export interface Wanted {
  /** In the order in which they have a place. */
  readonly cards: readonly (readonly [tag: string, day: string])[];
  readonly endOf: (day: string) => number;
}

export interface NextCommand {
  readonly list: ListState;
  /** Absent where nothing is to be sent. */
  readonly command?: ListAnswer['request'];
}

/** What is sent next. */
export function nextCommand(list: ListState, wanted: Wanted): NextCommand {
  switch (list.phase) {
    case 'limits':
    case 'idle':
      return wanted.cards.length === 0 && list.version === null
        ? { list: { ...list, phase: 'idle' } }
        : { list: { ...list, phase: 'limits' }, command: { type: 'read_local_list_limits' } };
    case 'version':
      return { list, command: { type: 'read_local_list' } };
    case 'send':
    case 'current':
      return nextPart(list, wanted);
    case 'unsupported':
    case 'disabled':
      return { list };
  }
}

function nextPart(list: ListState, { cards, endOf }: Wanted): NextCommand {
  const wanted = Object.fromEntries(cards.slice(0, list.max_cards ?? cards.length));
  const size = Math.min(MAX_SIZE, list.max_message ?? USUAL_SIZE);
  const { entries } = nextUpdate(list.known ? list.entries : {}, wanted, size, endOf);
  const had = Math.max(list.version ?? 0, 0);
  // Also where a charger has no list, and there are no cards.
  const isDone = entries.length === 0 && (list.known || had === 0);
  if (isDone) return { list: { ...list, phase: 'current', known: true, attempts: 0, error: null } };
  const command = { type: 'local_list', version: had + 1, full: !list.known, entries } as const;
  return { list: { ...list, phase: 'send' }, command };
}
