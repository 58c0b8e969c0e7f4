import { randomBytes } from 'node:crypto';
import { secretsOf, webhooks } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { NotificationsConfig } from '../config';
import { type Notifications, owner, startNotifications } from '../test/notifications';
import { Secrets } from './secrets';

const [now, before] = [1, 2].map(() => randomBytes(32).toString('base64')) as [string, string];
const secretsBy = (secretsKey: string): Secrets =>
  new Secrets(Object.assign(new NotificationsConfig(), { secretsKey }));

describe('secrets of webhooks that a former key has sealed', () => {
  let service: Notifications;
  beforeAll(async () => {
    service = await startNotifications('reseal', { SECRETS_KEY: now, SECRETS_KEY_BEFORE: before });
  });
  afterAll(() => service?.stop());

  it('are sealed with the current one, once', async () => {
    const { id, secret } = await service.bus.call(webhooks.create, { url: 'https://hooks.example.com/cpo' }, owner());
    const older = secretsBy(before).seal(1, JSON.stringify([{ secret }]));
    await service.db.query('update webhooks set secrets = $2 where id = $1', [id, older]);
    const reseal = () => service.bus.call(secretsOf('notifications').reseal, { by: 'sam' }, internalCaller());
    expect(await reseal()).toEqual({ column: 'webhooks.secrets', rows: 1, resealed: 1, unreadable: 0, next: null });
    const [row] = await service.db.query<{ secrets: Buffer }>('select secrets from webhooks where id = $1', [id]);
    expect(JSON.parse(secretsBy(now).unseal(1, row?.secrets ?? Buffer.alloc(0)))).toEqual([{ secret }]);
    expect(await reseal()).toMatchObject({ rows: 1, resealed: 0 });
  });
});
