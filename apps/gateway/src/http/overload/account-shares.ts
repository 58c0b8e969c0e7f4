import type { ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { GatewayConfig } from '../../config';
import type { RouteOptions } from '../route';
import { GOES_ON } from '../server/measure';
import { classOf } from './route-class';

const RETRY_AFTER_S = 1;

/**
 * Bounds what one account has under way at a replica, so that it cannot take all places of a class: a bulkhead by
 * account. A place is held until the last byte of the answer is out, or the answer turns out to be a live feed, which has
 * a bound of its own.
 */
@Injectable()
export class AccountShares {
  private readonly requests = new Map<number, number>();
  private readonly files = new Map<number, number>();

  constructor(private readonly config: GatewayConfig) {}

  /** @throws Refusal `too_many_requests` when the account has its share under way */
  enter(accountId: number, route: RouteOptions, response: ServerResponse): void {
    // Of a client that has hung up meanwhile there is no end to wait for.
    if (response.destroyed) return;
    const { requestsPerAccount, filesPerAccount } = this.config;
    const isFile = classOf(route) === 'exports';
    const taken = isFile ? this.files : this.requests;
    const count = taken.get(accountId) ?? 0;
    if (count >= (isFile ? filesPerAccount : requestsPerAccount))
      throw new Refusal('too_many_requests', { retryAfter: RETRY_AFTER_S });
    taken.set(accountId, count + 1);
    const leave = (): void => {
      response.off('close', leave).off(GOES_ON, leave);
      const left = (taken.get(accountId) ?? 1) - 1;
      if (left > 0) taken.set(accountId, left);
      else taken.delete(accountId);
    };
    response.once('close', leave).once(GOES_ON, leave);
  }
}
