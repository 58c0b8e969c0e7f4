import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeCharger,
  type ChargerRef,
  chargers,
  chargersRefused,
  type CreateCharger,
  type ListChargerMessages,
  type ListChargers,
  type ListRefused,
  type RefusedRef,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/chargers')
export class ChargersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List chargers',
    description: 'One page of the chargers of the account with their connection and status.',
    calls: chargers.table,
    can: 'chargers.view',
  })
  table(@Input() input: ListChargers, @From() caller: Caller) {
    return this.bus.bytes(chargers.table, input, caller);
  }

  @Route('GET', 'refused', {
    title: 'List refused connections and cards',
    description:
      'Lists connections that were refused because of identity or password, and cards that were not accepted, newest first.',
    calls: chargersRefused.table,
    can: 'chargers.view',
  })
  refused(@Input() input: ListRefused, @From() caller: Caller) {
    return this.bus.bytes(chargersRefused.table, input, caller);
  }

  @Route('POST', 'refused/:id/enrol', {
    title: 'Enrol a refused charger',
    description:
      'Creates the charger of a refused connection for its power center, or rotates the credential of one that is there, and answers the password, once.',
    calls: chargersRefused.enrol,
    noStore: true,
    can: 'chargers.update',
    refusals: ['conflict'],
  })
  enrol(@Input() input: RefusedRef, @From() caller: Caller) {
    return this.bus.bytes(chargersRefused.enrol, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get a charger',
    description: 'Answers a charger with its model, connection and connectors.',
    calls: chargers.one,
    can: 'chargers.view',
  })
  one(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.one, input, caller);
  }

  @Route('POST', '', {
    title: 'Create a charger',
    description: 'Creates a charger for a power center and answers the password with which it connects by OCPP, once.',
    calls: chargers.create,
    noStore: true,
    can: 'chargers.update',
  })
  create(@Input() input: CreateCharger, @From() caller: Caller) {
    return this.bus.bytes(chargers.create, input, caller);
  }

  @Route('PATCH', ':id', {
    title: 'Change a charger',
    description: 'Changes a charger. Fields that are not sent stay as they are.',
    calls: chargers.change,
    can: 'chargers.update',
    refusals: ['conflict'],
  })
  change(@Input() input: ChangeCharger, @From() caller: Caller) {
    return this.bus.bytes(chargers.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a charger',
    description: 'Deletes a charger and closes its connection. Its orders stay.',
    calls: chargers.remove,
    can: 'chargers.update',
  })
  remove(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.remove, input, caller);
  }

  @Route('POST', ':id/credential', {
    title: "Rotate a charger's credential",
    description: 'Answers a new password of a charger, once.',
    calls: chargers.rotate,
    noStore: true,
    can: 'chargers.update',
  })
  rotate(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.rotate, input, caller);
  }

  @Route('DELETE', ':id/credential', {
    title: "Revoke a charger's credential",
    description:
      'Revokes the password of a charger and closes its connection. It cannot connect until there is a new one.',
    calls: chargers.revoke,
    can: 'chargers.update',
  })
  revoke(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.revoke, input, caller);
  }

  @Route('GET', ':id/messages', {
    title: "List a charger's messages",
    description: 'Lists the OCPP messages that a charger has sent and received, newest first, without heartbeats.',
    calls: chargers.messages,
    can: 'chargers.view',
  })
  messages(@Input() input: ListChargerMessages, @From() caller: Caller) {
    return this.bus.bytes(chargers.messages, input, caller);
  }
}
