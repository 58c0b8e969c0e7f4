import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

interface Group {
  readonly name: string;
  readonly rules: readonly object[];
}

/** The committed groups of rules, of all files. */
export function ruleGroups(checkout: string): Group[] {
  const folder = join(checkout, 'deploy/observability/prometheus/rules');
  return readdirSync(folder)
    .sort()
    .flatMap((name) => (parse(readFileSync(join(folder, name), 'utf8')) as { groups: Group[] }).groups);
}

/** The committed rules as an object for Prometheus' operator; its path in the checkout, and what belongs into it. */
export function kubernetesRules(checkout: string): { path: string; text: string } {
  const rule = {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'open-cpo' },
    spec: { groups: ruleGroups(checkout) },
  };
  const from = '# Written from deploy/observability/prometheus/rules: npm run openapi\n';
  return { path: 'k8s/components/monitoring/rules.yaml', text: from + stringify(rule, { lineWidth: 0 }) };
}
