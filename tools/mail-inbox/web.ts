import { createServer, type Server, type ServerResponse } from 'node:http';
import type { MailStore } from './mail-store';
import { listPage, mailPage } from './pages';

/** Nothing of a mail may run or load here, and no other site may show it. */
const security = {
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * The inbox over HTTP: pages for people; `GET /api/messages` (newest first, `?to=` for one address),
 * `GET /api/messages/<id>` and `DELETE /api/messages` for programs.
 */
export function webInbox(store: MailStore): Server {
  return createServer((request, response) => {
    const origin = 'http://inbox';
    const target = request.url ?? '/';
    if (!isLocal(request.headers.host)) {
      send(response, 421, 'text/plain', 'Ask by localhost or 127.0.0.1');
      return;
    }
    if (!URL.canParse(target, origin)) {
      send(response, 400, 'text/plain', 'Bad request');
      return;
    }
    const url = new URL(target, origin);
    if (request.method === 'GET' || request.method === 'HEAD') {
      show(response, store, url);
    } else if (request.method === 'DELETE' && url.pathname === '/api/messages') {
      store.clear();
      send(response, 204, 'text/plain', '');
    } else {
      send(response, 405, 'text/plain', 'Method not allowed');
    }
  });
}

/** DNS rebinding: a page of another name, whose address is this machine, must not read codes. */
const isLocal = (host = ''): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

function show(response: ServerResponse, store: MailStore, url: URL): void {
  const [first, ...rest] = url.pathname.split('/').filter(Boolean);
  if (first === undefined) {
    send(response, 200, 'text/html', listPage(store.list()));
  } else if (first === 'api' && rest[0] === 'messages') {
    json(response, store, rest[1], url.searchParams.get('to') ?? undefined);
  } else if (first === 'messages') {
    mail(response, store, rest[0] ?? '', rest[1] === 'html');
  } else {
    send(response, 404, 'text/plain', 'Not found');
  }
}

function json(response: ServerResponse, store: MailStore, id: string | undefined, to: string | undefined): void {
  const found = id === undefined ? store.list(to) : store.find(id);
  send(response, found ? 200 : 404, 'application/json', JSON.stringify(found ?? { error: 'Not found' }));
}

function mail(response: ServerResponse, store: MailStore, id: string, asHtml: boolean): void {
  const found = store.find(id);
  if (!found) {
    send(response, 404, 'text/plain', 'This mail is gone');
  } else {
    send(response, 200, 'text/html', asHtml ? found.html : mailPage(found));
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...security, 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
