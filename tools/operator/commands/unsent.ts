import { authOperators } from '@open-cpo/contracts';
import { type Command, idOf } from '../command';

/** What auth gave up sending, after trying twenty times. */
export const unsent: readonly Command[] = [
  {
    name: 'unsent list',
    takes: [],
    summary: 'Facts and jobs that auth could not hand over.',
    run: (desk) => desk.ask(authOperators.unsent, {}),
  },
  {
    name: 'unsent resend',
    takes: ['id'],
    summary: 'Has auth try one of them again.',
    async run(desk, [id]) {
      await desk.ask(authOperators.resend, { id: idOf(id, 'The id'), by: desk.by });
      return `${id} is tried again.`;
    },
  },
];
