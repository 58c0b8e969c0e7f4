import { Broker } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { setting } from '../../stack/environment';

// Says whether a broker lets the gateway in.
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const log = Object.assign(Log.to({ service: 'test', level: 'silent' }), {
  warn: (_message: string, { error }: { error: Error }) => say(`refused: ${String(error)}`),
});
const options = { service: 'gateway', url: setting('NATS_URL') ?? '', user: 'gateway', password: 'secret' };
new Broker(options, log, new Health()).whenUp(() => say('connected'));
