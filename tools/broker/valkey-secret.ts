import { redisUsers } from '../stack/servers/redis-users';

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `        ${line}\n`)
    .join('');

/** The secret of Valkey on Kubernetes: its file of users, made of a password a user, and what its replica logs in with. */
export function valkeySecret(): string {
  const named: string[] = [];
  const users = redisUsers('cpo', (name) => {
    named.push(name);
    return `{{ .${name} | sha256sum }}`;
  });
  const keys = named.map(
    (name) => `    - { secretKey: ${name}, remoteRef: { key: open-cpo/valkey, property: ${name} } }\n`,
  );
  return `# Written from the sources: npm run openapi
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: valkey
spec:
  refreshInterval: 15m
  secretStoreRef: { kind: ClusterSecretStore, name: open-cpo }
  target:
    name: valkey
    creationPolicy: Owner
    template:
      data:
        users.acl: |
${indented(users).replaceAll(/^ {8}/gm, '          ')}        replication.conf: |
          masteruser replica
          masterauth {{ .replica }}
        admin-password: '{{ .admin }}'
  data:
${keys.join('')}`;
}
