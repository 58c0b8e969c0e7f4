import type { Language } from '@open-cpo/contracts';

/** What a page asks for, besides a choice. */
export interface Asked {
  readonly name: string;
  readonly label: string;
  readonly type: 'password' | 'text';
  /** What was typed before a refusal. */
  readonly value?: string;
}

/** A page that a letter's link leads to: what it is about, and what can be done. Nothing happens before a button is pressed. */
export interface Page {
  readonly title: string;
  readonly lines: readonly string[];
  readonly asks?: readonly Asked[];
  /** Value and label of each button. */
  readonly choices?: readonly (readonly [string, string])[];
  readonly problem?: string;
  /** Path and label of where to go on. */
  readonly link?: readonly [string, string];
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `body{margin:0;padding:24px;background:#f8fafc;color:#0f172a;font:16px/1.5 Arial,Helvetica,sans-serif}
main{max-width:520px;margin:0 auto;padding:32px;background:#fff;border-radius:12px}
h1{margin:0 0 16px;font-size:20px}label{display:block;margin:0 0 12px}input{display:block;width:100%;box-sizing:border-box;padding:8px;font:inherit}
button{padding:12px 20px;margin:8px 8px 0 0;border:0;border-radius:8px;background:#0f766e;color:#fff;font:inherit;cursor:pointer}
p{overflow-wrap:anywhere}a{color:#0f766e}[role=alert]{color:#b91c1c}`;

function field({ name, label, type, value = '' }: Asked): string {
  const autocomplete = type === 'password' ? 'new-password' : 'on';
  const input = `<input name="${name}" type="${type}" value="${escaped(value)}" autocomplete="${autocomplete}">`;
  return `<label>${escaped(label)}${input}</label>`;
}

function form({ asks = [], choices = [] }: Page): string {
  if (choices.length === 0) return '';
  const buttons = choices.map(([value, label]) => `<button name="choice" value="${value}">${escaped(label)}</button>`);
  return `<form method="post">${asks.map(field).join('')}${buttons.join('')}</form>`;
}

/** The page as HTML; it loads nothing. */
export function pageOf(page: Page, language: Language): string {
  const { title, lines, problem, link } = page;
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const alert = problem ? `<p role="alert">${escaped(problem)}</p>` : '';
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>
${paragraphs}${alert}${form(page)}${link ? `<p><a href="${escaped(link[0])}">${escaped(link[1])}</a></p>` : ''}
</main></body>
</html>
`;
}
