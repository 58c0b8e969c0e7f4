import type { Part } from './letter';
import type { Templates } from './letters';
import type { Params } from './params';

/** A value of unknown script inside Arabic text, kept from turning the order of the words around it. */
const isolated = (value: string): string => `\u2068${value}\u2069`;

const hello = (params: Params): string => {
  const name = params.get('name');
  return name ? `مرحبًا ${isolated(name)}،` : 'مرحبًا،';
};

const holds = (params: Params): Part[] => {
  const minutes = params.get('minutes');
  return minutes ? [`مدة صلاحية الرمز بالدقائق: ${isolated(minutes)}. ويُستخدم مرة واحدة فقط.`] : [];
};

function acceptance(params: Params): Part[] {
  const link = params.link('link');
  if (params.get('taken')) return ['بريدك الإلكتروني مرتبط بحساب قائم بالفعل. اطلب أن تُدعى بعنوان آخر.'];
  if (link) return [{ link, label: 'قبول الدعوة' }];
  return ['للقبول، اختر «نسيت كلمة المرور» بهذا البريد الإلكتروني، ثم عيّن كلمة مرور خاصة بك.'];
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
    const inviter = params.get('inviter');
    const role = ROLES[params.get('role') ?? ''];
    return {
      subject: inviter ? `دعوة من ${isolated(inviter)} إلى Open CPO` : 'دعوة إلى Open CPO',
      heading: 'لقد تلقيت دعوة',
      parts: [
        hello(params),
        `${inviter ? `يدعوك ${isolated(inviter)}` : 'يدعوك صاحب حساب'} للعمل معًا على مراكز الطاقة${role ? ` بدور ${role}` : ''}.`,
        ...acceptance(params),
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
      `خادمك${params.get('host') ? ` ${isolated(params.get('host') ?? '')}` : ''} لم يستقبل أحداثنا منذ أيام، أو أعلن أنه لم يعد موجودًا، فتوقفنا عن الإرسال إليه.`,
      'عندما يعمل من جديد، فعّل الرابط مرة أخرى وأعد إرسال ما فاته: تُحفظ الأحداث سبعة أيام.',
    ],
  }),
};
