import { join } from 'node:path';
import type { Plan } from '../../tools/stack/supervisor/supervised';

/** How processes run while writes are measured: auth without the hash of passwords, and as many logins as there are. */
export function forWrites(plan: Plan): Plan {
  if (plan.name === 'auth') return { ...plan, args: ['--require', join(__dirname, 'without-hash.js'), ...plan.args] };
  if (plan.name === 'gateway') return { ...plan, env: { ...plan.env, RATE_LIMIT_LOGIN: 'off' } };
  return plan;
}
