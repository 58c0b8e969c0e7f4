import type { CaughtMail } from './mail-store';

/** Text as it may stand in HTML, attributes included. */
export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The list of mails; it refreshes itself, so that a person only has to wait. */
export function listPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map((mail) => {
    const link = `<a href="/messages/${mail.id}" dir="auto">${escapeHtml(mail.subject || '(no subject)')}</a>`;
    return `<tr><td>${time(mail)}</td><td>${escapeHtml(mail.to.join(', '))}</td><td>${link}</td></tr>`;
  });
  const body =
    rows.length > 0 ? `<table>${rows.join('\n')}</table>` : '<p>No mail yet. This page refreshes itself.</p>';
  return page('Mail inbox', `<h1>Mail inbox</h1>${body}`, '<meta http-equiv="refresh" content="5">');
}

/** One mail: its text, and its HTML in a frame that may neither run scripts nor reach this page. */
export function mailPage(mail: CaughtMail): string {
  const frame = mail.html
    ? `<h2>HTML</h2><iframe sandbox="" title="HTML part" src="/messages/${mail.id}/html"></iframe>`
    : '';
  const facts = `<p>${time(mail)}<br>From ${escapeHtml(mail.from)}<br>To ${escapeHtml(mail.to.join(', '))}</p>`;
  return page(
    mail.subject,
    `<p><a href="/">All mails</a></p><h1 dir="auto">${escapeHtml(mail.subject)}</h1>${facts}${frame}
     <h2>Text</h2><pre dir="auto">${escapeHtml(mail.text)}</pre>`,
  );
}

function time(mail: CaughtMail): string {
  return `<time datetime="${mail.receivedAt}">${mail.receivedAt.replace('T', ' ').slice(0, 19)} UTC</time>`;
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733 }
table { width: 100%; border-collapse: collapse } td { padding: .4rem .6rem; border-bottom: 1px solid #d8dee4 }
pre { white-space: pre-wrap; background: #f3f5f7; padding: 1rem } iframe { width: 100%; height: 32rem; border: 1px solid #d8dee4 }
</style></head><body>${body}</body></html>`;
}
