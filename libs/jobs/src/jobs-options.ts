/** Where the queues are. */
export interface JobsOptions {
  readonly redisUrl: string;
  /** Keeps systems apart that share a Redis. */
  readonly prefix: string;
}

export const JOBS_OPTIONS = Symbol('open-cpo:jobs-options');

/** Namespace of the queues' keys. */
export const queuePrefix = (options: JobsOptions): string => `${options.prefix}:jobs`;
