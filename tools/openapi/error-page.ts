import { CATALOGUE, type ErrorCode, Refusal } from '@open-cpo/contracts';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a tool over one app, not a library that depends on it
import { answerTo } from '../../apps/gateway/src';

const ABOUT = `# Errors

<!-- Written by \`npm run openapi\` from the error catalogue in libs/contracts. -->

Every error response carries its code in the header \`X-Error-Code\` and the request ID in \`X-Request-Id\`. Codes are stable;
texts may change. Some operations document a body or text of their own, which is sent under the same code; all others of
\`/api/v3/*\` answer \`{"success":0,"message":…}\`, and the rest of \`/api\` \`{"success":0,"msg":…,"msg_arabic":…}\`.

[Integrating](integrating.md#errors) says what a client does with each status.
`;

const at = { v3: false, host: 'api.example.com', unauthenticatedStatus: 401, language: 'en' } as const;

function section(code: ErrorCode): string {
  const { help, retryAfter } = CATALOGUE[code];
  const { status, body } = answerTo(new Refusal(code), at);
  const again =
    retryAfter === undefined ? [] : [`\`Retry-After\`: ${retryAfter} seconds, unless the answer says otherwise.`, ''];
  return [`## ${code}`, '', `Status ${status}. ${help}`, '', ...again, '```json', JSON.stringify(body), '```', ''].join(
    '\n',
  );
}

/** The page that lists every refusal, by status. */
export function errorPage(): string {
  const status = (code: ErrorCode): number => answerTo(new Refusal(code), at).status;
  const codes = (Object.keys(CATALOGUE) as ErrorCode[]).sort((a, b) => status(a) - status(b));
  const rows = codes.map((code) => `| ${status(code)} | [${code}](#${code}) | ${CATALOGUE[code].text} |`);
  const table = ['| Status | Code | Text |', '|---|---|---|', ...rows, ''].join('\n');
  return [ABOUT, table, ...codes.map(section)].join('\n');
}
