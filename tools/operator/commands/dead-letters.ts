import { type Command, idOf } from '../command';
import { deadLetters, replay } from '../dead-letters';

const MOST = 200;

/** Events that a service could not digest. */
export const deadLetterCommands: readonly Command[] = [
  {
    name: 'dead-letters list',
    takes: [],
    options: { consumer: 'only those of one consumer' },
    summary: `Events that a consumer set aside, oldest first (${MOST} at most).`,
    async run(desk, _, { consumer }) {
      const letters = await deadLetters(desk.nats, MOST);
      return letters
        .filter((letter) => consumer === undefined || letter.consumer === consumer)
        .map(({ number, consumer: by, subject, reason, at, payload }) => ({
          number,
          consumer: by,
          subject,
          at,
          reason,
          payload,
        }));
    },
  },
  {
    name: 'dead-letters replay',
    takes: ['number'],
    summary: 'Tells the event again; consumers that have handled it before do nothing.',
    async run(desk, [number]) {
      const letter = await replay(desk.nats, idOf(number, 'The number of a dead letter'));
      return `${letter.subject} is told again; ${letter.consumer} gets another chance.`;
    },
  },
];
