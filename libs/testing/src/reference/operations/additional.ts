import { aBare, aList, aObject, aPage, expiresIn, v } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { forbidden, invalid, throttled } from '../refusals';
import { format, object } from '../shape';
import {
  apiKey,
  auditTrail,
  exportJob,
  feedTicket,
  importError,
  importJob,
  invitation,
  member,
  newApiKey,
  userDeletion,
  userSession,
} from '../shapes/account';
import {
  accountSecurity,
  passkeyOptions,
  recoveryCodes,
  registeredPasskey,
  secondFactors,
  totpSecret,
} from '../shapes/second-factors';
import { freshToken, verification, verifiedUser } from '../shapes/auth';
import { mailSettings, user } from '../shapes/user';
import { chargerOperations } from './chargers';
import { insightOperations } from './insights';
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

const importJobs: readonly ReferenceOperation[] = [
  operation('F80', 'Import a file', 'POST /api/imports', {
    answers: [answer('A-object', aObject(importJob), { status: 202 })],
    refuses: [invalid(), forbidden('F80'), throttled()],
  }),
  operation('F81', 'Get imports', 'GET /api/imports', { answers: [answer('A-list', aList(importJob))] }),
  operation('F82', 'Get a template of a file to import', 'GET /api/imports/templates/{type}', {
    answers: [answer('X', format('text'))],
  }),
  operation('F90', 'Get the time zone of a power center', 'GET /api/charge-points/{id}/time-zone', {
    can: 'power-centers.view',
    answers: [answer('A-object', aObject(object({ time_zone: format('text'), source: format('text') })))],
  }),
  operation('F83', 'Get an import', 'GET /api/imports/{id}', {
    answers: [answer('A-object', aObject(importJob))],
    refuses: [forbidden('F83')],
  }),
  operation('F84', "Get an import's errors", 'GET /api/imports/{id}/errors', {
    answers: [answer('A-list', aList(importError))],
    refuses: [forbidden('F84')],
  }),
  operation('F85', 'Cancel an import', 'DELETE /api/imports/{id}', { answers: [done], refuses: [forbidden('F85')] }),
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

const consent: readonly ReferenceOperation[] = [
  operation('F26', 'List own invitations', 'GET /api/invitations', { answers: [answer('A-list', aList(invitation))] }),
  operation('F27', 'Accept an invitation', 'POST /api/invitations/{id}/accept', {
    answers: [answer('A-object', aObject(invitation))],
  }),
  operation('F28', 'Decline an invitation', 'POST /api/invitations/{id}/decline', { answers: [done] }),
  operation('F29', 'Accept an invitation without a login', 'POST /api/v3/auth/invitations/accept', {
    open: true,
    answers: [answer('V', v(verifiedUser, undefined, expiresIn))],
    refuses: [invalid(), throttled()],
  }),
  operation('F30', 'Decline an invitation without a login', 'POST /api/v3/auth/invitations/decline', {
    open: true,
    answers: [answer('Z', format('empty'), { status: 204 })],
    refuses: [invalid(), throttled()],
  }),
  operation('F31', 'Leave the account', 'DELETE /api/members/me', { answers: [done], refuses: [invalid()] }),
];

const audit: readonly ReferenceOperation[] = [
  operation('F32', 'List the audit trail', 'GET /api/audit', {
    can: 'audit.view',
    answers: [answer('A-object', aObject(auditTrail))],
    refuses: [invalid()],
  }),
];

const ownData: readonly ReferenceOperation[] = [
  operation('F33', 'List own sessions', 'GET /api/user/sessions', {
    answers: [answer('A-list', aList(userSession))],
  }),
  operation('F34', 'End an own session', 'DELETE /api/user/sessions/{id}', { answers: [done] }),
  operation('F35', 'End all other sessions', 'DELETE /api/user/sessions', { answers: [done] }),
  operation('F142', 'Get which mails the own user gets', 'GET /api/user/mails', {
    answers: [answer('A-object', aObject(mailSettings))],
  }),
  operation('F143', 'Change which mails the own user gets', 'PUT /api/user/mails', {
    answers: [answer('A-object', aObject(mailSettings))],
    refuses: [invalid()],
  }),
  operation('F36', 'Show the deletion of the own user', 'GET /api/user/deletion', {
    answers: [answer('A-object', aObject(userDeletion))],
  }),
  operation('F37', 'Request the deletion of the own user', 'POST /api/user/deletion', {
    answers: [answer('A-object', aObject(userDeletion))],
    refuses: [invalid(), throttled()],
  }),
  operation('F38', 'Stop the deletion of the own user', 'DELETE /api/user/deletion', { answers: [done] }),
  operation('F39', 'Export the own personal data', 'POST /api/user/export', {
    answers: [
      answer('X', format('text')),
      answer('A-object', aObject(exportJob), { status: 202, when: 'Prefer: respond-async, or the file takes long' }),
    ],
    refuses: [throttled()],
  }),
];

const codes = answer('A-object', aObject(recoveryCodes));
const factors: readonly ReferenceOperation[] = [
  operation('F60', 'List own second factors', 'GET /api/user/factors', {
    answers: [answer('A-object', aObject(secondFactors))],
  }),
  operation('F61', 'Set up an authenticator app', 'POST /api/user/factors/totp', {
    answers: [answer('A-object', aObject(totpSecret))],
    refuses: [invalid(), throttled()],
  }),
  operation('F62', 'Confirm an authenticator app', 'POST /api/user/factors/totp/confirm', {
    answers: [codes],
    refuses: [invalid(), throttled()],
  }),
  operation('F63', 'Remove an authenticator app', 'POST /api/user/factors/totp/remove', {
    answers: [done],
    refuses: [invalid(), throttled()],
  }),
  operation('F64', 'Replace own recovery codes', 'POST /api/user/factors/recovery-codes', {
    answers: [codes],
    refuses: [invalid(), throttled()],
  }),
  operation('F67', 'Begin to register a passkey', 'POST /api/user/factors/passkeys/options', {
    answers: [answer('A-object', aObject(passkeyOptions))],
    refuses: [invalid(), throttled()],
  }),
  operation('F68', 'Register a passkey', 'POST /api/user/factors/passkeys', {
    answers: [answer('A-object', aObject(registeredPasskey))],
    refuses: [invalid(), throttled()],
  }),
  operation('F69', 'Remove a passkey', 'POST /api/user/factors/passkeys/{id}/remove', {
    answers: [done],
    refuses: [invalid(), throttled()],
  }),
  operation('F70', 'Begin a login by passkey', 'POST /api/v3/auth/passkeys/options', {
    open: true,
    answers: [answer('V', v(passkeyOptions))],
    refuses: [throttled()],
  }),
  operation('F71', 'Login by passkey', 'POST /api/v3/auth/passkeys/login', {
    open: true,
    answers: [answer('V', v(verifiedUser, undefined, expiresIn))],
    refuses: [invalid(), throttled()],
  }),
  operation('F65', 'Get the security of the account', 'GET /api/account/security', {
    can: 'account.update',
    answers: [answer('A-object', aObject(accountSecurity))],
  }),
  operation('F66', 'Change the security of the account', 'PUT /api/account/security', {
    can: 'account.update',
    answers: [answer('A-object', aObject(accountSecurity))],
    refuses: [invalid(), throttled()],
  }),
];

/** What the reference presupposes without listing it. */
export const ADDITIONAL_OPERATIONS: readonly ReferenceOperation[] = [
  ...own,
  ...members,
  ...apiKeys,
  ...exportJobs,
  ...importJobs,
  ...live,
  ...hooks,
  ...consent,
  ...audit,
  ...ownData,
  ...factors,
  ...chargerOperations,
  ...insightOperations,
];
