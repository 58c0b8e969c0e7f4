import { ordersOperators } from '@open-cpo/contracts';
import { type Command, idOf, UsageError } from '../command';
import { type DeadLetter, deadLetter, deadLetters, replay, replayCorrected } from '../dead-letters';
import { clean } from '../table';

const MOST = 200;
const NUMBER = 'The number of a dead letter';

const shown = (letters: readonly DeadLetter[]) =>
  letters.map(({ number, consumer, subject, reason, at, payload }) => ({
    number,
    consumer,
    subject,
    at,
    reason,
    payload,
  }));

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

/** Events that a service could not digest. */
export const deadLetterCommands: readonly Command[] = [
  {
    name: 'dead-letters list',
    takes: [],
    options: { consumer: 'only those of one consumer' },
    summary: `Events that a consumer set aside, oldest first (${MOST} at most).`,
    run: async (desk, _, { consumer }) => shown(await deadLetters(desk.nats, MOST, { consumer })),
  },
  {
    name: 'dead-letters after',
    takes: ['number'],
    options: { consumer: 'only those of one consumer' },
    summary: `The next page of them: those with greater numbers (${MOST} at most).`,
    run: async (desk, [number], { consumer }) =>
      shown(await deadLetters(desk.nats, MOST, { after: idOf(number, NUMBER), consumer })),
  },
  {
    name: 'dead-letters show',
    takes: ['number'],
    summary: 'Prints the whole payload of one.',
    run: async (desk, [number]) => clean((await deadLetter(desk.nats, idOf(number, NUMBER))).payload),
  },
  {
    name: 'dead-letters replay',
    takes: ['number'],
    summary: 'Tells the event again; consumers that have handled it before do nothing.',
    async run(desk, [number]) {
      const letter = await replay(desk.nats, idOf(number, NUMBER));
      return `${letter.subject} is told again; ${letter.consumer} gets another chance.`;
    },
  },
  {
    name: 'dead-letters correct',
    takes: ['number'],
    options: { payload: 'the whole event as JSON', reason: 'why, for the audit log' },
    required: ['payload', 'reason'],
    summary: 'Tells an event of a charging back end in other words; the audit log keeps both.',
    async run(desk, [number], { payload = '', reason = '' }) {
      const letter = await deadLetter(desk.nats, idOf(number, NUMBER));
      if (!isJson(payload)) throw new UsageError('The payload is no JSON.');
      const { subject, consumer, eventId: event_id, payload: before } = letter;
      const entry = { number: letter.number, subject, event_id, before, after: payload, reason, by: desk.by };
      await desk.ask(ordersOperators.recordCorrection, entry);
      await replayCorrected(desk.nats, letter, payload);
      return `${subject} is told in other words; ${consumer} gets another chance.`;
    },
  },
];
