import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { ErrorResponder } from '../http/answers/errors';
import { arabicText } from '../http/answers/arabic';
import { userAgentOf } from '../http/identity/authorizer';
import { languageOf } from '../http/negotiation';
import { Limits } from '../http/limits/limits';
import { deletionStopPage } from './deletion-stop-page';
import { invitationPage } from './invitation-page';
import { type Asked, type Page, pageOf } from './page';
import { payoutStopPage } from './payout-stop-page';

/** What one kind of link leads to. */
export interface LetterPage {
  /** Before the token. */
  readonly path: string;
  show(bus: Bus, token: string, caller: Caller): Promise<Page>;
  /** What a pressed button does; refusals of the operation are shown with the page. */
  act(bus: Bus, token: string, given: Readonly<Record<string, unknown>>, caller: Caller): Promise<Page>;
}

const PAGES: readonly LetterPage[] = [invitationPage, payoutStopPage, deletionStopPage];

const TOKEN = /^[A-Za-z0-9_-]{40}$/;
const GONE = {
  en: { title: 'This link is not valid', lines: ['It has been used, has ended, or was never ours.'] },
  ar: { title: 'هذا الرابط غير صالح', lines: ['ربما استُخدم من قبل أو انتهت صلاحيته أو لم يصدر عنا.'] },
} as const;

/** No script, nothing from elsewhere; a form goes nowhere but here. */
const CONTENT_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: ["'unsafe-inline'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

/**
 * Pages that links in letters lead to, for people without an app at hand. A GET changes nothing, as mail programs follow
 * links by themselves; a POST of the page's own form does. The token in the address stands for its holder.
 */
export async function serveLetterPages(app: NestFastifyApplication, fastify: FastifyInstance): Promise<void> {
  const [bus, errors, limits, config] = [
    app.get(Bus),
    app.get(ErrorResponder),
    app.get(Limits),
    app.get(GatewayConfig),
  ];
  await fastify.register(async (scope) => {
    await scope.register(helmet as never, {
      contentSecurityPolicy: CONTENT_POLICY,
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'no-referrer' },
    });
    const serve = async (page: LetterPage, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      try {
        await limits.arrived('code', request, reply);
        const caller = callerOf(request, config.requestDeadline);
        const { status, page: shown } = await answered(page, bus, request, caller);
        const { link, ...rest } = shown;
        // Where a front end of its own is used, there is nothing to sign in at.
        const html = pageOf(link && config.dashboard === 'on' ? shown : rest, caller.language);
        void reply.status(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
      } catch (error) {
        errors.send(error, request, reply);
      }
      return reply;
    };
    for (const page of PAGES) {
      scope.get(`${page.path}/:token`, (request, reply) => serve(page, request, reply));
      scope.post(`${page.path}/:token`, (request, reply) => serve(page, request, reply));
    }
  });
}

const callerOf = (request: FastifyRequest, deadline: number): Caller => ({
  requestId: request.id,
  deadline: Date.now() + deadline,
  language: languageOf(request.headers['accept-language']),
  ip: request.ip,
  ...(request.method === 'POST' ? userAgentOf(request.headers['user-agent']) : {}),
});

async function answered(
  page: LetterPage,
  bus: Bus,
  { params, body, method }: FastifyRequest,
  caller: Caller,
): Promise<{ status: number; page: Page }> {
  const { token } = params as { token: string };
  const gone = { status: 404, page: GONE[caller.language] };
  if (!TOKEN.test(token)) return gone;
  try {
    if (method !== 'POST') return { status: 200, page: await page.show(bus, token, caller) };
    return { status: 200, page: await page.act(bus, token, (body ?? {}) as Record<string, unknown>, caller) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'not_found') return gone;
    if (error.code !== 'validation_failed' && error.code !== 'conflict') throw error;
    const shown = filledIn(await page.show(bus, token, caller), (body ?? {}) as Record<string, unknown>);
    return { status: error.code === 'conflict' ? 409 : 422, page: { ...shown, problem: problemOf(error, caller) } };
  }
}

function problemOf({ fields = {}, message }: Refusal, { language }: Caller): string {
  const text = Object.values(fields).flat()[0] ?? message;
  return (language === 'ar' ? arabicText(text) : undefined) ?? text;
}

/** What was typed stays, but for passwords, which no answer contains. */
function filledIn(page: Page, given: Readonly<Record<string, unknown>>): Page {
  const asks = (page.asks ?? []).map((asked): Asked => {
    const value = given[asked.name];
    return asked.type === 'text' && typeof value === 'string' ? { ...asked, value } : asked;
  });
  return { ...page, asks };
}
