import { authOperators } from '@open-cpo/contracts';
import type { Command } from '../command';

/** The table by which US dollars are shown in other currencies. */
export const rates: readonly Command[] = [
  {
    name: 'rates list',
    takes: [],
    summary: 'Every currency and its rate: units for one US dollar.',
    run: (operatorConsole) => operatorConsole.ask(authOperators.rates, {}),
  },
  {
    name: 'rates set',
    takes: ['code', 'rate'],
    summary: 'Changes a rate; every service hears of it at once.',
    async run(operatorConsole, [code = '', rate = '']) {
      const set = await operatorConsole.ask(authOperators.setRate, {
        code: code.toUpperCase(),
        rate,
        by: operatorConsole.by,
      });
      return `One US dollar is ${set.rate} ${set.code} now.`;
    },
  },
];
