import type { EmailContent } from '@open-cpo/contracts';
import type { Draft, Part } from './letter';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Makes a text show as itself. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const P = 'margin:0 0 16px';
const CODE = `${P};padding:16px;background:#f1f5f9;border-radius:8px;text-align:center;font:700 28px/1.2 monospace;letter-spacing:6px`;
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#0f766e;color:#ffffff;border-radius:8px;text-decoration:none';
const PAGE = 'margin:0;padding:24px;background:#f8fafc;color:#0f172a;font:16px/1.5 Arial,Helvetica,sans-serif';
const CARD = 'max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px';

function blockOf(part: Part): string {
  if (typeof part === 'string') return `<p style="${P}">${escaped(part)}</p>`;
  if ('code' in part) return `<p dir="ltr" style="${CODE}">${escaped(part.code)}</p>`;
  return `<p style="${P}"><a href="${escaped(part.link)}" style="${BUTTON}">${escaped(part.label)}</a></p>`;
}

/** The e-mail as HTML without anything that is loaded from elsewhere; mail programs know inline styles only. */
export function htmlOf({ subject, heading, parts }: Draft, language: EmailContent['language']): string {
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body dir="${direction}" style="${PAGE}">
<div style="${CARD}">
<h1 style="margin:0 0 16px;font-size:20px">${escaped(heading)}</h1>
${parts.map(blockOf).join('\n')}
</div>
</body>
</html>
`;
}
