import type { Command } from '../command';
import { accounts } from './accounts';
import { audit } from './audit';
import { backEnds } from './back-ends';
import { brokerCommands } from './broker';
import { cash } from './cash';
import { deadLetterCommands } from './dead-letters';
import { facts } from './facts';
import { figures } from './figures';
import { orders } from './orders';
import { payouts } from './payouts';
import { privacy } from './privacy';
import { rates } from './rates';
import { secrets } from './secrets';
import { unsent } from './unsent';
import { users } from './users';

/** Everything that an operator can do, in the order of the help. */
export const commands: readonly Command[] = [
  ...rates,
  ...accounts,
  ...privacy,
  ...users,
  ...orders,
  ...cash,
  ...figures,
  ...backEnds,
  ...facts,
  ...brokerCommands,
  ...payouts,
  ...audit,
  ...secrets,
  ...deadLetterCommands,
  ...unsent,
];
