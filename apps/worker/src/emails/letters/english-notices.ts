import { NOTICE_KINDS, type NoticeKind } from '@open-cpo/contracts';
import type { Draft, Part } from './letter';
import type { Params } from './params';
import { Unsendable } from './unsendable';

const METHODS: Record<string, string> = { stripe: 'Stripe', bank_transfer: 'bank transfer' };

const FACTORS: Record<string, string> = { totp: 'authenticator app', passkey: 'passkey' };

const TITLES: Record<NoticeKind, string> = {
  'payout-method-added': 'A payout method was added',
  'payout-method-changed': 'A payout method was changed',
  'payout-method-removed': 'A payout method was removed',
  'payout-method-stopped': 'Payouts to a changed payout method were stopped',
  'payout-requested': 'A payout was requested',
  'api-key-created': 'An API key was created',
  'api-key-revoked': 'An API key was revoked',
  'webhook-created': 'A webhook was created',
  'webhook-changed': 'A webhook was changed',
  'webhook-removed': 'A webhook was removed',
  'webhook-left-behind': 'A webhook was disabled because its creator may not have webhooks any more',
  'member-invited': 'Somebody was invited to your account',
  'member-joined': 'A member joined your account',
  'member-role-changed': 'The role of a member was changed',
  'member-removed': 'A member was removed from your account',
  'member-left': 'A member left your account',
  'second-factor-added': 'A second factor was added to a login',
  'second-factor-removed': 'A second factor was removed from a login',
  'second-factors-reset': 'The second factors of a login were removed by the support of the platform',
  'recovery-codes-renewed': 'The recovery codes of a login were replaced',
  'recovery-code-used': 'A recovery code of a login was used',
  'second-factor-required': 'Your account requires a second factor now',
  'second-factor-optional': 'Your account requires no second factor any more',
};

/** The kind of a notice. @throws Unsendable when there is no such kind */
export function noticeKind(params: Params): NoticeKind {
  const kind = NOTICE_KINDS.find((one) => one === params.need('change'));
  if (!kind) throw new Unsendable(`There is no notice ${params.need('change')}`);
  return kind;
}

function domainEvents(params: Params): string[] {
  const [before, after] = [params.fixed('before'), params.fixed('after')];
  const shown: [string, string | undefined][] = [
    ['Payout method', METHODS[params.get('method') ?? '']],
    ['Account before', params.fixed('account_before')],
    ['Account', params.fixed('account')],
    ['Amount', params.fixed('amount')],
    ['API key', params.fixed('key')],
    ['Name', params.name('detail')],
    ['Scope', params.fixed('scope')],
    ['Server', params.host('host')],
    ['Member', params.email('member')],
    ['Role', before && after ? `${before}, now ${after}` : (after ?? before)],
    ['Second factor', FACTORS[params.get('factor') ?? '']],
    ['Recovery codes left', params.fixed('left')],
    ['Done by', params.name('actor')],
    ['Done by the login', params.email('actor_email')],
  ];
  return shown.filter(([, value]) => value !== undefined).map(([label, value]) => `${label}: ${value}`);
}

function waiting(params: Params): Part[] {
  const until = params.fixed('until');
  const link = params.link('link');
  return [
    ...(until ? [`Payouts to it wait until ${until} (UTC).`] : []),
    ...(link ? [{ link, label: 'Stop payouts to this method' }] : []),
  ];
}

/** Tells owners of a sensitive change. */
export const englishNotices = (params: Params, hello: string): Draft => {
  const title = TITLES[noticeKind(params)];
  return {
    subject: title,
    heading: title,
    parts: [
      hello,
      ...domainEvents(params),
      ...waiting(params),
      'Was it neither you nor somebody you trust? Then choose a new password at once and look at the members, API keys, webhooks and payout methods of your account.',
    ],
  };
};
