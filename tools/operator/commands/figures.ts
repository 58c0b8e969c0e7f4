import { type FiguresRebuilt, stationsOperators } from '@open-cpo/contracts';
import type { Command } from '../command';

/** What power centers show of their orders. */
export const figures: readonly Command[] = [
  {
    name: 'figures rebuild',
    takes: [],
    summary: 'Counts totals, days and ratings of all power centers anew, from what orders knows.',
    async run(operatorConsole) {
      let [rows, corrected] = [0, 0];
      // A part at a time: what is being counted is held until its part is done.
      for (let after: number | null | undefined; after !== null;) {
        const part: FiguresRebuilt = await operatorConsole.ask(stationsOperators.rebuild, {
          after,
          by: operatorConsole.by,
        });
        rows += part.rows;
        corrected += part.corrected;
        after = part.next;
      }
      return `${corrected} of ${rows} power centers had wrong figures; all are right now.`;
    },
  },
];
