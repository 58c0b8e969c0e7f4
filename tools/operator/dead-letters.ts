import { Refusal } from '@open-cpo/contracts';
import { headers, type JetStreamManager, type MsgHdrs, NatsError, type NatsConnection, type StoredMsg } from 'nats';

/** The stream of events that a consumer could not digest, on `dead.<consumer>.<subject>`. */
const STREAM = 'DEAD';
const NOT_FOUND = 404;
const ACK = 5000;

/** One of them. */
export interface DeadLetter {
  /** By which it is replayed. */
  readonly number: number;
  readonly consumer: string;
  /** Where it was told. */
  readonly subject: string;
  readonly at: string;
  readonly reason: string;
  readonly eventId: string;
  readonly payload: string;
}

/** The oldest ones. */
export async function deadLetters(nats: NatsConnection, most: number): Promise<DeadLetter[]> {
  const manager = await nats.jetstreamManager();
  const info = await orMissing(manager.streams.info(STREAM));
  const letters: DeadLetter[] = [];
  if (!info || info.state.messages === 0) return letters;
  for (let number = info.state.first_seq; number <= info.state.last_seq && letters.length < most; number += 1) {
    const found = await stored(manager, number);
    if (found) letters.push(letterOf(found));
  }
  return letters;
}

/**
 * Tells an event again where it was told first, under its own id, and removes it from the dead.
 * @throws Refusal `not_found`; `conflict` while the stream still remembers the first telling, which is ten minutes
 */
export async function replay(nats: NatsConnection, number: number): Promise<DeadLetter> {
  const manager = await nats.jetstreamManager();
  const found = await stored(manager, number);
  if (!found) throw new Refusal('not_found', { message: `There is no dead letter ${number}.` });
  const letter = letterOf(found);
  const head = headers();
  head.set('occurred-at', get(found.header, 'occurred-at'));
  const options = { msgID: letter.eventId, headers: head, timeout: ACK };
  const { duplicate } = await nats.jetstream().publish(letter.subject, found.data, options);
  if (duplicate) {
    throw new Refusal('conflict', { message: 'The event was told less than ten minutes ago: try again later.' });
  }
  await manager.streams.deleteMessage(STREAM, number, false);
  return letter;
}

function letterOf({ seq, subject, header, data, time }: StoredMsg): DeadLetter {
  const [, consumer = '', ...rest] = subject.split('.');
  const eventId = get(header, 'event-id') || get(header, 'Nats-Msg-Id');
  const payload = new TextDecoder().decode(data);
  const at = time.toISOString();
  return { number: seq, consumer, subject: rest.join('.'), at, reason: get(header, 'reason'), eventId, payload };
}

const get = (head: MsgHdrs | undefined, name: string): string => head?.get(name) ?? '';

const stored = (manager: JetStreamManager, seq: number): Promise<StoredMsg | undefined> =>
  orMissing(manager.streams.getMessage(STREAM, { seq }));

/** The stream is made by the first service that needs it, and its messages come and go. */
async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.code === NOT_FOUND) return undefined;
    throw error;
  }
}
