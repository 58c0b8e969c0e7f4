/** The mail server will never take this e-mail (5xx for the recipient or the message). */
export class Rejected extends Error {
  override readonly name = 'Rejected';
}

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** Trouble between us and the server, which an operator mends: wrong credentials say nothing about the e-mail. */
const OURS = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EPROXY', 'ECONFIG']);

/** A 5xx that is meant for the e-mail becomes `Rejected`; anything else may pass, and stays as it is. */
export function verdictOn(error: unknown): unknown {
  const { code, responseCode, message } = error as SmtpError;
  if (responseCode === undefined || responseCode < 500 || responseCode > 599) return error;
  return code !== undefined && OURS.has(code) ? error : new Rejected(message);
}
