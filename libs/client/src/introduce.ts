import type { Middleware } from 'openapi-fetch';

type Given<T> = T | (() => T | Promise<T>);

/** Who asks, and in which manner. */
export interface Introduction {
  /** The access token, or where to have it at the moment of a request; absent before the login. */
  readonly token?: Given<string | undefined>;
  /** An integration's key, beside the token. */
  readonly apiKey?: string;
  /** Language of texts meant for people. */
  readonly language?: 'en' | 'ar';
  /** The token is past half of its life: fetch a new one (`POST /api/v3/auth/refresh`) when convenient. */
  readonly onRefreshDue?: () => void;
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Gives each request its headers: who asks, a name of its own, and for writes a key by which it counts once. */
export function introducing({ token, apiKey, language, onRefreshDue }: Introduction): Middleware {
  return {
    async onRequest({ request }) {
      const { headers, method } = request;
      const fill = (name: string, value: string | undefined): void => {
        if (value !== undefined && !headers.has(name)) headers.set(name, value);
      };
      const current = typeof token === 'function' ? await token() : token;
      fill('authorization', current && `Bearer ${current}`);
      fill('api-key', apiKey);
      fill('accept-language', language);
      fill('x-request-id', crypto.randomUUID());
      if (WRITES.has(method)) fill('idempotency-key', crypto.randomUUID());
      return request;
    },
    onResponse({ response }) {
      if (response.headers.has('token-refresh-required')) onRefreshDue?.();
    },
  };
}
