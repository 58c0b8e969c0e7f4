import type { MsgHdrs } from '@nats-io/transport-node';

const EVENT_ID = 'Nats-Msg-Id';
const FACTS = 'FACTS';

/**
 * Whether a service published it: services give every event an id. The stream's acknowledgement of a message can be sent anywhere by
 * who published it, also to where events are.
 */
export const isPublished = ({ headers: head }: { readonly headers?: MsgHdrs }, stream = FACTS): boolean =>
  stream !== FACTS || Boolean(head?.get(EVENT_ID));
