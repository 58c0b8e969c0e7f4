/**
 * What is told to whoever listens right now and is kept nowhere: a hint that something is new, never the only word of it.
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
