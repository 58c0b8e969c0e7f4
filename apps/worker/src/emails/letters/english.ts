import type { Part } from './letter';
import type { Templates } from './letters';
import type { Params } from './params';

const hello = (params: Params): string => (params.get('name') ? `Hello ${params.get('name')},` : 'Hello,');

const holds = (params: Params): Part[] =>
  params.get('minutes') ? [`The code holds for ${params.get('minutes')} minutes and can be used once.`] : [];

function acceptance(params: Params): Part[] {
  const link = params.link('link');
  if (params.get('taken')) {
    return ['Your e-mail address already belongs to an account of its own. Ask to be invited with another address.'];
  }
  if (link) return [{ link, label: 'Accept the invitation' }];
  return ['To accept, choose “Forgot password” with this e-mail address, and set a password of your own.'];
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
    const inviter = params.get('inviter');
    const role = ROLES[params.get('role') ?? ''];
    return {
      subject: inviter ? `${inviter} invites you to Open CPO` : 'You are invited to Open CPO',
      heading: 'You are invited',
      parts: [
        hello(params),
        `${inviter ?? 'An account owner'} invites you to work together on power centers${role ? `, as ${role}` : ''}.`,
        ...acceptance(params),
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
      `Your server${params.get('host') ? ` ${params.get('host')}` : ''} has not taken our events for days, or has said that it is gone. We send it nothing any more.`,
      'When it works again, switch the webhook on again, and replay what it has missed: events are kept for seven days.',
    ],
  }),
};
