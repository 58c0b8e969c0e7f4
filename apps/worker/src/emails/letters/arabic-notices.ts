import type { NoticeKind } from '@open-cpo/contracts';
import { noticeKind } from './english-notices';
import { isolated } from './isolated';
import type { Draft, Part } from './letter';
import type { Params } from './params';

const METHODS: Record<string, string> = { stripe: isolated('Stripe'), bank_transfer: 'تحويل بنكي' };
const ROLES: Record<string, string> = { owner: 'مالك', admin: 'مسؤول', manager: 'مدير', viewer: 'مُطّلع' };

const FACTORS: Record<string, string> = { totp: 'تطبيق المصادقة', passkey: 'مفتاح مرور' };

const TITLES: Record<NoticeKind, string> = {
  'payout-method-added': 'تمت إضافة طريقة دفع',
  'payout-method-changed': 'تم تغيير طريقة دفع',
  'payout-method-removed': 'تمت إزالة طريقة دفع',
  'payout-method-stopped': 'تم إيقاف الدفعات إلى طريقة دفع تم تغييرها',
  'payout-requested': 'تم طلب دفعة',
  'api-key-created': 'تم إنشاء مفتاح واجهة برمجية',
  'api-key-revoked': 'تم إلغاء مفتاح واجهة برمجية',
  'webhook-created': 'تم إنشاء رابط إشعارات',
  'webhook-changed': 'تم تغيير رابط إشعارات',
  'webhook-removed': 'تمت إزالة رابط إشعارات',
  'webhook-left-behind': 'تم تعطيل رابط إشعارات لأن من أنشأه لم تعد له صلاحية ذلك',
  'member-invited': 'تمت دعوة شخص إلى حسابك',
  'member-joined': 'انضم عضو إلى حسابك',
  'member-role-changed': 'تم تغيير دور أحد الأعضاء',
  'member-removed': 'تمت إزالة عضو من حسابك',
  'member-left': 'غادر عضو حسابك',
  'second-factor-added': 'تمت إضافة عامل تحقق ثانٍ إلى تسجيل دخول',
  'second-factor-removed': 'تمت إزالة عامل تحقق ثانٍ من تسجيل دخول',
  'second-factors-reset': 'أزال فريق دعم المنصة عوامل التحقق الثانية لتسجيل دخول',
  'recovery-codes-renewed': 'تم استبدال رموز الاسترداد لتسجيل دخول',
  'recovery-code-used': 'تم استخدام رمز استرداد لتسجيل دخول',
  'second-factor-required': 'أصبح حسابك يتطلب عامل تحقق ثانيًا',
  'second-factor-optional': 'لم يعد حسابك يتطلب عامل تحقق ثانيًا',
};

const roleOf = (role: string | undefined): string | undefined => (role ? (ROLES[role] ?? isolated(role)) : undefined);
const apart = (value: string | undefined): string | undefined => (value === undefined ? undefined : isolated(value));

function domainEvents(params: Params): string[] {
  const [before, after] = [roleOf(params.fixed('before')), roleOf(params.fixed('after'))];
  const shown: [string, string | undefined][] = [
    ['طريقة الدفع', METHODS[params.get('method') ?? '']],
    ['الحساب السابق', apart(params.fixed('account_before'))],
    ['الحساب', apart(params.fixed('account'))],
    ['المبلغ', apart(params.fixed('amount'))],
    ['المفتاح', apart(params.fixed('key'))],
    ['الاسم', apart(params.name('detail'))],
    ['النطاق', apart(params.fixed('scope'))],
    ['الخادم', apart(params.host('host'))],
    ['العضو', apart(params.email('member'))],
    ['الدور', before && after ? `${before}، والآن ${after}` : (after ?? before)],
    ['عامل التحقق الثاني', FACTORS[params.get('factor') ?? '']],
    ['رموز الاسترداد المتبقية', apart(params.fixed('left'))],
    ['بواسطة', apart(params.name('actor'))],
    ['بواسطة تسجيل الدخول', apart(params.email('actor_email'))],
  ];
  return shown.filter(([, value]) => value !== undefined).map(([label, value]) => `${label}: ${value}`);
}

function waiting(params: Params): Part[] {
  const until = params.fixed('until');
  const link = params.link('link');
  return [
    ...(until ? [`تنتظر الدفعات إليها حتى ${isolated(until)} (بالتوقيت العالمي).`] : []),
    ...(link ? [{ link, label: 'إيقاف الدفعات إلى هذه الطريقة' }] : []),
  ];
}

/** Tells owners of a sensitive change. */
export const arabicNotices = (params: Params, hello: string): Draft => {
  const title = TITLES[noticeKind(params)];
  return {
    subject: title,
    heading: title,
    parts: [
      hello,
      ...domainEvents(params),
      ...waiting(params),
      'إذا لم تكن أنت ولا شخصًا تثق به، فاختر كلمة مرور جديدة فورًا، وراجع أعضاء حسابك ومفاتيحه وروابط إشعاراته وطرق الدفع فيه.',
    ],
  };
};
