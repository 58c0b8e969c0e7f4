import { payoutsStops, Refusal, type StoppableMethod } from '@open-cpo/contracts';
import type { LetterPage } from './letter-pages';

const minutes = ({ held_until }: StoppableMethod): string => held_until.slice(0, 16).replace('T', ' ');

const TEXTS = {
  en: {
    title: 'Stop payouts to a changed payout method',
    which: (one: StoppableMethod) =>
      `Payout method: ${one.method}, account ${one.account}. Payouts to it wait until ${minutes(one)} UTC.`,
    how: 'Stopping refuses the method and its waiting payouts, gives the money back to the balance, and logs out whoever made the change.',
    stop: 'Stop',
    stopped: 'Stopped. Choose a new password, and look at the members and API keys of your account.',
  },
  ar: {
    title: 'إيقاف الدفعات إلى طريقة دفع تم تغييرها',
    which: (one: StoppableMethod) =>
      `طريقة الدفع: ${one.method}، الحساب ${one.account}. تنتظر الدفعات إليها حتى ${minutes(one)} UTC.`,
    how: 'يرفض الإيقاف هذه الطريقة ودفعاتها المنتظرة، ويعيد المال إلى الرصيد، ويسجّل خروج من أجرى التغيير.',
    stop: 'إيقاف',
    stopped: 'تم الإيقاف. اختر كلمة مرور جديدة، وراجع أعضاء حسابك ومفاتيحه.',
  },
} as const;

/** `<PUBLIC_URL>/payout-stops/<token>`: stops payouts to a payout method that was added or changed. */
export const payoutStopPage: LetterPage = {
  path: '/payout-stops',
  show: async (bus, token, caller) => {
    const method = await bus.call(payoutsStops.shown, { token }, caller);
    const { title, which, how, stop } = TEXTS[caller.language];
    return { title, lines: [which(method), how], choices: [['stop', stop]] };
  },
  act: async (bus, token, { choice }, caller) => {
    const { title, stopped } = TEXTS[caller.language];
    if (choice !== 'stop') throw new Refusal('not_found');
    await bus.call(payoutsStops.stop, { token }, caller);
    return { title, lines: [stopped] };
  },
};
