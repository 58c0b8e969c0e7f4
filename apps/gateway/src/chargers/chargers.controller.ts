import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeCharger,
  chargerCommands,
  chargerLimits,
  chargerLocalList,
  type ChargerRef,
  chargerReservations,
  chargers,
  type CommandRef,
  chargersRefused,
  type CreateCharger,
  type ListChargerMessages,
  type ListChargers,
  type ListCommands,
  type ListRefused,
  type ListReservations,
  type RefusedRef,
  type ReservationRef,
  type Reserve,
  type SendCommand,
  type SetChargerLimit,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/chargers')
export class ChargersController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', { title: 'List chargers', calls: chargers.table, can: 'chargers.view' })
  table(@Input() input: ListChargers, @From() caller: Caller) {
    return this.bus.bytes(chargers.table, input, caller);
  }

  @Route('GET', 'refused', {
    title: 'List refused connections and cards',
    calls: chargersRefused.table,
    can: 'chargers.view',
  })
  refused(@Input() input: ListRefused, @From() caller: Caller) {
    return this.bus.bytes(chargersRefused.table, input, caller);
  }

  @Route('POST', 'refused/:id/enrol', {
    title: 'Enrol a refused charger',
    calls: chargersRefused.enrol,
    noStore: true,
    can: 'chargers.update',
    refusals: ['conflict'],
  })
  enrol(@Input() input: RefusedRef, @From() caller: Caller) {
    return this.bus.bytes(chargersRefused.enrol, input, caller);
  }

  @Route('GET', ':id', { title: 'Get a charger', calls: chargers.one, can: 'chargers.view' })
  one(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.one, input, caller);
  }

  @Route('POST', '', { title: 'Create a charger', calls: chargers.create, noStore: true, can: 'chargers.update' })
  create(@Input() input: CreateCharger, @From() caller: Caller) {
    return this.bus.bytes(chargers.create, input, caller);
  }

  @Route('PATCH', ':id', {
    title: 'Change a charger',
    calls: chargers.change,
    can: 'chargers.update',
    refusals: ['conflict'],
  })
  change(@Input() input: ChangeCharger, @From() caller: Caller) {
    return this.bus.bytes(chargers.change, input, caller);
  }

  @Route('DELETE', ':id', { title: 'Delete a charger', calls: chargers.remove, can: 'chargers.update' })
  remove(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.remove, input, caller);
  }

  @Route('POST', ':id/credential', {
    title: "Rotate a charger's credential",
    calls: chargers.rotate,
    noStore: true,
    can: 'chargers.update',
  })
  rotate(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.rotate, input, caller);
  }

  @Route('DELETE', ':id/credential', {
    title: "Revoke a charger's credential",
    calls: chargers.revoke,
    can: 'chargers.update',
  })
  revoke(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargers.revoke, input, caller);
  }

  @Route('GET', ':id/messages', {
    title: "List a charger's messages",
    calls: chargers.messages,
    can: 'chargers.view',
  })
  messages(@Input() input: ListChargerMessages, @From() caller: Caller) {
    return this.bus.bytes(chargers.messages, input, caller);
  }

  @Route('POST', ':id/commands', {
    title: 'Send a command to a charger',
    calls: chargerCommands.send,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  send(@Input() input: SendCommand, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.send, input, caller);
  }

  @Route('GET', ':id/commands', {
    title: "List a charger's commands",
    calls: chargerCommands.table,
    can: 'chargers.view',
  })
  commands(@Input() input: ListCommands, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.table, input, caller);
  }

  @Route('GET', ':id/commands/:command_id', {
    title: 'Get a command of a charger',
    calls: chargerCommands.one,
    can: 'chargers.view',
  })
  command(@Input() input: CommandRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.one, input, caller);
  }

  @Route('DELETE', ':id/commands/:command_id', {
    title: 'Cancel a command of a charger',
    calls: chargerCommands.cancel,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  cancelCommand(@Input() input: CommandRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.cancel, input, caller);
  }

  @Route('GET', ':id/configuration', {
    title: "Get a charger's configuration",
    calls: chargerCommands.configuration,
    noStore: true,
    can: 'chargers.view',
  })
  configuration(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.configuration, input, caller);
  }

  @Route('GET', ':id/reservations', {
    title: "List a charger's reservations",
    calls: chargerReservations.table,
    can: 'chargers.view',
  })
  reservations(@Input() input: ListReservations, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.table, input, caller);
  }

  @Route('GET', ':id/reservations/:reservation_id', {
    title: 'Get a reservation of a charger',
    calls: chargerReservations.one,
    can: 'chargers.view',
  })
  reservation(@Input() input: ReservationRef, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.one, input, caller);
  }

  @Route('POST', ':id/reservations', {
    title: 'Reserve a connector of a charger',
    calls: chargerReservations.reserve,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  reserve(@Input() input: Reserve, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.reserve, input, caller);
  }

  @Route('DELETE', ':id/reservations/:reservation_id', {
    title: 'Cancel a reservation of a charger',
    calls: chargerReservations.cancel,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  cancel(@Input() input: ReservationRef, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.cancel, input, caller);
  }

  @Route('GET', ':id/local-list', {
    title: "Get the state of a charger's local list",
    calls: chargerLocalList.one,
    can: 'chargers.view',
  })
  localList(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLocalList.one, input, caller);
  }

  @Route('POST', ':id/local-list', {
    title: 'Send the local list to a charger again',
    calls: chargerLocalList.send,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  sendLocalList(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLocalList.send, input, caller);
  }

  @Route('GET', ':id/limits', {
    title: 'Get the limits of the current of a charger',
    calls: chargerLimits.one,
    can: 'chargers.view',
  })
  limits(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.one, input, caller);
  }

  @Route('PUT', ':id/limits', {
    title: 'Limit the current of a charger or connector',
    calls: chargerLimits.change,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  limit(@Input() input: SetChargerLimit, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.change, input, caller);
  }
}
