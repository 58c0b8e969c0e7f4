import type { App } from '../stack/apps';

/** The variable that holds the password of a user at the broker. */
export const passwordVariable = (name: string): string => `${name.toUpperCase()}_NATS_PASSWORD`;

/** A part of a configuration file of nats-server; passwords are variables of the file that includes it, or of its process. */
export function usersFile(users: readonly App[]): string {
  const entries = users.map(({ name, publish, subscribe }) => {
    const permissions = JSON.stringify({ publish, subscribe }, undefined, 2).replaceAll('\n', '\n      ');
    return `    {\n      user: ${name}\n      password: $${passwordVariable(name)}\n      permissions: ${permissions}\n    }`;
  });
  const head = '# Written from the sources: npm run openapi';
  return `${head}\nauthorization {\n  users: [\n${entries.join('\n')}\n  ]\n}\n`;
}
