import { englishChargerFaults } from './charger-faults';
import { englishEntries } from './entries-english';
import { englishHello as hello } from './greetings';
import type { Part } from './letter';
import { englishNotices } from './english-notices';
import type { Templates } from './letters';
import type { Params } from './params';

const holds = (params: Params): Part[] =>
  params.get('minutes') ? [`The code holds for ${params.get('minutes')} minutes and can be used once.`] : [];

function acceptance(params: Params): Part[] {
  const link = params.link('link');
  const here = link ? [{ link, label: 'See the invitation, and accept or decline it' }] : [];
  if (!params.get('taken')) return here;
  return [
    ...here,
    'You have a login of your own: log in to see your invitations. Accepting one moves your login to that account.',
  ];
}

const ROLES: Record<string, string> = { owner: 'owner', admin: 'administrator', manager: 'manager', viewer: 'viewer' };

export const english: Templates = {
  'verify-email': (params) => ({
    subject: 'Your verification code',
    heading: 'Confirm your e-mail address',
    parts: [
      hello(params),
      'Enter this code to confirm your e-mail address:',
      { code: params.need('code') },
      ...holds(params),
      'Did you not register? Then somebody mistyped an address, and you need not do anything.',
    ],
  }),
  'reset-password': (params) => ({
    subject: 'Your code for a new password',
    heading: 'Choose a new password',
    parts: [
      hello(params),
      'Enter this code to choose a new password:',
      { code: params.need('code') },
      ...holds(params),
      'Did you not ask for it? Then keep the code to yourself; your password stays as it is.',
    ],
  }),
  'already-registered': (params) => ({
    subject: 'You already have an account',
    heading: 'You already have an account',
    parts: [
      hello(params),
      'Somebody tried to register with this e-mail address, which already has an account.',
      'If it was you, log in. If you have forgotten your password, ask for a new one there.',
      'If it was not you, you need not do anything: nothing was changed.',
    ],
  }),
  invitation: (params) => {
    const inviter = params.name('inviter');
    const role = ROLES[params.get('role') ?? ''];
    const [account, owner] = [params.fixed('account'), params.name('owner')];
    const which = account ? ` of account ${account}${owner ? ` (owner: ${owner})` : ''}` : '';
    return {
      subject: inviter ? `${inviter} invites you to Open CPO` : 'You are invited to Open CPO',
      heading: 'You are invited',
      parts: [
        hello(params),
        `${inviter ?? 'A member'} invites you to work together on the power centers${which}${role ? `, as ${role}` : ''}.`,
        ...acceptance(params),
        'You join only when you accept. A new password or a code for something else accepts no invitation.',
        'Do you not know the sender? Then you need not do anything.',
      ],
    };
  },
  'password-changed': (params) => ({
    subject: 'Your password was changed',
    heading: 'Your password was changed',
    parts: [
      hello(params),
      'The password of your account was changed, and all devices were logged out.',
      'Was it not you? Then ask for a new password at once, and tell the owner of your account.',
    ],
  }),
  'webhook-disabled': (params) => ({
    subject: 'A webhook of yours was switched off',
    heading: 'A webhook was switched off',
    parts: [
      hello(params),
      `Your server${params.host('host') ? ` ${params.host('host')}` : ''} has not taken our events for days, or has said that it is gone. We send it nothing any more.`,
      'When it works again, switch the webhook on again, and replay what it has missed: events are kept for seven days.',
    ],
  }),
  'charger-faults': englishChargerFaults,
  ...englishEntries,
  'deletion-requested': (params) => {
    const [at, link] = [params.fixed('at'), params.link('link')];
    return {
      subject: 'Your user will be deleted',
      heading: 'Deletion of your user',
      parts: [
        hello(params),
        `Somebody logged in as you asked to delete your user${at ? `. It is deleted on ${at} (UTC)` : ''}, and cannot be brought back afterwards.`,
        ...(params.get('closes')
          ? ['You are the last owner: the account ends, too. Its members are removed and its power centers taken down.']
          : []),
        ...(link ? [{ link, label: 'Stop the deletion' }] : []),
        'Was it not you? Then stop it, and choose a new password at once.',
      ],
    };
  },
  'account-notice': (params) => englishNotices(params, hello(params)),
};
