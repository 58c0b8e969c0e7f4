import { Controller } from '@nestjs/common';
import {
  type Caller,
  chargerCommands,
  chargerLimits,
  chargerLocalList,
  type ChargerRef,
  chargerReservations,
  type CommandRef,
  type ListCommands,
  type ListReservations,
  type ReservationRef,
  type Reserve,
  type SendCommand,
  type SetChargerLimit,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** What is asked of a charger: commands, reservations, local list and limits. */
@Controller('api/chargers')
export class ChargersCommandsController {
  constructor(private readonly bus: Bus) {}

  @Route('POST', ':id/commands', {
    title: 'Send a command to a charger',
    description:
      'Sends an OCPP command to a charger, such as a reset or a change of its configuration. The result is that of the charger, or that it is not connected.',
    calls: chargerCommands.send,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  send(@Input() input: SendCommand, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.send, input, caller);
  }

  @Route('GET', ':id/commands', {
    title: "List a charger's commands",
    description: 'Lists the commands that were sent to a charger with their results, newest first.',
    calls: chargerCommands.table,
    can: 'chargers.view',
  })
  commands(@Input() input: ListCommands, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.table, input, caller);
  }

  @Route('GET', ':id/commands/:command_id', {
    title: 'Get a command of a charger',
    description: 'Answers a command that was sent to a charger, with its result.',
    calls: chargerCommands.one,
    can: 'chargers.view',
  })
  command(@Input() input: CommandRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.one, input, caller);
  }

  @Route('DELETE', ':id/commands/:command_id', {
    title: 'Cancel a command of a charger',
    description: 'Cancels a command that was not sent to the charger yet.',
    calls: chargerCommands.cancel,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  cancelCommand(@Input() input: CommandRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.cancel, input, caller);
  }

  @Route('GET', ':id/configuration', {
    title: "Get a charger's configuration",
    description: 'Lists the settings that a charger has reported, with their values.',
    calls: chargerCommands.configuration,
    noStore: true,
    can: 'chargers.view',
  })
  configuration(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerCommands.configuration, input, caller);
  }

  @Route('GET', ':id/reservations', {
    title: "List a charger's reservations",
    description: "Lists the reservations of a charger's connectors, newest first.",
    calls: chargerReservations.table,
    can: 'chargers.view',
  })
  reservations(@Input() input: ListReservations, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.table, input, caller);
  }

  @Route('GET', ':id/reservations/:reservation_id', {
    title: 'Get a reservation of a charger',
    description: "Answers a reservation of a charger's connector and its state.",
    calls: chargerReservations.one,
    can: 'chargers.view',
  })
  reservation(@Input() input: ReservationRef, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.one, input, caller);
  }

  @Route('POST', ':id/reservations', {
    title: 'Reserve a connector of a charger',
    description:
      'Has the charger keep a connector free for a card, for 30 minutes by default. The state of the reservation is what the charger says.',
    calls: chargerReservations.reserve,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  reserve(@Input() input: Reserve, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.reserve, input, caller);
  }

  @Route('DELETE', ':id/reservations/:reservation_id', {
    title: 'Cancel a reservation of a charger',
    description: 'Cancels a reservation at the charger.',
    calls: chargerReservations.cancel,
    can: 'chargers.control',
    refusals: ['conflict', 'too_many_requests'],
  })
  cancel(@Input() input: ReservationRef, @From() caller: Caller) {
    return this.bus.bytes(chargerReservations.cancel, input, caller);
  }

  @Route('GET', ':id/local-list', {
    title: "Get the state of a charger's local list",
    description:
      'Answers which version of the local authorization list the charger has, and whether the list could be sent.',
    calls: chargerLocalList.one,
    can: 'chargers.view',
  })
  localList(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLocalList.one, input, caller);
  }

  @Route('POST', ':id/local-list', {
    title: 'Send the local list to a charger again',
    description: 'Sends the whole local authorization list to the charger again.',
    calls: chargerLocalList.send,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  sendLocalList(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLocalList.send, input, caller);
  }

  @Route('GET', ':id/limits', {
    title: 'Get the limits of the current of a charger',
    description: 'Answers the limits of a charger and its connectors in amperes, and that of its site.',
    calls: chargerLimits.one,
    can: 'chargers.view',
  })
  limits(@Input() input: ChargerRef, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.one, input, caller);
  }

  @Route('PUT', ':id/limits', {
    title: 'Limit the current of a charger or connector',
    description:
      'Sets or removes the limit of a charger or one of its connectors in amperes, by a charging profile. The smallest limit counts.',
    calls: chargerLimits.change,
    can: 'chargers.control',
    refusals: ['conflict'],
  })
  limit(@Input() input: SetChargerLimit, @From() caller: Caller) {
    return this.bus.bytes(chargerLimits.change, input, caller);
  }
}
