/**
 * A message to current subscribers that is not stored: a hint that something is new, never the only source of it.
 * It goes by `live.<service>.<what>.<key>`.
 */
export interface Topic<T> {
  readonly subject: string;
  /** What one who listens to every key listens to. */
  readonly filter: string;
  /** Never set: carries the type. */
  readonly type?: T;
}

/** Declares a topic: `topic<FeedGrown>('notifications.feeds')`. */
export const topic = <T>(name: `${string}.${string}`): Topic<T> =>
  Object.freeze({ subject: `live.${name}`, filter: `live.${name}.*` });
