const DONE = '{"success":1,"msg":"Done!","msg_arabic":"تمت العمليه بنجاح","results":';

/** What is around tables; lists and single things go bare. */
export const ENVELOPE = { open: Buffer.from(DONE), close: Buffer.from('}') };

export const JSON_TYPE = 'application/json; charset=utf-8';

/** The same as an object. */
export const enveloped = <T>(results: T) => ({
  success: 1,
  msg: 'Done!',
  msg_arabic: 'تمت العمليه بنجاح',
  results,
});
