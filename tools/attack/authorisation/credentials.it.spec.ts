import { setUpBroker } from '../../broker-setup/set-up';
import { consumers } from '../../broker/test/every-request';
import { GuardedBroker } from '../../broker/test/guarded-broker';
import { setup } from '../../stack/apps';
import { uses } from '../../broker/uses';
import { brokerAccounts, PLATFORM } from '../../stack/broker/users';
import { natsConfig, withPasswords } from '../../stack/servers/nats-config';
import { Tally } from '../report/tally';
import { BACK_ENDS } from './back-ends';
import type { BrokerUnderAttack } from './broker-under-attack';
import { attackCredentials } from './credentials';
import { sendAnswersElsewhere } from './jetstream';

const password = (owner: string): string => `${owner}-secret`;

/** A broker that is set up, with accounts that are made of ours. */
async function started(change: (accounts: ReturnType<typeof brokerAccounts>) => ReturnType<typeof brokerAccounts>) {
  const accounts = withPasswords(change(brokerAccounts(uses, BACK_ENDS)), password);
  const broker = await GuardedBroker.start((port, storeFolder) => natsConfig({ port, storeFolder, accounts }));
  await setUpBroker({ natsUrl: broker.url, user: setup.name, password: password(setup.name), consumers });
  return broker;
}

describe('the attack with credentials of the broker', () => {
  let broker: GuardedBroker | undefined;
  const attacked = (): BrokerUnderAttack => ({ url: broker?.url ?? '', password });
  afterEach(() => broker?.stop());

  it('gets nowhere', async () => {
    broker = await started((accounts) => accounts);
    const tally = new Tally();
    await attackCredentials(attacked(), tally);
    expect(tally.checks.map(({ result }) => result)).toEqual([expect.stringMatching(/^\d{5} tries, 0 let through$/)]);
    expect(tally.clean).toBe(true);
  });

  it('would find a broker where everybody asks JetStream in one account', async () => {
    broker = await started(inOneAccount);
    const found: string[] = [];
    await sendAnswersElsewhere(attacked(), (what, arrived) => void (arrived && found.push(what)));
    expect(found).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^the gateway heard facts\.auth\.users\.changed\.attack-/),
        expect.stringMatching(/^stream OBJ_exports has \$O\.exports\.C\.attack-/),
      ]),
    );
  });
});

/** The same rights, and no accounts between them. */
function inOneAccount(accounts: ReturnType<typeof brokerAccounts>): ReturnType<typeof brokerAccounts> {
  const apart = accounts.filter(({ imports }) => imports).flatMap(({ users }) => users);
  const mappings = { 'streams.API.>': '$JS.API.>' };
  return accounts.flatMap((account) => {
    if (account.imports) return [];
    return account.name === PLATFORM
      ? [{ ...account, exports: [], mappings, users: [...account.users, ...apart] }]
      : [account];
  });
}
