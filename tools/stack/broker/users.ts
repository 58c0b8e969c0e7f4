import { apps, charging, operator, setup } from '../apps';
import {
  type AllUses,
  CHARGING_EVENTS,
  chargingPermissions,
  importedAs,
  isService,
  operatorCalls,
  operatorPermissions,
  type Permissions,
  permissionsOf,
  servedToOperators,
  setupPermissions,
  streamPermissions,
  streamSubjects,
} from './permissions';

/** A user of the broker. */
export interface BrokerUser extends Permissions {
  readonly user: string;
  /** Whose password it has: an app is known to several accounts by one password. */
  readonly owner: string;
}

/** What one account lets others ask for, and what another asks of it: in the words of nats-server's configuration. */
export interface Export {
  readonly service: string;
  /** Absent: every account that is made to import it. */
  readonly accounts?: readonly string[];
  readonly response_type?: 'stream';
}
export interface Import {
  readonly service: { readonly account: string; readonly subject: string };
  /** Its name here, where that is another. */
  readonly to?: string;
}

/** An account of the broker: what is published in one reaches no other, but for what that one imports. */
export interface BrokerAccount {
  readonly name: string;
  readonly jetstream?: 'enabled';
  readonly exports?: readonly Export[];
  readonly imports?: readonly Import[];
  readonly users: readonly BrokerUser[];
}

/** The account of calls, events and streams. */
export const PLATFORM = 'PLATFORM';

/**
 * Everybody who is known to the broker, by account. What an app asks of JetStream it asks from an account in which nobody
 * else is: the broker delivers what it answers to whatever subject the app names, and there that is its own affair.
 */
export function brokerAccounts(all: AllUses, backEnds: readonly string[] = []): BrokerAccount[] {
  const names = apps.map(({ name }) => name);
  const platform = (owner: string, permissions: Permissions): BrokerUser => ({ user: owner, owner, ...permissions });
  const asking = [
    ...askingApps(names, all),
    {
      owner: charging.name,
      user: charging.name,
      permissions: chargingPermissions(charging.name),
      subjects: [CHARGING_EVENTS],
    },
  ];
  const operators = (owner: string, permissions: Permissions): BrokerUser => {
    return { user: `${owner}-operators`, owner, ...permissions };
  };
  return [
    {
      name: PLATFORM,
      jetstream: 'enabled',
      exports: [...exportsTo(asking), { service: `${CHARGING_EVENTS}.*` }],
      users: [
        ...names.map((name) => platform(name, permissionsOf(name, all))),
        platform(operator.name, operatorPermissions),
        platform(setup.name, setupPermissions(all)),
      ],
    },
    ...asking.map(accountOf),
    ...backEnds.map(backEndAccount),
    {
      name: 'OPERATORS',
      users: [
        ...names.filter((name) => isService(name, all)).map((name) => operators(name, servedToOperators(name, all))),
        operators(operator.name, operatorCalls(all)),
      ],
    },
  ];
}

const accountName = (owner: string): string => owner.toUpperCase();

/** Every user of every account. */
export const brokerUsers = (all: AllUses, backEnds?: readonly string[]): BrokerUser[] =>
  brokerAccounts(all, backEnds).flatMap(({ users }) => users);

/** Whose password a charging back end has, and its user. */
export const backEndUser = (name: string): string => `${charging.name}-${name}`;

/**
 * A charging back end with a credential of its own. What it publishes as `charging.session.started` reaches the platform
 * as `charging.session.started.<name>`: whose it is is the word of the broker, and not of the back end.
 */
export const backEndAccount = (name: string): BrokerAccount => ({
  name: `${accountName(charging.name)}_${name.toUpperCase()}`,
  imports: [{ service: { account: PLATFORM, subject: `${CHARGING_EVENTS}.${name}` }, to: CHARGING_EVENTS }],
  users: [{ user: backEndUser(name), owner: backEndUser(name), ...chargingPermissions(backEndUser(name)) }],
});

/** Who asks something of the streams, and what. */
export interface Asking {
  readonly owner: string;
  readonly user: string;
  readonly permissions: Permissions;
  readonly subjects: readonly string[];
}

/** Who pulls gets many messages, and who acknowledges none or one. */
const STREAMED = /\.MSG\.NEXT\.|^\$JS\.ACK\./;

/** The apps that do. */
export const askingApps = (names: readonly string[], all: AllUses): Asking[] =>
  names.flatMap((owner) => {
    const permissions = streamPermissions(owner, all);
    return permissions ? [{ owner, user: `${owner}-streams`, permissions, subjects: streamSubjects(owner, all) }] : [];
  });

/** Each subject once, with all who may ask. */
export function exportsTo(asking: readonly Asking[]): Export[] {
  const services = [...new Set(asking.flatMap(({ subjects }) => subjects))];
  return services.map((service) => {
    const askers = asking.filter(({ subjects }) => subjects.includes(service));
    const entry = { service, accounts: askers.map(({ owner }) => accountName(owner)) };
    return STREAMED.test(service) ? { ...entry, response_type: 'stream' } : entry;
  });
}

export const accountOf = ({ owner, user, permissions, subjects }: Asking): BrokerAccount => ({
  name: accountName(owner),
  imports: subjects.map((subject) => {
    const service = { account: PLATFORM, subject };
    return importedAs(subject) === subject ? { service } : { service, to: importedAs(subject) };
  }),
  users: [{ user, owner, ...permissions }],
});
