import { Refusal } from '@open-cpo/contracts';

/** A place in the merged audit trail: after the entry of this moment, of this service, with this id. */
export interface AuditPosition {
  /** Microseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly id: number;
}

const FORM = /^(\d{1,16})\.([a-z]{1,20})\.(\d{1,16})$/;
const PROBLEM = 'The selected cursor is invalid.';

export const cursorOf = ({ at, service, id }: AuditPosition): string =>
  Buffer.from(`${at}.${service}.${id}`).toString('base64url');

/** @throws Refusal `validation_failed` for a cursor that no page gave */
export function positionOf(cursor: string, services: readonly string[]): AuditPosition {
  const [, at, service = '', id] = FORM.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const position = { at: Number(at), service, id: Number(id) };
  if (services.includes(service) && Number.isSafeInteger(position.at) && Number.isSafeInteger(position.id)) {
    return position;
  }
  throw new Refusal('validation_failed', { message: PROBLEM, fields: { cursor: [PROBLEM] } });
}
