/** What a request of the collection needs so that all of them can be sent one after the other, and nothing is lost. */
export interface Step {
  /** In place of the document's example; `#name` is the value of a variable, as a number. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Variables in place of the path's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Variables that are taken out of the answer, by expressions of it. */
  readonly keeps?: Readonly<Record<string, string>>;
  /** What it answers, where that is not success. */
  readonly answers?: readonly number[];
  readonly withoutToken?: boolean;
}

const made = (variable: string, body?: object): Step => ({
  ...(body ? { body } : {}),
  keeps: { [variable]: 'body.results.id' },
});
const of = (variable: string, body?: object): Step => ({ ...(body ? { body } : {}), path: { id: variable } });
/** There is none of that id: what the demo has stays. */
const missing: Step = { path: { id: 'missingId' }, answers: [404] };
const refused = (body?: object): Step => ({ ...(body ? { body } : {}), answers: [422] });
const tooEarly = (variable: string): Step => ({ body: { verification_token: `{{${variable}}}` }, answers: [429] });
const code = (variable: string): Step =>
  refused({ verification_token: `{{${variable}}}`, verification_code: '{{verificationCode}}' });

const NEW_ADDRESS = '{{$randomUUID}}@example.com';
const WORKER = { first_name: 'John', last_name: 'Doe', email: 'worker@example.com', expire_at: '2099-12-31' };
const CARD = { ...WORKER, rfid: '{{$timestamp}}' };
const SURE = { current_password: '{{password}}' };
const GROUP = { name: 'Airport', chargePoints: ['#powerCenterId'] };
const TRANSFER = { payoutMethod_name: 'payoutMethod' };
const RECIPIENT = {
  fullname: 'Amina Haddad',
  userType: 'individual',
  address: '119 Rue Didouche Mourad, Algiers',
  TIN: '123-45-6789',
  id: '0501234567',
  email: 'owner@example.com',
  accountNumber: 'DE89370400440532013000',
};
const LATER = { headers: { Prefer: 'respond-async' }, answers: [202] } as const;
const NO_IMPORT = { path: { importId: 'missingId' }, answers: [404] } as const;
const EXPORT = { path: { exportId: 'exportId' } } as const;

const ACCOUNTS: Readonly<Record<string, Step>> = {
  accountsLogin: {
    body: { email: '{{email}}', password: '{{password}}' },
    keeps: { bearerToken: 'body.data.access_token' },
  },
  accountsRefresh: { keeps: { bearerToken: 'body.data.access_token' } },
  accountsRegister: {
    body: { email: NEW_ADDRESS, password: 'correct horse battery', first_name: 'A', last_name: 'H', country_id: 195 },
    keeps: { verificationToken: 'body.data.verification_token' },
  },
  accountsVerifyEmail: code('verificationToken'),
  accountsResendVerification: tooEarly('verificationToken'),
  accountsResetPassword: { body: { email: NEW_ADDRESS }, keeps: { resetToken: 'body.data.verification_token' } },
  accountsVerifyReset: code('resetToken'),
  accountsResendReset: tooEarly('resetToken'),
  accountSecuritySet: refused({ ...SURE, second_factor_required: true }),
  usersMe: { keeps: { firstName: 'body.results.first_name', lastName: 'body.results.last_name' } },
  usersUpdate: { body: { first_name: '{{firstName}}', last_name: '{{lastName}}' } },
  usersChangePassword: refused({ old_password: 'not the password', password: 'another long password' }),
  passkeyLoginLogin: refused(),
  passkeysOptions: { body: SURE },
  passkeysRegister: refused(),
  passkeysRemove: { ...missing, body: SURE },
  secondFactorsStartTotp: { body: SURE },
  secondFactorsConfirmTotp: refused(),
  secondFactorsRemoveTotp: { body: SURE, answers: [404] },
  secondFactorsRenewRecoveryCodes: { body: SURE, answers: [409] },
  userSessionsEnd: missing,
  // Nobody else is logged out: the condition does not hold.
  userSessionsEndOthers: { headers: { 'If-Match': '"none"' }, answers: [412] },
  userDeletionRequest: refused({ password: 'not the password' }),
  userDeletionOne: { answers: [404] },
  userDeletionStop: { answers: [404] },
  membersInvite: made('memberId', { email: NEW_ADDRESS, role: 'viewer' }),
  membersChange: of('memberId'),
  membersRemove: of('memberId'),
  membersLeave: refused(),
  invitationsAccept: missing,
  invitationsDecline: missing,
  newcomersAccept: { answers: [404] },
  newcomersDecline: { answers: [404] },
  apiKeysCreate: made('apiKeyId', { name: 'Accounting', scope: ['view'] }),
  apiKeysRemove: of('apiKeyId'),
};

