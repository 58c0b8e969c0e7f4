import type { QueryRunner } from 'typeorm';
import { type RlsRule, RlsTables } from '../rls/rls-tables';
import { headsTable } from './audit-chain';

/** Fields that identify a person, by the subject of the entry. An entry's chained part never holds them. */
export const PERSONAL_FIELDS: Readonly<Record<string, readonly string[]>> = {
  // `name`: of a passkey.
  user: ['email', 'firstName', 'lastName', 'contactNumber', 'device', 'address', 'name'],
  'api-key': ['name'],
  member: ['email', 'name'],
  worker: ['first_name', 'last_name', 'name', 'email', 'rfid'],
};

/** SQL: the commitment to a text of personal fields. The salt goes with the text, so that it says nothing afterwards. */
export const commitmentTo = (salt: string, text: string): string =>
  `encode(sha256(${salt} || convert_to(${text}, 'UTF8')), 'hex')`;

const TABLE = `create table audit_personal (
  entry_id bigint primary key,
  account_id integer,
  subject text not null,
  subject_id text not null,
  salt bytea not null,
  before text,
  after text,
  created_at timestamptz not null default now()
)`;

/** Entries with what is still kept of their personal fields, as readers see them. */
const side = (name: 'before' | 'after'): string =>
  `nullif((a.${name} - 'personal') || coalesce(p.${name}::jsonb, '{}'), '{}') as ${name}`;
export const AUDIT_ENTRIES = `create view audit_entries with (security_invoker = true) as
  select a.id, a.at, a.account_id, a.user_id, a.request_id, a.action, a.subject, a.subject_id,
    ${side('before')}, ${side('after')}
  from audit_log a left join audit_personal p on p.entry_id = a.id`;

const fieldsOf = (name: string, fields: readonly string[]): string =>
  `(select jsonb_object_agg(key, value)::text from jsonb_each(a.${name}) where key in (${quoted(fields)}))`;
const quoted = (fields: readonly string[]): string => fields.map((field) => `'${field}'`).join(', ');

/** Moves the personal fields of the entries about one kind of subject out of the log. */
const move = (subject: string, fields: readonly string[]): string => `
  insert into audit_personal (entry_id, account_id, subject, subject_id, salt, before, after)
  select a.id, a.account_id, a.subject, a.subject_id, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    ${fieldsOf('before', fields)}, ${fieldsOf('after', fields)}
  from audit_log a
  where a.subject = '${subject}' and (a.before ?| array[${quoted(fields)}] or a.after ?| array[${quoted(fields)}])`;

const committed = (name: 'before' | 'after'): string => `
  ${name} = case when p.${name} is null then a.${name}
    else (a.${name} - array(select jsonb_object_keys(p.${name}::jsonb)))
      || jsonb_build_object('personal', ${commitmentTo('p.salt', `p.${name}`)}) end`;

const REWRITE = `
  update audit_log a set ${committed('before')}, ${committed('after')}
  from audit_personal p where p.entry_id = a.id`;

/** The hash chains are rebuilt, as their entries say less than before. */
const CHAIN_ANEW = `do $$
  declare
    entry audit_log;
    chain smallint := 0;
    last bytea := '';
  begin
    for entry in select * from audit_log order by audit_log.chain, seq loop
      if entry.chain <> chain then
        chain := entry.chain;
        last := '';
      end if;
      last := audit_hash(last, entry);
      update audit_log set hash = last where id = entry.id;
      update ${headsTable} h set hash = last where h.chain = entry.chain and h.seq = entry.seq;
    end loop;
  end $$`;

/**
 * Personal data of audit entries is kept beside the log, where it can be deleted: the log takes new entries only, and its
 * chain must hold after somebody's data was erased.
 */
export class AuditPersonal1700000000500 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { audit_personal: { column: 'account_id' } };

  override async up(runner: QueryRunner): Promise<void> {
    // Nothing is added meanwhile; the lock takes a right that the owner has taken from itself.
    await runner.query('grant update on audit_log to current_user');
    await runner.query(`lock table audit_log, ${headsTable} in share row exclusive mode`);
    await runner.query(TABLE);
    for (const [subject, fields] of Object.entries(PERSONAL_FIELDS)) await runner.query(move(subject, fields));
    const [moved] = (await runner.query('select exists (select from audit_personal) as any')) as { any: boolean }[];
    if (moved?.any) await this.rewrite(runner);
    await runner.query('revoke update on audit_log from current_user');
    await runner.query('create index audit_personal_subject on audit_personal (subject, subject_id)');
    await runner.query('create index audit_personal_account on audit_personal (account_id)');
    await runner.query('create index audit_personal_created_at on audit_personal (created_at)');
    await runner.query(AUDIT_ENTRIES);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    await runner.query('drop view audit_entries');
    await runner.query('drop table audit_personal');
  }

  private async rewrite(runner: QueryRunner): Promise<void> {
    await runner.query('alter table audit_log disable trigger audit_log_append_only');
    await runner.query(REWRITE);
    await runner.query(CHAIN_ANEW);
    await runner.query('alter table audit_log enable trigger audit_log_append_only');
  }
}
