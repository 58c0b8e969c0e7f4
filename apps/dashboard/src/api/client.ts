import { createClient } from '@open-cpo/client';
import { apiLanguage } from '../i18n';
import { sendingFor } from './send';
import { renewOnce, session, tokens } from './session';

const send = sendingFor(tokens, (request) => fetch(request));

/** The API at the address of this page, as the user who is logged in. */
export const client = createClient({
  baseUrl: location.origin,
  token: () => session.token,
  onRefreshDue: () => renewOnce(renewed),
  fetch: send,
});

client.use({
  onRequest({ request }) {
    request.headers.set('accept-language', apiLanguage());
    return request;
  },
});

async function renewed(): Promise<string> {
  const { data } = await client.POST('/api/v3/auth/refresh');
  if (!data) throw new Error('The token was not renewed.');
  return data.data.access_token;
}
