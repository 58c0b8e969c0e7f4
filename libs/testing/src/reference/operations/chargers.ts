import { aBare, aObject, aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { invalid } from '../refusals';
import { charger, chargerCredential, chargerMessages, newCharger } from '../shapes/chargers';

const one = answer('A-object', aObject(charger));

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
];
