import { importColumnsOf, type ImportKind } from '@open-cpo/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FILE_TYPES, OwnAnswer } from '../http/answers/success';

/** A file to fill in: the header and one row of examples. */
export class Template extends OwnAnswer {
  constructor(private readonly kind: ImportKind) {
    super();
  }

  send(_: FastifyRequest, reply: FastifyReply): Promise<void> {
    const columns = importColumnsOf(this.kind);
    const rows = [columns.map(({ name }) => name), columns.map(({ example }) => example)];
    const text = rows.map((row) => `${row.join(',')}\r\n`).join('');
    reply.header('content-type', FILE_TYPES.csv);
    reply.header('content-disposition', `attachment; filename="${this.kind}.csv"`);
    void reply.send(text);
    return Promise.resolve();
  }
}
