import { unwrap } from '@open-cpo/client';
import { client } from '../../api/client';

/** Browsers of the last years turn options and credentials into JSON and back by themselves. */
export const passkeysAvailable =
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

export async function passkeyLogin() {
  const { data } = await unwrap(client.POST('/api/v3/auth/passkeys/options'));
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.publicKey as never);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (!credential) throw new Error('No passkey was chosen.');
  const body = { credential: credential.toJSON() as never };
  return (await unwrap(client.POST('/api/v3/auth/passkeys/login', { body }))).data;
}

export async function createPasskey(name: string, proof: { current_password: string; second_factor_code?: string }) {
  const { results } = await unwrap(client.POST('/api/user/factors/passkeys/options', { body: proof }));
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(results.publicKey as never);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (!credential) throw new Error('No passkey was made.');
  const body = { credential: credential.toJSON() as never, ...(name ? { name } : {}) };
  return (await unwrap(client.POST('/api/user/factors/passkeys', { body }))).results;
}
