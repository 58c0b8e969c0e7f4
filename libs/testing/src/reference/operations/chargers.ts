import { aBare, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import {
  charger,
  chargerCommand,
  chargerCommands,
  chargerConfiguration,
  chargerCredential,
  chargerMessages,
  chargerReservation,
  chargerReservationPage,
  chargerSession,
  currentLimits,
  localList,
  newCharger,
  refusedEntries,
  siteLimit,
} from '../shapes/chargers';

const one = answer('A-object', aObject(charger));
const command = answer('A-object', aObject(chargerCommand));
const reservation = answer('A-object', aObject(chargerReservation));

/** Chargers that speak OCPP with the platform. */
export const chargerOperations: readonly ReferenceOperation[] = [
  operation('F100', 'List chargers', 'GET /api/chargers', {
    can: 'chargers.view',
    answers: [answer('A-page', aPage(charger))],
    refuses: [invalid()],
  }),
  operation('F101', 'Get a charger', 'GET /api/chargers/{id}', { can: 'chargers.view', answers: [one] }),
  operation('F102', 'Create a charger', 'POST /api/chargers', {
    can: 'chargers.update',
    answers: [answer('A-object', aObject(newCharger))],
    refuses: [invalid()],
  }),
  operation('F103', 'Change a charger', 'PATCH /api/chargers/{id}', {
    can: 'chargers.update',
    answers: [one],
    refuses: [invalid()],
  }),
  operation('F104', 'Delete a charger', 'DELETE /api/chargers/{id}', {
    can: 'chargers.update',
    answers: [answer('A-bare', aBare())],
  }),
  operation('F105', "Rotate a charger's credential", 'POST /api/chargers/{id}/credential', {
    can: 'chargers.update',
    answers: [answer('A-object', aObject(chargerCredential))],
  }),
  operation('F106', "Revoke a charger's credential", 'DELETE /api/chargers/{id}/credential', {
    can: 'chargers.update',
    answers: [one],
  }),
  operation('F107', "List a charger's messages", 'GET /api/chargers/{id}/messages', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(chargerMessages))],
    refuses: [invalid()],
  }),
  operation('F108', 'Send a command to a charger', 'POST /api/chargers/{id}/commands', {
    can: 'chargers.control',
    answers: [command],
    refuses: [invalid()],
  }),
  operation('F109', "List a charger's commands", 'GET /api/chargers/{id}/commands', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(chargerCommands))],
    refuses: [invalid()],
  }),
  operation('F110', 'Get a command of a charger', 'GET /api/chargers/{id}/commands/{command_id}', {
    can: 'chargers.view',
    answers: [command],
  }),
  operation('F140', 'Cancel a command of a charger', 'DELETE /api/chargers/{id}/commands/{command_id}', {
    can: 'chargers.control',
    answers: [command],
  }),
  operation('F111', "Get a charger's configuration", 'GET /api/chargers/{id}/configuration', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(chargerConfiguration))],
  }),
  operation('F113', 'List refused connections and cards', 'GET /api/chargers/refused', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(refusedEntries))],
    refuses: [invalid()],
  }),
  operation('F114', 'Enrol a refused charger', 'POST /api/chargers/refused/{id}/enrol', {
    can: 'chargers.update',
    answers: [answer('A-object', aObject(newCharger))],
    refuses: [invalid()],
  }),
  operation('F115', 'Start a charging session', 'POST /api/chargers/{id}/sessions', {
    can: 'chargers.control',
    answers: [
      answer('A-object', aObject(chargerSession)),
      answer('A-object', aObject(chargerSession), {
        status: 202,
        when: 'Prefer: respond-async, or there is no order within the wait',
      }),
    ],
    refuses: [invalid()],
  }),
  operation('F116', 'Get a requested charging session', 'GET /api/chargers/{id}/sessions/{request_id}', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(chargerSession))],
  }),
  operation('F141', 'Cancel a requested charging session', 'DELETE /api/chargers/{id}/sessions/{request_id}', {
    can: 'chargers.control',
    answers: [answer('A-object', aObject(chargerSession))],
  }),
  operation('F112', 'Stop the session of an order', 'POST /api/orders/{id}/stop', {
    can: 'chargers.control',
    answers: [command],
  }),
  operation('F130', "List a charger's reservations", 'GET /api/chargers/{id}/reservations', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(chargerReservationPage))],
    refuses: [invalid()],
  }),
  operation('F131', 'Get a reservation of a charger', 'GET /api/chargers/{id}/reservations/{reservation_id}', {
    can: 'chargers.view',
    answers: [reservation],
  }),
  operation('F132', 'Reserve a connector of a charger', 'POST /api/chargers/{id}/reservations', {
    can: 'chargers.control',
    answers: [reservation],
    refuses: [invalid()],
  }),
  operation('F133', 'Cancel a reservation of a charger', 'DELETE /api/chargers/{id}/reservations/{reservation_id}', {
    can: 'chargers.control',
    answers: [reservation],
  }),
  operation('F134', "Get the state of a charger's local list", 'GET /api/chargers/{id}/local-list', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(localList))],
  }),
  operation('F135', 'Send the local list to a charger again', 'POST /api/chargers/{id}/local-list', {
    can: 'chargers.control',
    answers: [answer('A-object', aObject(localList))],
  }),
  operation('F136', 'Get the limits of the current of a charger', 'GET /api/chargers/{id}/limits', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(currentLimits))],
  }),
  operation('F137', 'Limit the current of a charger or connector', 'PUT /api/chargers/{id}/limits', {
    can: 'chargers.control',
    answers: [answer('A-object', aObject(currentLimits))],
    refuses: [invalid()],
  }),
  operation('F138', 'Get the limit of the current of a site', 'GET /api/charging-sites/{id}/limit', {
    can: 'chargers.view',
    answers: [answer('A-object', aObject(siteLimit))],
  }),
  operation('F139', 'Limit the current of a site', 'PUT /api/charging-sites/{id}/limit', {
    can: 'chargers.control',
    answers: [answer('A-object', aObject(siteLimit))],
    refuses: [invalid()],
  }),
];
