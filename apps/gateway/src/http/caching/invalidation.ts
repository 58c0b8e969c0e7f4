import { Injectable } from '@nestjs/common';
import { chargePointChanged, chargePointRemoved, ratesChanged } from '@open-cpo/contracts';
import { Broker, Changes, DomainEvents } from '@open-cpo/messaging';
import { CacheVersions } from './cache-versions';

/** Hears of changes and has answers that were kept before them forgotten. */
@Injectable()
export class Invalidation {
  constructor(stamps: CacheVersions, changes: Changes, domainEvents: DomainEvents, broker: Broker) {
    changes.listen((service, accountId) => stamps.touch(accountId, service));
    domainEvents.watch(chargePointChanged, ({ account_id }) => stamps.touch(account_id, chargePointChanged.subject));
    domainEvents.watch(chargePointRemoved, ({ account_id }) => stamps.touch(account_id, chargePointRemoved.subject));
    domainEvents.watch(ratesChanged, () => stamps.touchAll());
    // Changes while the connection was down were missed.
    broker.whenBack(() => stamps.touchAll());
  }
}
