import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Health, Log, ProcessConfig } from '@open-cpo/platform';
import type { ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { JOBS_OPTIONS, type JobsOptions } from './jobs-options';
import { QueueUnavailable } from './queue-unavailable';
import { redisProblems } from './redis-check';

/** Milliseconds a producer waits for Redis; requests have their own deadline. */
const COMMAND_TIMEOUT_MS = 2000;
/** Milliseconds that a connection may take to end. The client waits as long even for one that was never there. */
const DISCONNECT_TIMEOUT_MS = 100;

const retryStrategy = (times: number): number => Math.min(200 * times, 3000) + Math.floor(Math.random() * 200);

/** The connection that jobs are added by. It fails fast: what cannot be added now stays in the outbox. */
@Injectable()
export class RedisConnection implements OnModuleInit, OnApplicationShutdown {
  readonly client: Redis;
  private problems: string[] = [];
  private lastTrouble = '';

  constructor(
    @Inject(JOBS_OPTIONS) private readonly options: JobsOptions,
    private readonly config: ProcessConfig,
    private readonly log: Log,
    health: Health,
  ) {
    this.client = new Redis(options.redisUrl, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      connectTimeout: COMMAND_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
      retryStrategy,
    });
    this.client.on('error', (error) => this.trouble(error));
    this.client.on('ready', () => (this.lastTrouble = ''));
    health.add('redis', () => this.usable(), { critical: false });
  }

  /** @throws Error in production when this Redis would lose jobs. An unavailable one is checked when it connects. */
  async onModuleInit(): Promise<void> {
    await this.client.connect().catch((error: unknown) => this.trouble(error));
    await this.judge();
    if (this.config.production && this.problems.length > 0) {
      this.client.disconnect();
      throw new Error(`This Redis would lose jobs: ${this.problems.join('; ')}`);
    }
    this.client.on('ready', () => void this.judge());
  }

  /** @throws QueueAway unless connected to a Redis that keeps what it is given. */
  assertUsable(): void {
    if (this.client.status !== 'ready') throw new QueueUnavailable();
    if (this.config.production && this.problems.length > 0) throw new QueueUnavailable(this.problems.join('; '));
  }

  async usable(): Promise<boolean> {
    this.assertUsable();
    return (await this.client.ping()) === 'PONG';
  }

  /** How workers connect: they wait for ever, and each blocks on a connection of its own. */
  forWorkers(): ConnectionOptions {
    return {
      url: this.options.redisUrl,
      maxRetriesPerRequest: null,
      connectTimeout: 5000,
      keepAlive: 5000,
      disconnectTimeout: DISCONNECT_TIMEOUT_MS,
      retryStrategy,
    };
  }

  /** A connection that is lost says the same again and again: it is written down once. */
  trouble(error: unknown): void {
    const text = error instanceof Error ? error.message || error.name : String(error);
    if (text === this.lastTrouble) return;
    this.lastTrouble = text;
    this.log.warn('Trouble with Redis', { error });
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }

  private async judge(): Promise<void> {
    if (this.client.status !== 'ready') return;
    try {
      this.problems = redisProblems(await this.client.info());
    } catch (error) {
      this.trouble(error);
    }
    if (this.problems.length > 0) this.log.warn('This Redis would lose jobs', { problems: this.problems });
  }
}