const NETWORK: Readonly<Record<string, Step>> = {
  categoriesCreate: made('categoryId'),
  categoriesReplace: { path: { type: 'categoryId' } },
  categoriesChange: { path: { type: 'categoryId' } },
  categoriesRemove: { path: { type: 'categoryId' } },
  chargePointsCreate: {
    body: { title: 'Made by the collection', category: 'EV_CHARGER', latitude: 36.75, longitude: 3.06 },
    keeps: { powerCenterId: 'body.id' },
  },
  chargePointsOne: of('powerCenterId'),
  chargePointsReplace: of('powerCenterId', { title: 'Renamed', price: 15.5, price_currency: 'USD' }),
  chargePointsChange: of('powerCenterId', { description: 'Behind the station' }),
  chargePointsRemove: of('powerCenterId'),
  chargePointsZone: of('powerCenterId'),
  mapsOne: of('powerCenterId'),
  statsOne: of('powerCenterId'),
  chargePointOrdersOrders: of('powerCenterId'),
  groupsCreate: made('groupId', GROUP),
  groupsOne: of('groupId'),
  groupsReplace: of('groupId', GROUP),
  groupsChange: of('groupId', { name: 'Airports' }),
  groupsRemove: of('groupId'),
  rangePricesAll: { path: { charge_point_id: 'powerCenterId' } },
  rangePricesCreate: { ...made('rangePriceId'), path: { charge_point_id: 'powerCenterId' } },
  rangePricesOne: of('rangePriceId'),
  rangePricesReplace: of('rangePriceId'),
  rangePricesChange: of('rangePriceId'),
  rangePricesRemove: of('rangePriceId'),
  sitesCreate: made('siteId', { ...GROUP, category: '#categoryId' }),
  sitesOne: of('siteId'),
  sitesReplace: of('siteId', GROUP),
  sitesChange: of('siteId', { name: 'Airports' }),
  sitesRemove: of('siteId'),
};

