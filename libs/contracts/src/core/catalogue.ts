/** How the edge treats a refusal; each kind has one status. */
export type RefusalKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'method'
  | 'conflict'
  | 'precondition'
  | 'too-large'
  | 'range'
  | 'media-type'
  | 'too-many'
  | 'unavailable'
  | 'deadline'
  | 'internal';

interface Entry {
  readonly kind: RefusalKind;
  /** The public text, unless the operation documents its own. */
  readonly text: string;
  /** The same for `msg_arabic`. */
  readonly arabic: string;
  /** Seconds, where asking again makes sense. */
  readonly retryAfter?: number;
  /** What it means and what a client does about it. */
  readonly help: string;
}

const entries = <C extends string>(catalogue: Record<C, Entry>): Readonly<Record<C, Entry>> => catalogue;

/** Every refusal there is. The code is stable and travels to clients in the header `X-Error-Code`. */
export const CATALOGUE = entries({
  malformed_request: {
    kind: 'malformed',
    text: 'The request could not be understood.',
    arabic: 'تعذر فهم الطلب.',
    help: 'The body is not valid JSON or form data, nests too deeply, or a header has a form that is not allowed.',
  },
  validation_failed: {
    kind: 'invalid',
    text: 'The given data was invalid.',
    arabic: 'البيانات المدخلة غير صالحة.',
    help: 'The answer names each field and what is wrong with it.',
  },
  unauthenticated: {
    kind: 'unauthenticated',
    text: 'Unauthenticated.',
    arabic: 'Unauthenticated.',
    help: 'The token is missing, malformed, expired or revoked. Log in again.',
  },
  credentials_rejected: {
    kind: 'invalid',
    text: 'These credentials do not match our records.',
    arabic: 'بيانات الدخول غير صحيحة.',
    help: 'The address is unknown or the password is wrong; the response does not say which.',
  },
  account_locked: {
    kind: 'invalid',
    text: 'This account is locked. Please contact support.',
    arabic: 'هذا الحساب مقفل. يرجى الاتصال بالدعم.',
    help: 'The platform’s operators have locked the account. Its data is kept and comes back when it is unlocked.',
  },
  incorrect_code: {
    kind: 'invalid',
    text: 'Incorrect verification code.',
    arabic: 'رمز التحقق غير صحيح.',
    help: 'The response says how many attempts are left.',
  },
  authenticator_unreadable: {
    kind: 'invalid',
    text: 'This authenticator app cannot be checked any more. Use a recovery code, or contact support.',
    arabic: 'لم يعد بالإمكان التحقق من تطبيق المصادقة هذا. استخدم رمز استرداد أو اتصل بالدعم.',
    help: 'The key that the app’s secret was stored with is gone. A recovery code is accepted; remove the app with one and set it up again.',
  },
  verification_expired: {
    kind: 'invalid',
    text: 'The verification code has expired. Please request a new one.',
    arabic: 'انتهت صلاحية رمز التحقق. يرجى طلب رمز جديد.',
    help: 'The code is older than ten minutes, was used, or has no attempts left. Register, log in or reset again.',
  },
  resend_too_early: {
    kind: 'too-many',
    text: 'Please wait before requesting another code.',
    arabic: 'يرجى الانتظار قبل طلب رمز آخر.',
    help: 'The answer tells for how many seconds; each code that is sent doubles the time.',
  },
  api_key_invalid: {
    kind: 'unauthenticated',
    text: 'The API key is invalid or missing.',
    arabic: 'مفتاح واجهة البرمجة غير صالح أو مفقود.',
    help: 'The API-KEY header is malformed, unknown, revoked, or belongs to another account than the token.',
  },
  forbidden: {
    kind: 'forbidden',
    text: "You don't have permissions.",
    arabic: 'ليست لديك صلاحية.',
    help: 'The role does not include the permission of this operation, or the thing belongs to another account.',
  },
  second_factor_required: {
    kind: 'forbidden',
    text: 'This account requires a second factor. Set one up to go on.',
    arabic: 'يتطلب هذا الحساب عامل تحقق ثانيًا. يرجى إعداده للمتابعة.',
    help: 'An owner of the account requires a second factor of its members: POST /api/user/factors/totp sets one up.',
  },
  not_found: {
    kind: 'not-found',
    text: 'Invalid Resource Requested',
    arabic: 'المورد المطلوب غير موجود.',
    help: 'Nothing has this id. Ids are positive 32-bit integers.',
  },
  route_not_found: {
    kind: 'not-found',
    text: 'The route could not be found.',
    arabic: 'المسار غير موجود.',
    help: 'No operation has this path.',
  },
  method_not_allowed: {
    kind: 'method',
    text: 'The method is not supported for this route.',
    arabic: 'طريقة الطلب غير مدعومة لهذا المسار.',
    help: 'The header Allow names the methods that are.',
  },
  conflict: {
    kind: 'conflict',
    text: 'The resource was changed by somebody else at the same time.',
    arabic: 'تم تغيير المورد من قبل شخص آخر في الوقت نفسه.',
    help: 'Read it again, then repeat the request.',
  },
  precondition_failed: {
    kind: 'precondition',
    text: 'The resource is not what If-Match says.',
    arabic: 'المورد لا يطابق ما ورد في If-Match.',
    help: 'It was changed since it was read. Read it again, and repeat the request with the new ETag.',
  },
  delete_refused: {
    kind: 'conflict',
    text: 'Failed to delete Chargepoint',
    arabic: 'تعذر حذف نقطة الشحن.',
    help: 'A charging session is active on the power center.',
  },
  charger_not_connected: {
    kind: 'conflict',
    text: 'The charger is not connected.',
    arabic: 'الشاحن غير متصل.',
    help: 'Nothing was started. Ask again with a new Idempotency-Key when the charger is connected.',
  },
  connector_unavailable: {
    kind: 'conflict',
    text: 'The connector is in use or out of order.',
    arabic: 'المقبس قيد الاستخدام أو خارج الخدمة.',
    help: 'A session goes on or is being started there, or the charger reports a fault. Nothing was started.',
  },
  power_center_inactive: {
    kind: 'conflict',
    text: 'The power center is not offered to drivers.',
    arabic: 'مركز الطاقة غير متاح للسائقين.',
    help: 'Its owner has not listed it. Nothing was started.',
  },
  start_rejected: {
    kind: 'conflict',
    text: 'The charger has refused to start a session.',
    arabic: 'رفض الشاحن بدء الجلسة.',
    help: 'No session begins. The same Idempotency-Key gets the same answer: a new try needs a new one.',
  },
  start_timed_out: {
    kind: 'conflict',
    text: 'No session has begun in time.',
    arabic: 'لم تبدأ أي جلسة في الوقت المحدد.',
    help: 'No vehicle was plugged in, or the charger did not answer. No session begins later. A new try needs a new Idempotency-Key.',
  },
  start_cancelled: {
    kind: 'conflict',
    text: 'The start was cancelled.',
    arabic: 'أُلغي البدء.',
    help: 'Another request has cancelled it before a session began. No session begins later.',
  },
  idempotency_in_flight: {
    kind: 'conflict',
    text: 'A request with this Idempotency-Key is still being processed.',
    arabic: 'لا يزال طلب بنفس المفتاح قيد المعالجة.',
    retryAfter: 1,
    help: 'Repeat the request with the same key after the time in Retry-After.',
  },
  idempotency_mismatch: {
    kind: 'invalid',
    text: 'This Idempotency-Key was used with a different request.',
    arabic: 'استُخدم هذا المفتاح مع طلب مختلف.',
    help: 'The key was used for the same operation with other parameters or another body. Use a new key for a new request.',
  },
  payload_too_large: {
    kind: 'too-large',
    text: 'The request is too large.',
    arabic: 'حجم الطلب كبير جداً.',
    help: 'JSON and form bodies are limited to 1 MiB, uploads to 10 MB.',
  },
  range_not_satisfiable: {
    kind: 'range',
    text: 'The requested range is beyond the end of the file.',
    arabic: 'النطاق المطلوب يتجاوز نهاية الملف.',
    help: 'Content-Range has the size of the file. Ask for a range within it, or for the whole file.',
  },
  unsupported_media_type: {
    kind: 'media-type',
    text: 'The content type is not supported.',
    arabic: 'نوع المحتوى غير مدعوم.',
    help: 'Send application/json or application/x-www-form-urlencoded, without a Content-Encoding.',
  },
  too_many_requests: {
    kind: 'too-many',
    text: 'Too many attempts. Please try again later.',
    arabic: 'محاولات كثيرة جداً. يرجى المحاولة لاحقاً.',
    retryAfter: 60,
    help: 'Wait for the time in Retry-After.',
  },
  service_unavailable: {
    kind: 'unavailable',
    text: 'The service is temporarily unavailable.',
    arabic: 'الخدمة غير متاحة مؤقتاً.',
    retryAfter: 2,
    help: 'Nothing was changed. Repeat the request after the time in Retry-After.',
  },
  deadline_exceeded: {
    kind: 'deadline',
    text: 'The service did not answer in time.',
    arabic: 'لم تستجب الخدمة في الوقت المحدد.',
    retryAfter: 2,
    help: 'A write may have happened: repeat it with the same Idempotency-Key.',
  },
  internal: {
    kind: 'internal',
    text: 'Internal system error.',
    arabic: 'خطأ في النظام',
    help: 'A fault on our side. The log has it under the answer’s X-Request-Id.',
  },
});

export type ErrorCode = keyof typeof CATALOGUE;
