import { arabicChargerFaults } from './charger-faults';
import { arabicEntries } from './entries-arabic';
import { arabicNotices } from './arabic-notices';
import { arabicHello as hello } from './greetings';
import type { Part } from './letter';
import { isolated } from './isolated';
import type { Templates } from './letters';
import type { Params } from './params';

const holds = (params: Params): Part[] => {
  const minutes = params.get('minutes');
  return minutes ? [`مدة صلاحية الرمز بالدقائق: ${isolated(minutes)}. ويُستخدم مرة واحدة فقط.`] : [];
};

function acceptance(params: Params): Part[] {
  const link = params.link('link');
  const here = link ? [{ link, label: 'عرض الدعوة لقبولها أو رفضها' }] : [];
  if (!params.get('taken')) return here;
  return [...here, 'لديك تسجيل دخول خاص بك: سجّل الدخول لعرض دعواتك. وقبول إحداها ينقل تسجيل دخولك إلى ذلك الحساب.'];
}

const ROLES: Record<string, string> = { owner: 'مالك', admin: 'مسؤول', manager: 'مدير', viewer: 'مُطّلع' };

export const arabic: Templates = {
  'verify-email': (params) => ({
    subject: 'رمز التحقق الخاص بك',
    heading: 'تأكيد بريدك الإلكتروني',
    parts: [
      hello(params),
      'أدخل هذا الرمز لتأكيد بريدك الإلكتروني:',
      { code: params.need('code') },
      ...holds(params),
      'إذا لم تقم بالتسجيل، فقد أخطأ أحدهم في كتابة عنوانه، ولا يلزمك فعل أي شيء.',
    ],
  }),
  'reset-password': (params) => ({
    subject: 'رمز تعيين كلمة مرور جديدة',
    heading: 'اختر كلمة مرور جديدة',
    parts: [
      hello(params),
      'أدخل هذا الرمز لاختيار كلمة مرور جديدة:',
      { code: params.need('code') },
      ...holds(params),
      'إذا لم تطلب ذلك، فلا تُطلع أحدًا على الرمز؛ وتبقى كلمة مرورك كما هي.',
    ],
  }),
  'already-registered': (params) => ({
    subject: 'لديك حساب بالفعل',
    heading: 'لديك حساب بالفعل',
    parts: [
      hello(params),
      'حاول شخص ما التسجيل بهذا البريد الإلكتروني، وهو مرتبط بحساب قائم.',
      'إذا كنت أنت، فسجّل الدخول. وإذا نسيت كلمة المرور، فاطلب كلمة جديدة من هناك.',
      'إذا لم تكن أنت، فلا يلزمك فعل أي شيء: لم يتغير شيء.',
    ],
  }),
  invitation: (params) => {
    const inviter = params.name('inviter');
    const role = ROLES[params.get('role') ?? ''];
    const [account, owner] = [params.fixed('account'), params.name('owner')];
    const which = account ? ` في الحساب رقم ${isolated(account)}${owner ? ` (المالك: ${isolated(owner)})` : ''}` : '';
    return {
      subject: inviter ? `دعوة من ${isolated(inviter)} إلى Open CPO` : 'دعوة إلى Open CPO',
      heading: 'لقد تلقيت دعوة',
      parts: [
        hello(params),
        `${inviter ? `يدعوك ${isolated(inviter)}` : 'يدعوك أحد الأعضاء'} للعمل معًا على مراكز الطاقة${which}${role ? ` بدور ${role}` : ''}.`,
        ...acceptance(params),
        'لا تنضم إلا إذا قبلت الدعوة. ولا تُقبل أي دعوة بتعيين كلمة مرور جديدة أو بإدخال رمز لغرض آخر.',
        'إذا كنت لا تعرف المُرسِل، فلا يلزمك فعل أي شيء.',
      ],
    };
  },
  'password-changed': (params) => ({
    subject: 'تم تغيير كلمة المرور',
    heading: 'تم تغيير كلمة المرور',
    parts: [
      hello(params),
      'تم تغيير كلمة مرور حسابك، وتسجيل الخروج من جميع الأجهزة.',
      'إذا لم تكن أنت، فاطلب كلمة مرور جديدة فورًا، وأبلغ صاحب الحساب.',
    ],
  }),
  'webhook-disabled': (params) => ({
    subject: 'تم إيقاف أحد روابط الإشعارات',
    heading: 'تم إيقاف رابط إشعارات',
    parts: [
      hello(params),
      `خادمك${params.host('host') ? ` ${isolated(params.host('host') ?? '')}` : ''} لم يستقبل أحداثنا منذ أيام، أو أعلن أنه لم يعد موجودًا، فتوقفنا عن الإرسال إليه.`,
      'عندما يعمل من جديد، فعّل الرابط مرة أخرى وأعد إرسال ما فاته: تُحفظ الأحداث سبعة أيام.',
    ],
  }),
  'charger-faults': arabicChargerFaults,
  ...arabicEntries,
  'deletion-requested': (params) => {
    const [at, link] = [params.fixed('at'), params.link('link')];
    return {
      subject: 'سيتم حذف المستخدم الخاص بك',
      heading: 'حذف المستخدم الخاص بك',
      parts: [
        hello(params),
        `طُلب حذف المستخدم الخاص بك من جلسة مسجلة باسمك${at ? `. يتم الحذف في ${isolated(at)} (بالتوقيت العالمي)` : ''}، ولا يمكن استعادته بعد ذلك.`,
        ...(params.get('closes')
          ? ['أنت آخر مالك للحساب: ينتهي الحساب أيضًا، ويُزال أعضاؤه ومراكز الطاقة الخاصة به.']
          : []),
        ...(link ? [{ link, label: 'إيقاف الحذف' }] : []),
        'إذا لم تكن أنت، فأوقف الحذف واختر كلمة مرور جديدة فورًا.',
      ],
    };
  },
  'account-notice': (params) => arabicNotices(params, hello(params)),
};
