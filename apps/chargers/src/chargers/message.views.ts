import { type Caller, type ChargerMessage, inScope, may, ownerOf } from '@open-cpo/contracts';
import { isCardKey, isValueOf } from '../messages/redaction';
import type { MessageRow } from './chargers.repository';

const CARDS = ['idTag', 'parentIdTag', 'idToken', 'groupIdToken', 'additionalInfo'];
const HIDDEN = '***';

/** Whether cards may be shown: to those who may see the account's workers. */
export function maySeeCards(caller: Caller): boolean {
  const { role, scope } = ownerOf(caller);
  return may(role, 'workers.view') && inScope(scope, 'workers.view');
}

/** A kept payload as object; one that was malformed or cut is shown as text, in which no card can be found and hidden. */
function shown(kept: string, cards: boolean): Pick<ChargerMessage, 'payload' | 'text'> {
  const hide = function (this: unknown, key: string, value: unknown): unknown {
    return !cards && (CARDS.includes(key) || isValueOf(this, key, isCardKey)) ? HIDDEN : value;
  };
  let parsed: unknown = kept;
  try {
    parsed = JSON.parse(kept, hide) as unknown;
  } catch {
    // It was cut.
  }
  if (typeof parsed === 'object' && parsed !== null) return { payload: parsed, text: null };
  return { payload: null, text: cards ? String(parsed) : HIDDEN };
}

export const messageView = ({ payload, ...row }: MessageRow, cards: boolean): ChargerMessage => ({
  ...row,
  ...shown(payload, cards),
});
