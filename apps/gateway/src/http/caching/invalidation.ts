import { Injectable } from '@nestjs/common';
import { chargePointChanged, chargePointRemoved, Id, ratesChanged } from '@open-cpo/contracts';
import { Broker, Changes, DomainEvents } from '@open-cpo/messaging';
import { CacheVersions } from './cache-versions';

/** Whose power center it is; the rest of the event is of no use here. */
class Owned {
  @Id() account_id: number;
}

/** Drops cached answers when what they show has changed. */
@Injectable()
export class Invalidation {
  constructor(stamps: CacheVersions, changes: Changes, domainEvents: DomainEvents, broker: Broker) {
    changes.listen((service, accountId) => stamps.touch(accountId, service));
    domainEvents.watch(
      chargePointChanged,
      ({ account_id }) => stamps.touch(account_id, chargePointChanged.subject),
      Owned,
    );
    domainEvents.watch(
      chargePointRemoved,
      ({ account_id }) => stamps.touch(account_id, chargePointRemoved.subject),
      Owned,
    );
    domainEvents.watch(ratesChanged, () => stamps.touchAll());
    // Changes while the connection was down were missed.
    broker.whenBack(() => stamps.touchAll());
  }
}
