import { aBare, aList, aObject, aPage, v } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { forbidden, invalid, throttled } from '../refusals';
import { format } from '../shape';
import { apiKey, exportJob, feedTicket, member, newApiKey } from '../shapes/account';
import { freshToken, verification } from '../shapes/auth';
import { user } from '../shapes/user';
import { newWebhook, webhook, webhookDelivery, webhookSecret } from '../shapes/webhooks';

const done = answer('A-bare', aBare());
const oneMember = answer('A-object', aObject(member));

const own: readonly ReferenceOperation[] = [
  operation('F1', 'Register', 'POST /api/v3/auth/register', {
    open: true,
    answers: [answer('V', v(verification, format('text')))],
    refuses: [invalid(), throttled()],
  }),
  operation('F2', 'Refresh the token', 'POST /api/v3/auth/refresh', { answers: [answer('V', v(freshToken))] }),
  /* Open to every user; who changes country or currency also needs account.update. */
  operation('F3', 'Update own profile', 'PUT /api/user', {
    answers: [answer('A-object', aObject(user))],
    refuses: [invalid(), forbidden('F3')],
  }),
  operation('F4', 'Change own password', 'POST /api/user/password', { answers: [done], refuses: [invalid()] }),
];

const members: readonly ReferenceOperation[] = [
  operation('F5', 'List members', 'GET /api/members', {
    can: 'members.view',
    answers: [answer('A-list', aList(member))],
  }),
  operation('F6', 'Invite a member', 'POST /api/members', {
    can: 'members.create',
    answers: [oneMember],
    refuses: [invalid()],
  }),
  operation('F7', "Change a member's role", 'PATCH /api/members/{id}', {
    can: 'members.update',
    answers: [oneMember],
    refuses: [invalid()],
  }),
  operation('F8', 'Remove a member', 'DELETE /api/members/{id}', {
    can: 'members.delete',
    answers: [done],
    refuses: [invalid()],
  }),
];

const apiKeys: readonly ReferenceOperation[] = [
  operation('F9', 'List API keys', 'GET /api/api-keys', {
    can: 'api-keys.view',
    answers: [answer('A-list', aList(apiKey))],
  }),
  operation('F10', 'Create an API key', 'POST /api/api-keys', {
    can: 'api-keys.create',
    answers: [answer('A-object', aObject(newApiKey))],
    refuses: [invalid()],
  }),
  operation('F11', 'Revoke an API key', 'DELETE /api/api-keys/{id}', { can: 'api-keys.delete', answers: [done] }),
];

const exportJobs: readonly ReferenceOperation[] = [
  operation('F12', 'Get an export', 'GET /api/exports/{id}', {
    answers: [answer('A-object', aObject(exportJob))],
    refuses: [forbidden('F12')],
  }),
  operation('F13', 'Cancel an export', 'DELETE /api/exports/{id}', { answers: [done], refuses: [forbidden('F13')] }),
  operation('F14', "Get an export's file", 'GET /api/exports/{id}/file', {
    answers: [answer('X', format('xlsx'))],
    refuses: [forbidden('F14')],
  }),
];

const live: readonly ReferenceOperation[] = [
  operation('F15', 'Follow events live', 'GET /api/events', {
    answers: [answer('S', format('text'))],
    refuses: [invalid(), forbidden('F15'), throttled()],
  }),
  operation('F16', 'Get a ticket for the live feed', 'POST /api/events/tickets', {
    answers: [answer('A-object', aObject(feedTicket))],
    refuses: [throttled()],
  }),
];

const hooks: readonly ReferenceOperation[] = [
  operation('F17', 'List webhooks', 'GET /api/webhooks', {
    can: 'webhooks.view',
    answers: [answer('A-list', aList(webhook))],
  }),
  operation('F18', 'Get a webhook', 'GET /api/webhooks/{id}', {
    can: 'webhooks.view',
    answers: [answer('A-object', aObject(webhook))],
  }),
  operation('F19', 'Create a webhook', 'POST /api/webhooks', {
    can: 'webhooks.create',
    answers: [answer('A-object', aObject(newWebhook))],
    refuses: [invalid()],
  }),
  operation('F20', 'Change a webhook', 'PATCH /api/webhooks/{id}', {
    can: 'webhooks.update',
    answers: [answer('A-object', aObject(webhook))],
    refuses: [invalid()],
  }),
  operation('F21', 'Delete a webhook', 'DELETE /api/webhooks/{id}', { can: 'webhooks.delete', answers: [done] }),
  operation('F22', "Rotate a webhook's secret", 'POST /api/webhooks/{id}/secret', {
    can: 'webhooks.update',
    answers: [answer('A-object', aObject(webhookSecret))],
  }),
  operation('F23', 'Send a test to a webhook', 'POST /api/webhooks/{id}/test', {
    can: 'webhooks.update',
    answers: [answer('A-object', aObject(webhookDelivery))],
  }),
  operation('F24', "List a webhook's deliveries", 'GET /api/webhooks/{id}/deliveries', {
    can: 'webhooks.view',
    answers: [answer('A-page', aPage(webhookDelivery))],
    refuses: [invalid()],
  }),
  operation('F25', 'Deliver an event again', 'POST /api/webhooks/{id}/deliveries/{delivery_id}/replay', {
    can: 'webhooks.update',
    answers: [answer('A-object', aObject(webhookDelivery))],
  }),
];

/** What the reference presupposes without listing it. */
export const ADDITIONAL_OPERATIONS: readonly ReferenceOperation[] = [
  ...own,
  ...members,
  ...apiKeys,
  ...exportJobs,
  ...live,
  ...hooks,
];
