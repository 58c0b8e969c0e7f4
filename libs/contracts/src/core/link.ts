/**
 * What a replica of a service holds alone, such as a connection, by key: the others reach it there. It goes by
 * `links.<service>.<what>.<key>`, which only replicas of the service use.
 */
export interface Link<T> {
  readonly subject: string;
  /** Every key of it. */
  readonly filter: string;
  /** Never set: carries the type of what is said. */
  readonly type?: T;
}

/** Declares a link: `link<Order>('chargers.sockets')`. */
export const link = <T>(name: `${string}.${string}`): Link<T> =>
  Object.freeze({ subject: `links.${name}`, filter: `links.${name}.*` });
