import {
  accept,
  chargerConnected,
  chargerDisconnected,
  connectorStatus,
  type DomainEvent,
  feedbackSubmitted,
  Refusal,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
} from '@open-cpo/contracts';
import { jetstream, type JetStreamManager, jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import { headers, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { orMissing } from '@open-cpo/messaging';

/** The stream of events that a consumer could not digest, on `dead.<consumer>.<subject>`. */
const STREAM = 'DEAD';
const ACK = 5000;

/** What charging back ends tell can be told in other words; our own events are what happened. */
const CORRECTABLE: readonly DomainEvent<unknown>[] = [
  sessionStarted,
  sessionMetered,
  sessionCompleted,
  feedbackSubmitted,
  connectorStatus,
  chargerConnected,
  chargerDisconnected,
];

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
  readonly occurredAt: string;
  readonly payload: string;
}

/** Which dead letters are asked for. */
export interface DeadLetterPage {
  /** Those with greater numbers. */
  readonly after?: number;
  /** Those of one consumer. */
  readonly consumer?: string;
}

/** The oldest ones. */
export async function deadLetters(
  nats: NatsConnection,
  most: number,
  { after = 0, consumer }: DeadLetterPage = {},
): Promise<DeadLetter[]> {
  const manager = await jetstreamManager(nats);
  const info = await orMissing(manager.streams.info(STREAM, { deleted_details: true }));
  const letters: DeadLetter[] = [];
  if (!info || info.state.messages === 0) return letters;
  const gone = new Set(info.state.deleted ?? []);
  const from = Math.max(info.state.first_seq, after + 1);
  for (let number = from; number <= info.state.last_seq && letters.length < most; number += 1) {
    const found = gone.has(number) ? undefined : await stored(manager, number);
    const letter = found && letterOf(found);
    if (letter && isOf(consumer, letter)) letters.push(letter);
  }
  return letters;
}

/** Without a consumer, all are asked for. */
const isOf = (consumer: string | undefined, letter: DeadLetter): boolean =>
  consumer === undefined || letter.consumer === consumer;

/**
 * Tells an event again where it was told first, under its own id, and removes it from the dead.
 * @throws Refusal `not_found`; `conflict` while the stream still remembers the first telling, which is ten minutes
 */
export async function replay(nats: NatsConnection, number: number): Promise<DeadLetter> {
  const letter = await deadLetter(nats, number);
  await publishAgain(nats, letter, { id: letter.eventId, payload: letter.payload });
  return letter;
}

/**
 * Tells an event in other words where it was told first, under an id of its own, and removes it from the dead.
 * @throws Refusal `validation_failed` with the fields that are still wrong
 */
export async function replayCorrected(nats: NatsConnection, letter: DeadLetter, payload: string): Promise<void> {
  // The name of its back end may follow.
  const told = letter.subject.split('.').slice(0, 3).join('.');
  const domainEvent = CORRECTABLE.find(({ subject }) => subject === told);
  if (!domainEvent) throw new Refusal('conflict', { message: `Events on ${letter.subject} cannot be corrected.` });
  accept(domainEvent.payload, JSON.parse(payload)).errors.throwIfAny();
  await publishAgain(nats, letter, { id: `${letter.eventId}-corrected-${letter.number}`, payload });
}

/** @throws Refusal `not_found` */
export async function deadLetter(nats: NatsConnection, number: number): Promise<DeadLetter> {
  const found = await stored(await jetstreamManager(nats), number);
  if (!found) throw new Refusal('not_found', { message: `There is no dead letter ${number}.` });
  return letterOf(found);
}

async function publishAgain(nats: NatsConnection, letter: DeadLetter, told: { id: string; payload: string }) {
  const manager = await jetstreamManager(nats);
  const head = headers();
  head.set('occurred-at', letter.occurredAt);
  const options = { msgID: told.id, headers: head, timeout: ACK };
  const { duplicate } = await jetstream(nats).publish(letter.subject, told.payload, options);
  if (duplicate) {
    throw new Refusal('conflict', { message: 'The event was told less than ten minutes ago: try again later.' });
  }
  await manager.streams.deleteMessage(STREAM, letter.number, false);
}

function letterOf({ seq, subject, header, data, time }: StoredMsg): DeadLetter {
  const [, consumer = '', ...rest] = subject.split('.');
  const eventId = get(header, 'event-id') || get(header, 'Nats-Msg-Id');
  const payload = new TextDecoder().decode(data);
  const at = time.toISOString();
  const [reason, occurredAt] = [get(header, 'reason'), get(header, 'occurred-at')];
  return { number: seq, consumer, subject: rest.join('.'), at, reason, eventId, occurredAt, payload };
}

const get = (head: MsgHdrs | undefined, name: string): string => head?.get(name) ?? '';

const stored = async (manager: JetStreamManager, seq: number): Promise<StoredMsg | undefined> =>
  (await orMissing(manager.streams.getMessage(STREAM, { seq }))) ?? undefined;
