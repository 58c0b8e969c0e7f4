import type { Command } from '../command';
import { accounts } from './accounts';
import { cash } from './cash';
import { deadLetterCommands } from './dead-letters';
import { facts } from './facts';
import { figures } from './figures';
import { orders } from './orders';
import { payouts } from './payouts';
import { rates } from './rates';
import { unsent } from './unsent';

/** Everything that an operator can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...rates,
  ...accounts,
  ...orders,
  ...cash,
  ...figures,
  ...facts,
  ...payouts,
  ...deadLetterCommands,
  ...unsent,
];
