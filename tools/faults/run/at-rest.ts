import { chargerDeadLetters } from '../checks/dead-letters';
import { drained } from '../checks/drained';
import { effectsOnce } from '../checks/effects';
import { eventsDelivered } from '../checks/events';
import { exportsWhole } from '../checks/exports';
import { fieldSessions } from '../checks/field';
import { ledgerAgrees } from '../checks/ledger';
import { caught, mailsOnce } from '../checks/mails';
import { transfersOnce } from '../checks/transfers';
import type { Row } from '../report/row';
import type { TestContext, EnvironmentUnderTest } from '../environment/test-context';

type Counted = 'drained' | 'once' | 'ledger' | 'files' | 'mails' | 'events';

/** An account has room for so many people; those who were invited during one fault make room for the next. */
async function clearInvitations({ journal, databases }: TestContext<EnvironmentUnderTest>): Promise<void> {
  await databases.rows('auth', "delete from invitations where email like '%@faults.test'");
  journal.forget('invitation');
}

/** What is wrong once everything has come to rest; of exports those after so many are looked at. */
export async function atRest(
  context: TestContext<EnvironmentUnderTest>,
  exportsBefore: number,
): Promise<Pick<Row['problems'], Counted>> {
  const { environment, owner, journal, databases, fleet, feed, receiver, since } = context;
  const services = environment.apps.filter(({ database }) => database).map(({ name }) => name);
  const rest = await drained(journal, databases, services);
  const [once, transfers, field, letters, ledger, files, mails, events] = await Promise.all([
    effectsOnce(journal, databases),
    transfersOnce(databases, environment.provider.transfers),
    fieldSessions(fleet.all, databases),
    fleet.all.length > 0 ? chargerDeadLetters(environment) : [],
    ledgerAgrees(databases),
    exportsWhole(owner, journal, exportsBefore),
    caught(environment.inboxUrl).then((all) => mailsOnce(journal, all)),
    eventsDelivered(journal, databases, { feed, times: receiver.times, since }),
  ]);
  await clearInvitations(context);
  return { drained: [...rest, ...letters], once: [...once, ...transfers, ...field], ledger, files, mails, events };
}
