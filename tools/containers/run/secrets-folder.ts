import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../../stack/environment';
import { apps } from '../../stack/apps';
import { command } from '../command';

/** What a cluster's secrets hold beside what a compose system has. */
const more: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  worker: { 'smtp-url': 'smtp://mail:1025' },
  payouts: { 'stripe-secret-key': '', 'stripe-webhook-secret': '' },
};

/** Makes the secrets of every app and server, one folder each, by the very script of the compose file. */
export async function makeSecrets(checkout: string, folder: string): Promise<void> {
  const names = (database: boolean): string =>
    apps.flatMap((app) => (app.database === database ? [app.name] : [])).join(' ');
  mkdirSync(folder, { recursive: true });
  const args = [join(checkout, 'deploy/compose/secrets.mjs'), folder, join(checkout, 'deploy/nats/users.conf')];
  const env = { ...basics(), DATABASES: names(true), CLIENTS: `${names(false)} operator charging setup` };
  await command(process.execPath, args, { env });
  for (const [app, files] of Object.entries(more)) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, app, name), text);
  }
}
