import { TEXTS } from './arabic-texts';

/** Names of fields as the texts have them: the last part of `address.city`, without the number of `connectors.0.id`. */
const FIELDS: Readonly<Record<string, string>> = {
  'account number': 'رقم الحساب',
  active: 'نشط',
  address: 'العنوان',
  'address line 1': 'الشارع',
  'address line 2': 'السطر الثاني من العنوان',
  'address line 3': 'السطر الثالث من العنوان',
  amenities: 'المرافق',
  amperes: 'الأمبير',
  available: 'في الخدمة',
  bic: 'BIC',
  category: 'الفئة',
  certificate: 'الشهادة',
  'charge point id': 'مركز الشحن',
  chargePoints: 'مراكز الشحن',
  'charging site id': 'الموقع',
  city: 'المدينة',
  'close time': 'وقت الإغلاق',
  code: 'الرمز',
  'company name': 'الشركة',
  connector: 'الموصل',
  connectors: 'الموصلات',
  'contact number': 'الهاتف',
  country: 'البلد',
  'country id': 'البلد',
  currency: 'العملة',
  'current password': 'كلمة المرور',
  cursor: 'المؤشر',
  days: 'الأيام',
  description: 'الوصف',
  email: 'البريد الإلكتروني',
  'e-mail address': 'البريد الإلكتروني',
  'end date': 'آخر يوم',
  'ending time': 'وقت النهاية',
  events: 'الأحداث',
  'expire at': 'تاريخ الانتهاء',
  'expires at': 'تاريخ الانتهاء',
  'expiration date': 'تاريخ الانتهاء',
  file: 'الملف',
  'first name': 'الاسم الأول',
  firstname: 'الاسم الأول',
  from: 'أول يوم',
  fullname: 'الاسم الكامل',
  identifier: 'المعرّف',
  identity: 'معرّف الشاحن',
  'integration code': 'رمز التكامل',
  'invitation token': 'رمز الدعوة',
  key: 'الإعداد',
  kind: 'النوع',
  language: 'اللغة',
  'last name': 'اسم العائلة',
  lastname: 'اسم العائلة',
  latitude: 'خط العرض',
  'license code': 'رمز الرخصة',
  listed: 'ظاهر للسائقين',
  location: 'عنوان الملف',
  log: 'السجل',
  longitude: 'خط الطول',
  message: 'الرسالة',
  minutes: 'الدقائق',
  name: 'الاسم',
  number: 'الرقم',
  'old password': 'كلمة المرور الحالية',
  'open time': 'وقت الفتح',
  password: 'كلمة المرور',
  'password confirmation': 'تأكيد كلمة المرور',
  'payout method': 'طريقة الدفع',
  policy: 'البطاقات المسموح لها بالشحن',
  'power center id': 'مركز الشحن',
  price: 'السعر',
  'price currency': 'عملة السعر',
  'price unit': 'وحدة السعر',
  'requested quantity': 'الكمية المطلوبة',
  'reservation id': 'الحجز',
  'retrieve at': 'وقت الجلب',
  rfid: 'البطاقة',
  role: 'الدور',
  scope: 'النطاق',
  'second factor code': 'رمز العامل الثاني',
  'session limit type': 'نوع حد الجلسة',
  'session limit value': 'حد الجلسة',
  signature: 'التوقيع',
  'signing certificate': 'شهادة التوقيع',
  'start date': 'أول يوم',
  'starting time': 'وقت البداية',
  state: 'الولاية',
  status: 'الحالة',
  TIN: 'الرقم الضريبي',
  'time zone': 'المنطقة الزمنية',
  title: 'العنوان',
  to: 'آخر يوم',
  'transaction id': 'المعاملة',
  type: 'النوع',
  unit: 'الوحدة',
  until: 'النهاية',
  url: 'العنوان',
  'user type': 'نوع المستخدم',
  value: 'القيمة',
  'verification code': 'رمز التحقق',
  zipcode: 'الرمز البريدي',
};

const SPECIAL = /[.*+?^$()|[\]\\/]/g;
const SLOT = /\{[fn]\}/g;

interface Translation {
  readonly english: RegExp;
  /** Of each slot: whether it is the name of a field. */
  readonly named: readonly boolean[];
  readonly arabic: string;
}

const translationOf = ([english, arabic]: readonly [string, string]): Translation => ({
  english: new RegExp(`^${english.replace(SPECIAL, '\\$&').replace(SLOT, '(.+?)')}$`, 's'),
  named: [...english.matchAll(SLOT)].map(([slot]) => slot === '{f}'),
  arabic,
});

/** Those with more words of their own come first: a slot would take the words that the others lack. */
const TRANSLATIONS = Object.entries(TEXTS)
  .sort(([one], [other]) => other.replace(SLOT, '').length - one.replace(SLOT, '').length)
  .map(translationOf);

/** A field's name in Arabic; one without, as it is. */
function fieldName(name: string): string {
  const last = name.replace(/^.*\.(?=[^.\d])/, '').replace(/\.\d+$/, '');
  return FIELDS[name] ?? FIELDS[last] ?? `«${name}»`;
}

/** The Arabic of a text of a refusal; undefined for one that has none. */
export function arabicText(text: string): string | undefined {
  for (const { english, named, arabic } of TRANSLATIONS) {
    const match = english.exec(text);
    if (!match) continue;
    const values = match.slice(1).map((value, at) => (named[at] ? fieldName(value) : value));
    return arabic.replace(SLOT, () => values.shift() ?? '');
  }
  return undefined;
}

/** The texts of fields in Arabic; those that have none as they are. */
export const arabicFields = (fields: Readonly<Record<string, readonly string[]>>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, texts]) => [field, texts.map((text) => arabicText(text) ?? text)]),
  );
