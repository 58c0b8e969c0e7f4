/**
 * A message to current subscribers that is not stored: a hint that something is new, never the only source of it.
 * Its subject ends with a key: `live.<service>.<what>.<key>`.
 */
export interface Topic<T> {
  readonly subject: string;
  /** Every key of it. */
  readonly filter: string;
  /** Never set: carries the type. */
  readonly type?: T;
}

const topicOf = <T>(subject: string): Topic<T> => Object.freeze({ subject, filter: `${subject}.*` });

/** Declares a topic: `topic<FeedGrown>('notifications.feeds')`. */
export const topic = <T>(name: `${string}.${string}`): Topic<T> => topicOf(`live.${name}`);

/**
 * Declares what one replica of a service holds alone, such as a connection, and where the other replicas of that service
 * reach it by its key: `link<Order>('chargers.sockets')`.
 */
export const link = <T>(name: `${string}.${string}`): Topic<T> => topicOf(`links.${name}`);

/** A service has written something of an account, which is the key: for caches of others. */
export const changesOf = (service: string): Topic<void> => topicOf(`changes.${service}`);

/** Changes of every service; the key is `<service>.<account>`. */
export const allChanges: Topic<void> = Object.freeze({ subject: 'changes', filter: 'changes.>' });

/** The same for the processes of the service itself, which read at replicas of its database. */
export const writesOf = (service: string): Topic<void> => topicOf(`writes.${service}`);
