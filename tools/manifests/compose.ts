import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Record<string, string>;
  readonly volumes?: readonly string[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly build?: { readonly dockerfile: string; readonly args: { readonly APP: string }; readonly target?: string };
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: object;
  readonly read_only?: boolean;
  readonly user?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly init?: boolean;
  readonly cap_add?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly cpus?: string;
  readonly logging?: { readonly driver: string; readonly options: Readonly<Record<string, string>> };
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly stop_grace_period?: string;
}

export interface Compose {
  readonly services: Record<string, ComposeService>;
  readonly volumes: Record<string, unknown>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
}

export const checkout = resolve(__dirname, '../..');

/** The compose file as an engine sees it: anchors merged, variables with their defaults. */
export function compose(): Compose {
  const text = readFileSync(join(checkout, 'docker-compose.yml'), 'utf8').replace(/\$\{\w+:?-([^}]*)\}/g, '$1');
  return parse(text, { merge: true, maxAliasCount: 1000 }) as Compose;
}

/** The name of the app that a service runs; nothing for servers, and for the command of operators. */
export const appOf = ({ image }: ComposeService): string | undefined =>
  /^open-cpo\/(?!operator$)(\w+)$/.exec(image)?.[1];
