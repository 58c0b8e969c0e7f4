import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { Redis } from 'ioredis';
import { AuthConfig } from '../config';

const COMMAND_TIMEOUT_MS = 500;
/** Milliseconds that a connection may take to end. The client waits as long even for one that was never there. */
const DISCONNECT_TIMEOUT_MS = 100;

/** The connection for what all replicas count and remember together. It fails fast: no request waits for Redis. */
@Injectable()
export class RedisClient implements OnApplicationShutdown {
  readonly redis: Redis;
  readonly prefix: string;
  private lastTrouble = '';

  constructor(
    config: AuthConfig,
    private readonly log: Log,
  ) {
    this.prefix = config.redisPrefix;
    this.redis = new Redis(config.redisUrl, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: 2000,
      commandTimeout: COMMAND_TIMEOUT_MS,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(100 * times, 2000),
    });
    this.redis.on('error', (error: Error) => this.trouble(error));
    this.redis.on('ready', () => (this.lastTrouble = ''));
  }

  onApplicationShutdown(): void {
    this.redis.disconnect();
  }

  /** Said once, not with every try to reconnect. */
  private trouble(error: Error): void {
    if (error.message === this.lastTrouble) return;
    this.lastTrouble = error.message;
    this.log.warn('Trouble with Redis', { error });
  }
}
