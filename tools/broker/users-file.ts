import type { BrokerAccount, BrokerUser } from '../stack/broker/users';

/** The variable that holds the password of a user at the broker. */
export const passwordVariable = (name: string): string => `${name.toUpperCase().replaceAll('-', '_')}_NATS_PASSWORD`;

/** A part of a configuration file of nats-server; passwords are variables of the file that includes it, or of its process. */
export function usersFile(accounts: readonly BrokerAccount[]): string {
  return `# Written from the sources: npm run openapi\naccounts {\n${accounts.map(accountEntry).join('\n')}\n}\n`;
}

function accountEntry({ name, users, ...settings }: BrokerAccount): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key}: ${indented(value, 4)}`);
  return `  ${name} {\n${[...lines, `    users: [\n${users.map(userEntry).join('\n')}\n    ]`].join('\n')}\n  }`;
}

function userEntry({ user, owner, publish, subscribe }: BrokerUser): string {
  const permissions = indented({ publish, subscribe }, 8);
  return `      {\n        user: ${user}\n        password: $${passwordVariable(owner)}\n        permissions: ${permissions}\n      }`;
}

const indented = (value: unknown, by: number): string =>
  JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(by)}`);
