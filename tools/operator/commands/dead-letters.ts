import { ordersOperators } from '@open-cpo/contracts';
import { type Command, idOf, UsageError } from '../command';
import { type DeadLetter, deadLetter, deadLetters, replay, replayCorrected } from '../dead-letters';
import { clean } from '../table';

const PAGE_SIZE = 200;
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
    summary: `Events that a consumer set aside, oldest first (${PAGE_SIZE} at most).`,
    run: async (operatorConsole, _, { consumer }) =>
      shown(await deadLetters(operatorConsole.nats, PAGE_SIZE, { consumer })),
  },
  {
    name: 'dead-letters after',
    takes: ['number'],
    options: { consumer: 'only those of one consumer' },
    summary: `The next page of them: those with greater numbers (${PAGE_SIZE} at most).`,
    run: async (operatorConsole, [number], { consumer }) =>
      shown(await deadLetters(operatorConsole.nats, PAGE_SIZE, { after: idOf(number, NUMBER), consumer })),
  },
  {
    name: 'dead-letters show',
    takes: ['number'],
    summary: 'Prints the whole payload of one.',
    run: async (operatorConsole, [number]) =>
      clean((await deadLetter(operatorConsole.nats, idOf(number, NUMBER))).payload),
  },
  {
    name: 'dead-letters replay',
    takes: ['number'],
    summary: 'Tells the event again; consumers that have handled it before do nothing.',
    async run(operatorConsole, [number]) {
      const letter = await replay(operatorConsole.nats, idOf(number, NUMBER));
      return `${letter.subject} is told again; ${letter.consumer} gets another chance.`;
    },
  },
  {
    name: 'dead-letters correct',
    takes: ['number'],
    options: { payload: 'the whole event as JSON', reason: 'why, for the audit log' },
    required: ['payload', 'reason'],
    summary: 'Tells an event of a charging back end in other words; the audit log keeps both.',
    async run(operatorConsole, [number], { payload = '', reason = '' }) {
      const letter = await deadLetter(operatorConsole.nats, idOf(number, NUMBER));
      if (!isJson(payload)) throw new UsageError('The payload is no JSON.');
      const { subject, consumer, eventId: event_id, payload: before } = letter;
      const entry = {
        number: letter.number,
        subject,
        event_id,
        before,
        after: payload,
        reason,
        by: operatorConsole.by,
      };
      await operatorConsole.ask(ordersOperators.recordCorrection, entry);
      await replayCorrected(operatorConsole.nats, letter, payload);
      return `${subject} is told in other words; ${consumer} gets another chance.`;
    },
  },
];
