import { arabicHello as hello } from './greetings';
import { isolated } from './isolated';
import type { Part } from './letter';
import type { Templates } from './letters';
import type { Params } from './params';

function place(params: Params): Part[] {
  const [device, address, at] = [params.get('device'), params.get('address'), params.get('at')];
  const known = [
    device && `الجهاز: ${isolated(device)}.`,
    address && `عنوان الشبكة: ${isolated(address)}.`,
    at && `الوقت: ${isolated(at)}.`,
  ];
  const text = known.filter(Boolean).join(' ');
  return text ? [text] : [];
}

const IF_NOT_YOU = 'إذا لم تكن أنت، فاختر كلمة مرور جديدة فورًا، وبذلك تنتهي جميع الجلسات، ثم راجع قائمة جلساتك.';

/** Letters about logins. */
export const arabicEntries: Pick<Templates, 'new-device' | 'entered-by-code'> = {
  'new-device': (params) => ({
    subject: 'تسجيل دخول جديد إلى حسابك',
    heading: 'تسجيل دخول من جهاز جديد',
    parts: [hello(params), 'سجّل شخص ما الدخول إلى حسابك من جهاز أو شبكة لا نعرفها.', ...place(params), IF_NOT_YOU],
  }),
  'entered-by-code': (params) => ({
    subject: 'تم فتح حسابك دون كلمة المرور',
    heading: 'تسجيل دخول دون كلمة المرور',
    parts: [
      hello(params),
      'سجّل شخص ما الدخول إلى حسابك برمز أرسلناه إلى هذا البريد الإلكتروني. لم تُطلب كلمة المرور، وهي باقية كما هي.',
      ...place(params),
      IF_NOT_YOU,
    ],
  }),
};
