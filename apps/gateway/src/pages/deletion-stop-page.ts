import { deletions, Refusal, type UserDeletion } from '@open-cpo/contracts';
import type { LetterPage } from './letter-pages';

const minutes = ({ due_at }: UserDeletion): string => due_at.slice(0, 16).replace('T', ' ');

const TEXTS = {
  en: {
    title: 'Stop the deletion of your user',
    when: (one: UserDeletion) => `Your user is deleted on ${minutes(one)} UTC.`,
    closes: 'You are the last owner: the account ends with it.',
    stop: 'Stop the deletion',
    stopped: 'Stopped. If it was not you who asked for it, choose a new password.',
  },
  ar: {
    title: 'إيقاف حذف المستخدم الخاص بك',
    when: (one: UserDeletion) => `يتم حذف المستخدم الخاص بك في ${minutes(one)} UTC.`,
    closes: 'أنت آخر مالك: ينتهي الحساب معه.',
    stop: 'إيقاف الحذف',
    stopped: 'تم الإيقاف. إذا لم تكن أنت من طلبه، فاختر كلمة مرور جديدة.',
  },
} as const;

/** `<PUBLIC_URL>/deletion-stops/<token>`: stops a deletion that waits. */
export const deletionStopPage: LetterPage = {
  path: '/deletion-stops',
  show: async (bus, token, caller) => {
    const deletion = await bus.call(deletions.shown, { token }, caller);
    const { title, when, closes, stop } = TEXTS[caller.language];
    const lines = [when(deletion), ...(deletion.closes_account ? [closes] : [])];
    return { title, lines, choices: [['stop', stop]] };
  },
  act: async (bus, token, { choice }, caller) => {
    const { title, stopped } = TEXTS[caller.language];
    if (choice !== 'stop') throw new Refusal('not_found');
    await bus.call(deletions.stopByToken, { token }, caller);
    return { title, lines: [stopped] };
  },
};
