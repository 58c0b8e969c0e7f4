import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * How the server meets the next requests: `loses` does what is asked and breaks the connection before it answers, `fails`
 * answers 500 and has done nothing, `refuses` says no, `hangs` never answers, `holds` does what is asked and never answers.
 */
export type Manner = 'answers' | 'loses' | 'fails' | 'refuses' | 'hangs' | 'holds' | 'limits';

export interface Transfer {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly transfer_group: string;
}

interface Stored {
  readonly params: string;
  readonly status: number;
  readonly body: object;
}

/** Speaks what we need of Stripe's documented HTTP: form bodies, bearer keys, idempotency keys, errors. */
export class StripeServer {
  manner: Manner = 'answers';
  readonly accounts: Record<string, string>[] = [];
  readonly transfers: Transfer[] = [];
  readonly requests: string[] = [];
  links = 0;
  /** Answers 404 to every question, as where an address is wrong. */
  deaf = false;
  /** What it says of every account when it is asked. */
  capability = 'inactive';
  /** Lists nothing, as for one who never asks. */
  blind = false;
  /** As a day later: keys are forgotten, transfers are not. */
  readonly keys = new Map<string, Stored>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async start(): Promise<StripeServer> {
    const stripe = new StripeServer();
    stripe.server.listen(0, '127.0.0.1');
    await once(stripe.server, 'listening');
    return stripe;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const params = Buffer.concat(chunks).toString();
    this.requests.push(`${request.method} ${request.url}`);
    if (request.headers.authorization !== 'Bearer sk_test_local') {
      return answer(response, 401, { error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } });
    }
    const trouble = this.trouble(request, response);
    if (trouble) return;
    const { status, body } = this.once(request, params);
    if (this.manner === 'holds' && request.method === 'POST') return;
    if (this.manner === 'loses' && request.method === 'POST') return void request.socket.destroy();
    answer(response, status, body);
  }

  private trouble(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.manner === 'hangs') return true;
    if (this.manner === 'fails') answer(response, 500, { error: { type: 'api_error', message: 'An error occurred' } });
    if (this.manner === 'limits') answer(response, 429, { error: { type: 'rate_limit_error', message: 'Too many' } });
    if (this.manner === 'refuses' && request.method === 'POST') {
      const message =
        'Your destination account needs to have at least one of the following capabilities enabled: transfers';
      answer(response, 400, {
        error: { type: 'invalid_request_error', code: 'insufficient_capabilities_for_transfer', message },
      });
    }
    if (this.deaf && request.method === 'GET') {
      answer(response, 404, { error: { type: 'invalid_request_error', message: 'Unrecognized request URL' } });
    }
    return response.writableEnded;
  }

  private once(request: IncomingMessage, params: string): Stored {
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string') return this.act(request, params);
    const earlier = this.keys.get(key);
    if (earlier && earlier.params !== params) {
      return {
        params,
        status: 400,
        body: { error: { type: 'idempotency_error', message: 'Keys for idempotent requests' } },
      };
    }
    const stored = earlier ?? this.act(request, params);
    this.keys.set(key, stored);
    return stored;
  }

  private act({ method, url = '' }: IncomingMessage, params: string): Stored {
    const { pathname, searchParams } = new URL(url, this.url);
    const form = Object.fromEntries(new URLSearchParams(params));
    const done = (body: object): Stored => ({ params, status: 200, body });
    switch (`${method} ${pathname}`) {
      case 'POST /v1/accounts': {
        this.accounts.push(form);
        return done({ id: `acct_${this.accounts.length}`, object: 'account', capabilities: { transfers: 'inactive' } });
      }
      case 'POST /v1/account_links': {
        this.links += 1;
        const url = `https://connect.stripe.com/setup/s/${form.account}/${this.links}`;
        return done({ object: 'account_link', url, expires_at: Math.floor(Date.now() / 1000) + 300 });
      }
      case 'GET /v1/transfers': {
        const group = searchParams.get('transfer_group');
        const data = this.transfers.filter((one) => one.transfer_group === group && !this.blind);
        return done({ object: 'list', data, has_more: false, url: pathname });
      }
      case 'POST /v1/transfers': {
        const { currency = '', destination = '', transfer_group = '' } = form;
        const id = `tr_${this.transfers.length + 1}`;
        const transfer = { id, amount: Number(form.amount), currency, destination, transfer_group };
        this.transfers.push(transfer);
        return done({ ...transfer, object: 'transfer' });
      }
      case `GET /v1/accounts/${pathname.split('/').at(-1)}`: {
        const id = pathname.split('/').at(-1);
        return done({ id, object: 'account', capabilities: { transfers: this.capability } });
      }
      default:
        return { params, status: 404, body: { error: { type: 'invalid_request_error', message: 'Unrecognized URL' } } };
    }
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1' }).end(JSON.stringify(body));
}
