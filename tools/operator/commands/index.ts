import type { Command } from '../command';
import { accounts } from './accounts';
import { deadLetterCommands } from './dead-letters';
import { figures } from './figures';
import { payouts } from './payouts';
import { rates } from './rates';
import { unsent } from './unsent';

/** Everything that an operator can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...rates,
  ...accounts,
  ...figures,
  ...payouts,
  ...deadLetterCommands,
  ...unsent,
];
