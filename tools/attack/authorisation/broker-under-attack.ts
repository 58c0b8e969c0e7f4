import { connect, type NatsConnection } from '@nats-io/transport-node';

/** The broker of the platform under attack, and the credentials that its processes have. */
export interface BrokerUnderAttack {
  readonly url: string;
  readonly password: (name: string) => string;
}

/** A connection as a process makes it; `owner` is whose password the user has. */
export const open = ({ url, password }: BrokerUnderAttack, user: string, owner = user): Promise<NatsConnection> =>
  connect({ servers: url, user, pass: password(owner), inboxPrefix: `_INBOX_${owner}`, reconnect: false });
