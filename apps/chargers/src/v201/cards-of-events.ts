import type { v201 } from '@open-cpo/ocpp';
import type { Verdict } from '../cards/cards';

type Begun = { readonly id: number };

/** Why a card that is shown does not begin the session: it ends it. */
const STOPPING = ['StopAuthorized', 'Deauthorized'];

/** Whether a card that is shown is to begin the session. */
export const mayBegin = ({ type, triggerReason = '' }: v201.TransactionEvent): boolean =>
  type !== 'Ended' && !STOPPING.includes(triggerReason);

/** A charger may name a start from afar by its id alone: that stands for the tag that the start was sent with. */
export async function withTag(
  event: v201.TransactionEvent,
  tagOf: (start: number) => Promise<string | undefined>,
): Promise<v201.TransactionEvent> {
  const { token, remoteStart } = event;
  if (token?.tag !== undefined || remoteStart === undefined || !mayBegin(event)) return event;
  const tag = await tagOf(remoteStart);
  return tag === undefined ? event : { ...event, token: { tag, type: 'Central' } };
}

export const isAccepted = (verdict: Verdict, transaction: Begun): boolean =>
  verdict.status === 'Accepted' && !isForAnother(verdict, transaction);

/** Whether it is the tag of a start that has begun another transaction: it is for one. */
export const isForAnother = (verdict: Verdict | undefined, { id }: Begun): boolean =>
  (verdict?.remote?.transaction_id ?? id) !== id;
