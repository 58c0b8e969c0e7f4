import { type Invitation, invitations, Refusal } from '@open-cpo/contracts';
import { harmlessName } from '@open-cpo/platform';
import type { LetterPage } from './letter-pages';
import type { Page } from './page';

/** As in the letter that leads here: who reads it has often not met who chose the name. */
const named = (name: string): string[] => {
  const harmless = harmlessName(name);
  return harmless === undefined ? [] : [harmless];
};

const ARABIC_ROLES: Readonly<Record<string, string>> = {
  owner: 'مالك',
  admin: 'مدير',
  manager: 'مشرف',
  viewer: 'مُطّلع',
};
const TEXTS = {
  en: {
    title: 'An invitation',
    which: ({ account_id, account_name }: Invitation) => `Account: ${[account_id, ...named(account_name)].join(', ')}`,
    who: ({ inviter_name, inviter_email }: Invitation) =>
      `Invited by: ${[...named(inviter_name), inviter_email].join(' ')}`,
    role: ({ role, email }: Invitation) => `Role: ${role}. Invited address: ${email}`,
    how: 'Accept with a password of your own, or decline. If you have a login already, accept the invitation there.',
    password: 'Password',
    first: 'First name',
    last: 'Last name',
    accept: 'Accept',
    decline: 'Decline',
    accepted: 'You have joined the account. Log in with your e-mail address and your password.',
    declined: 'The invitation is declined.',
    signIn: 'Sign in',
  },
  ar: {
    title: 'دعوة',
    which: ({ account_id, account_name }: Invitation) => `الحساب: ${[account_id, ...named(account_name)].join(' - ')}`,
    who: ({ inviter_name, inviter_email }: Invitation) =>
      `الداعي: ${[...named(inviter_name), inviter_email].join(' ')}`,
    role: ({ role, email }: Invitation) => `الدور: ${ARABIC_ROLES[role] ?? role}. العنوان المدعو: ${email}`,
    how: 'اقبل الدعوة بكلمة مرور خاصة بك أو ارفضها. وإذا كان لديك تسجيل دخول فاقبل الدعوة من هناك.',
    password: 'كلمة المرور',
    first: 'الاسم الأول',
    last: 'اسم العائلة',
    accept: 'قبول',
    decline: 'رفض',
    accepted: 'لقد انضممت إلى الحساب. سجّل الدخول ببريدك الإلكتروني وكلمة المرور.',
    declined: 'تم رفض الدعوة.',
    signIn: 'تسجيل الدخول',
  },
} as const;

const show: LetterPage['show'] = async (bus, invitation_token, caller) => {
  const invitation = await bus.call(invitations.shown, { invitation_token }, caller);
  const texts = TEXTS[caller.language];
  return {
    title: texts.title,
    lines: [texts.which(invitation), texts.who(invitation), texts.role(invitation), texts.how],
    asks: [
      { name: 'first_name', label: texts.first, type: 'text' },
      { name: 'last_name', label: texts.last, type: 'text' },
      { name: 'password', label: texts.password, type: 'password' },
    ],
    choices: [
      ['accept', texts.accept],
      ['decline', texts.decline],
    ],
  };
};

/** `<PUBLIC_URL>/invitations/<token>`: names the account and the inviter, and takes an answer. */
export const invitationPage: LetterPage = {
  path: '/invitations',
  show,
  act: async (bus, invitation_token, { choice, password, first_name, last_name }, caller): Promise<Page> => {
    const texts = TEXTS[caller.language];
    if (choice === 'decline') {
      await bus.call(invitations.declineByToken, { invitation_token }, caller);
      return { title: texts.title, lines: [texts.declined] };
    }
    if (choice !== 'accept') throw new Refusal('not_found');
    const chosen = { invitation_token, password, first_name, last_name } as never;
    await bus.call(invitations.acceptByToken, chosen, caller);
    return { title: texts.title, lines: [texts.accepted], link: ['/sign-in', texts.signIn] };
  },
};
