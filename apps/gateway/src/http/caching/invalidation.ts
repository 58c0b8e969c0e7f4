import { Injectable } from '@nestjs/common';
import { chargePointChanged, chargePointRemoved, ratesChanged } from '@open-cpo/contracts';
import { Broker, Changes, Facts } from '@open-cpo/messaging';
import { Stamps } from './stamps';

/** Hears of changes and has answers that were kept before them forgotten. */
@Injectable()
export class Invalidation {
  constructor(stamps: Stamps, changes: Changes, facts: Facts, broker: Broker) {
    changes.listen((service, accountId) => stamps.touch(accountId, service));
    facts.watch(chargePointChanged, ({ account_id }) => stamps.touch(account_id, chargePointChanged.subject));
    facts.watch(chargePointRemoved, ({ account_id }) => stamps.touch(account_id, chargePointRemoved.subject));
    facts.watch(ratesChanged, () => stamps.touchAll());
    // What changed while we were cut off was told to others.
    broker.whenBack(() => stamps.touchAll());
  }
}