const BUSINESS: Readonly<Record<string, Step>> = {
  ordersTable: {
    query: { itemsPerPage: '15' },
    keeps: {
      orderId: '(body.results.data[0] || {}).id',
      orderedPowerCenterId: '(body.results.data[0] || {}).charge_point_id',
    },
  },
  ordersOne: { path: { orderID: 'orderId' } },
  ordersReadings: { path: { orderID: 'orderId' } },
  ordersOfChargePoint: { path: { chargePointID: 'orderedPowerCenterId' } },
  feedbackTable: { keeps: { feedbackId: '(body.results.data[0] || {}).id' } },
  feedbackOne: { path: { feedbackID: 'feedbackId' } },
  exportsOrders: { ...LATER, keeps: { exportId: 'body.results.id' } },
  exportsFeedback: LATER,
  exportsPowerCenters: LATER,
  exportsPersonalData: LATER,
  exportsOne: EXPORT,
  exportsFile: { ...EXPORT, answers: [200, 404, 409] },
  exportsCancel: EXPORT,
  // A client has no file at hand.
  importsStart: refused(),
  importsOne: NO_IMPORT,
  importsErrors: NO_IMPORT,
  importsCancel: NO_IMPORT,
  workersCreate: made('workerId', CARD),
  workersOne: of('workerId'),
  workersReplace: of('workerId', CARD),
  workersChange: of('workerId', { last_name: 'Smith' }),
  workersResetByGet: { path: { worker_id: 'workerId' } },
  workersReset: { path: { worker_id: 'workerId' } },
  workersRemove: of('workerId'),
  payoutMethodsAdd: { path: TRANSFER, body: RECIPIENT },
  payoutMethodsUpdate: { path: TRANSFER, body: { fullname: 'A. Haddad' } },
  payoutMethodsRemove: { path: TRANSFER },
  // No money moves: there is no such method.
  payoutsRequest: refused({ payoutMethod: 99 }),
  // The feed has no end; a ticket in place of the empty one opens it.
  eventsFollow: { withoutToken: true, query: { ticket: '{{ticket}}' }, answers: [401] },
  chargersCreate: refused({ charge_point_id: 2147483647 }),
  chargersOne: missing,
  chargersChange: missing,
  chargersRemove: missing,
  chargersRotate: missing,
  chargersRevoke: missing,
  chargersMessages: missing,
  chargersSend: { ...missing, body: { type: 'reset' } },
  chargersCommands: missing,
  chargersReservations: missing,
  chargersReserve: { ...missing, body: { connector: 1 } },
  chargersReservation: { path: { id: 'missingId', reservation_id: 'missingId' }, answers: [404] },
  chargersCancel: { path: { id: 'missingId', reservation_id: 'missingId' }, answers: [404] },
  chargersLimits: missing,
  chargersLimit: { ...missing, body: { connector: 1, amperes: 16 } },
  siteLimitsSite: missing,
  siteLimitsChangeSite: { ...missing, body: { amperes: 96 } },
  chargersLocalList: missing,
  chargersSendLocalList: missing,
  chargersCommand: { path: { id: 'missingId', command_id: 'missingId' }, answers: [404] },
  chargersCancelCommand: { path: { id: 'missingId', command_id: 'missingId' }, answers: [404] },
  chargersConfiguration: missing,
  chargerSessionsStart: { ...missing, body: { connector: 1, payment: 'settled' } },
  chargerSessionsOne: { path: { id: 'missingId', request_id: 'missingId' }, answers: [404] },
  chargerSessionsCancel: { path: { id: 'missingId', request_id: 'missingId' }, answers: [404] },
  orderStopsStop: missing,
  chargersEnrol: missing,
  webhooksCreate: made('webhookId', { url: '{{webhookUrl}}', description: 'Accounting', events: ['order.completed'] }),
  webhooksOne: of('webhookId'),
  webhooksChange: of('webhookId', { description: 'Books' }),
  webhooksRemove: of('webhookId'),
  webhooksRotate: of('webhookId'),
  webhooksPing: { ...of('webhookId'), keeps: { deliveryId: 'body.results.id' } },
  webhooksDeliveries: of('webhookId'),
  webhooksReplay: { path: { id: 'webhookId', delivery_id: 'deliveryId' } },
};

/** By the operations' ids; the others are sent as the document shows them. */
export const STEPS: Readonly<Record<string, Step>> = { ...ACCOUNTS, ...NETWORK, ...BUSINESS };

/** Kept for the end: others need what they take away. */
export const LAST: readonly string[] = ['categoriesRemove', 'chargePointsRemove', 'accountsLogout'];

/** Variables that the environment brings; the others are kept from answers. */
export const GIVEN: Readonly<Record<string, string>> = {
  baseUrl: 'http://localhost:3000',
  email: 'owner@demo.test',
  password: 'Charge-2026!',
  payoutMethod: 'bank_transfer',
  webhookUrl: 'http://localhost:9/hook',
  verificationCode: '0000',
  missingId: '2147483647',
  ticket: '',
};
