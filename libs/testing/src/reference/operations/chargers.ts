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
  newCharger,
  refusedEntries,
} from '../shapes/chargers';

const one = answer('A-object', aObject(charger));
const command = answer('A-object', aObject(chargerCommand));

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
  operation('F112', 'Stop the session of an order', 'POST /api/orders/{id}/stop', {
    can: 'chargers.control',
    answers: [command],
  }),
];
