// The whole platform on the cluster of the current kubectl context, which needs no add-on: docs/operations.md#development-cluster
//   node deploy/kubernetes/dev.mjs [folder of secrets, by default .data/kubernetes-dev]
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const [folder = '.data/kubernetes-dev', ...more] = process.argv.slice(2);
if (folder.startsWith('-') || more.length > 0) {
  process.stderr.write('Usage: node dev.mjs [folder]\n');
  process.exit(1);
}
const run = (program, ...args) => {
  process.stdout.write(`$ ${[program, ...args].join(' ')}\n`);
  const { status } = spawnSync(program, args, { cwd: checkout, stdio: 'inherit', env: { ...given, ...process.env } });
  if (status !== 0) process.exit(status ?? 1);
};
// Mails are caught, and there are no backups.
const given = {
  SMTP_URL: 'smtp://mail.open-cpo-data:1025',
  BACKUP_ACCESS_KEY_ID: 'none',
  BACKUP_SECRET_ACCESS_KEY: 'none',
};
const JOBS = ['job', '-n', 'open-cpo', '-l', 'open-cpo/migration'];

run('node', 'deploy/kubernetes/secrets.mjs', folder);
run('kubectl', 'apply', '-f', 'k8s/base/namespace.yaml', '-f', 'k8s/servers/namespace.yaml');
run('kubectl', 'apply', '--server-side', '-f', `${folder}/kubernetes.json`);
// Jobs cannot be changed: those of another version are recreated.
run('kubectl', 'delete', ...JOBS, '--ignore-not-found');
run('kubectl', 'apply', '-k', 'k8s/dev');
process.stdout.write('The API: kubectl port-forward -n open-cpo service/gateway 3000:80\n');
process.stdout.write('Mails:   kubectl port-forward -n open-cpo-data service/mail 8025\n');
