import { join } from 'node:path';
import { Api } from '../demo/api';
import { charging } from '../stack/apps';
import { places } from '../stack/places';
import { brokerCredential } from '../stack/start/app-environment';
import { type State, StateFile } from '../stack/start/state';
import { Secrets } from '../stack/secrets';
import { markOf, type ProcessMark } from '../stack/processes';
import { fail, say, StackError } from '../stack/terminal';
import { readFileSync } from 'node:fs';
import { type Footprint, footprintOf } from './footprint';
import { capacityOptions } from './options';
import { report } from './report';
import { requestTables } from './requests';

/** Calculates what chargers need, or measures the running platform (npm start); as tables of Markdown. */
async function main(): Promise<void> {
  const { chargers, sessions, assumptions } = capacityOptions(process.argv.slice(2));
  if (chargers) return say(report(chargers, assumptions));
  const { home } = places(process.cwd());
  const state = new StateFile(home).value;
  const processes = Object.entries(state.ports)
    .filter(([name]) => name.startsWith('health.'))
    .map(([name, port]): [string, string] => [name.slice('health.'.length), `http://127.0.0.1:${port}/metrics`]);
  const url = `http://127.0.0.1:${state.ports.gateway}`;
  const api = await Api.login(url);
  say((await requestTables(api, processes)).join('\n'));
  const { adminUrl, natsUrl, servers } = serversOf(state);
  const secrets = new Secrets(join(home, 'secrets.json'));
  const { NATS_USER: user, NATS_PASSWORD: password } = brokerCredential(charging, { ownBroker: true, secrets });
  const broker = { natsUrl, user, password };
  const operator = { natsUrl, user: 'operator', password: secrets.password('nats.operator') };
  say(footprintTables(await footprintOf({ url, adminUrl, broker, operator, processes, servers }, sessions)).join('\n'));
  say(`\nFrom ${join(process.cwd(), '.data')}, Node ${process.version}.`);
}

/** @throws StackError for servers that were not started here: they have other work, too */
function serversOf({ addresses, processes, ownBroker }: State) {
  if (!addresses || !ownBroker) throw new StackError('Only a platform with servers of its own can be measured.');
  const named = processes.flatMap(({ pid }): [string, ProcessMark][] => {
    const name = ['postgres', 'nats'].find((one) => commandOf(pid).includes(`/${one}`));
    const mark = markOf(pid);
    return name && mark ? [[name, mark]] : [];
  });
  return { adminUrl: addresses.databaseAdminUrl, natsUrl: addresses.natsUrl, servers: Object.fromEntries(named) };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0] ?? '';
  } catch {
    return '';
  }
}

function footprintTables({ cpuMs, rows, nats }: Footprint): string[] {
  const [session, reading] = nats;
  return [
    '',
    '| Process | CPU ms a session | CPU ms a reading |',
    '|---|---|---|',
    ...cpuMs.map(([name, one, more]) => `| ${name} | ${one.toFixed(2)} | ${more.toFixed(3)} |`),
    `| messages in streams | ${session?.messages.toFixed(2)} | ${reading?.messages.toFixed(3)} |`,
    `| bytes in streams | ${session?.bytes.toFixed(0)} | ${reading?.bytes.toFixed(0)} |`,
    '',
    '| Table | Rows a session | Rows a reading | Rows | Bytes a row |',
    '|---|---|---|---|---|',
    ...rows
      .filter(([{ rows: count }]) => count > 0)
      .map(([{ database, table, rows: count, bytes }, one, more]) => {
        return `| ${database}.${table} | ${one.toFixed(2)} | ${more.toFixed(3)} | ${count} | ${Math.round(bytes / count)} |`;
      }),
  ];
}

void main().catch(fail);
