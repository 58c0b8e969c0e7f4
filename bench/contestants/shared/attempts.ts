import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Copies } from './settings';

/** Attempts, and the seconds in which they count: of an account from one network, and of one network. */
export const PAIR = { points: 10, duration: 900 } as const;
export const ADDRESS = { points: 30, duration: 60 } as const;

export const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Counts attempts to log in, each before it is looked at; a right one gives back what it took. */
export class Attempts {
  private readonly redis: Redis;
  private readonly prefix: string;

  constructor({ redisUrl, stream }: Copies) {
    this.redis = new Redis(redisUrl);
    this.prefix = `bench:${stream}:attempts`;
  }

  /** False when there were too many. */
  async spend(email: string, address: string): Promise<boolean> {
    const [pair, network] = this.keys(email, address);
    const answers = await this.redis
      .pipeline()
      .incr(pair)
      .expire(pair, PAIR.duration, 'NX')
      .incr(network)
      .expire(network, ADDRESS.duration, 'NX')
      .exec();
    const [ofPair, ofNetwork] = [answers?.[0]?.[1], answers?.[2]?.[1]].map(Number) as [number, number];
    return ofPair <= PAIR.points && ofNetwork <= ADDRESS.points;
  }

  async clear(email: string, address: string): Promise<void> {
    const [pair, network] = this.keys(email, address);
    await this.redis.pipeline().del(pair).decr(network).exec();
  }

  private keys(email: string, address: string): [string, string] {
    return [`${this.prefix}:${hashed(`${email} ${address}`)}`, `${this.prefix}:${hashed(address)}`];
  }
}
