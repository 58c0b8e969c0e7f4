import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeChargePoint,
  ChargePointForIntegration,
  type ChargePointRef,
  chargePoints,
  type CreateChargePoint,
  type ListChargePoints,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { A, Answered, bare, RAW } from '../http/answers/success';
import { POWER_CENTERS } from '../http/caching/cache-versions';
import { ByIntegration, From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const change = {
  title: 'Update a power center',
  description:
    'Changes a power center. Fields that are not sent stay as they are; connectors and amenities that are sent replace the earlier ones.',
  calls: chargePoints.change,
  can: 'power-centers.update',
  envelope: RAW,
} as const;

@Controller('api/charge-points')
export class ChargePointsController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  /** A bare array of rows; integrations, which send an API key, get whole power centers in the usual envelope. */
  @Route('GET', '', {
    title: 'List power centers',
    description: 'Lists all power centers of the account as a bare array, newest first.',
    calls: chargePoints.all,
    forIntegrations: ChargePointForIntegration,
    can: 'power-centers.view',
    envelope: RAW,
    cached: POWER_CENTERS,
  })
  all(@Input() input: ListChargePoints, @From() caller: Caller, @ByIntegration() integration: boolean) {
    if (integration) return new Answered(this.lists.all(chargePoints.full, input, caller), A);
    return this.lists.all(chargePoints.all, input, caller);
  }

  @Route('GET', 'datatable', {
    title: 'List power centers (datatable)',
    description: 'One page of the power centers of the account, searched and sorted, with the total number of matches.',
    calls: chargePoints.table,
    can: 'power-centers.view',
    cached: POWER_CENTERS,
  })
  table(@Input() input: ListChargePoints, @From() caller: Caller) {
    return this.lists.page(chargePoints.table, chargePoints.rows, input, caller);
  }

  /** Bare, or in the usual envelope for integrations. */
  @Route('GET', ':id', {
    title: 'Get a power center by ID',
    description:
      "Answers a power center with address, connectors, amenities, owner and the price at this moment, in the caller's currency.",
    calls: chargePoints.one,
    forIntegrations: ChargePointForIntegration,
    can: 'power-centers.view',
    envelope: RAW,
    cached: POWER_CENTERS,
  })
  async one(@Input() input: ChargePointRef, @From() caller: Caller, @ByIntegration() integration: boolean) {
    const reply = await this.bus.bytes(chargePoints.one, input, caller);
    return integration ? new Answered(reply, A) : reply;
  }

  @Route('GET', ':id/time-zone', {
    title: 'Get the time zone of a power center',
    description:
      "Answers the IANA time zone at the power center's location, in which its opening hours and range prices count.",
    calls: chargePoints.zone,
    can: 'power-centers.view',
  })
  zone(@Input() input: ChargePointRef, @From() caller: Caller) {
    return this.bus.bytes(chargePoints.zone, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a power center',
    description: 'Creates a power center. Without an `identifier` it gets one of its own.',
    calls: chargePoints.create,
    can: 'power-centers.create',
    envelope: RAW,
    refuse: { bareErrors: true },
  })
  create(@Input() input: CreateChargePoint, @From() caller: Caller) {
    return this.bus.bytes(chargePoints.create, input, caller);
  }

  @Route('PUT', ':id', change)
  replace(@Input() input: ChangeChargePoint, @From() caller: Caller) {
    return this.bus.bytes(chargePoints.change, input, caller);
  }

  @Route('PATCH', ':id', change)
  change(@Input() input: ChangeChargePoint, @From() caller: Caller) {
    return this.bus.bytes(chargePoints.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a power center',
    description: 'Deletes a power center. It is refused while a session is active; orders keep their data.',
    calls: chargePoints.remove,
    can: 'power-centers.delete',
    envelope: bare('done'),
    refuse: { plain: { delete_refused: 400 } },
  })
  remove(@Input() input: ChargePointRef, @From() caller: Caller) {
    return this.bus.bytes(chargePoints.remove, input, caller);
  }
}
