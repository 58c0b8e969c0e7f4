import { Injectable } from '@nestjs/common';
import { ALL, type Caller, type ListQuery, type Operation, type Page } from '@open-cpo/contracts';
import { Bus, type Chunk, type Reply } from '@open-cpo/messaging';

export type RowsForm = 'list' | 'page' | 'features';

/** Rows on their way from a service to a client, never all in memory. */
export class Rows {
  constructor(
    readonly chunks: AsyncGenerator<Chunk>,
    readonly form: RowsForm,
  ) {}

  /** The rows as the JSON of a list, a page or a GeoJSON collection; between `open` and `close`. */
  async *json(open: Uint8Array, close: Uint8Array): AsyncGenerator<Uint8Array, void> {
    const { begin, end } = FORMS[this.form];
    const closing = (total: number): Buffer => Buffer.concat([Buffer.from(end(total)), close]);
    let before: Uint8Array = Buffer.concat([open, Buffer.from(begin)]);
    let total = 0;
    for await (const { bytes, rows, last } of this.chunks) {
      total += rows;
      // Most lists are one chunk: one write.
      if (last) return void (yield Buffer.concat([before, bytes, closing(total)]));
      if (before.length > 0) yield before;
      yield bytes;
      before = rows > 0 ? COMMA : NOTHING;
    }
    yield Buffer.concat([total === 0 ? before : NOTHING, closing(total)]);
  }
}

/** What is around the rows. */
const FORMS: Record<RowsForm, { begin: string; end: (total: number) => string }> = {
  list: { begin: '[', end: () => ']' },
  page: { begin: '{"data":[', end: (total) => `],"meta":{"per_page":${ALL},"total":${total}}}` },
  features: { begin: '{"type":"FeatureCollection","features":[', end: () => ']}' },
};
const COMMA = Buffer.from(',');
const NOTHING = Buffer.alloc(0);

/** The two ways in which lists come: a page in one answer, or all rows as a stream. */
@Injectable()
export class Lists {
  constructor(private readonly bus: Bus) {}

  /** A page; all rows in the form of one with `itemsPerPage=-1`, and for integrations that ask for no page. */
  page<I extends ListQuery, T>(
    table: Operation<I, Page<T>, 'read'>,
    all: Operation<I, T, 'stream'>,
    input: I,
    caller: Caller,
  ): Promise<Reply> | Rows {
    // The query is still text here; the service is who judges it.
    const everything =
      String(input.itemsPerPage) === String(ALL) || (caller.integration === true && asksForNoPage(input));
    return everything ? new Rows(this.bus.stream(all, input, caller), 'page') : this.bus.bytes(table, input, caller);
  }

  /** All rows as a list. */
  all<I, T>(operation: Operation<I, T, 'stream'>, input: I, caller: Caller): Rows {
    return new Rows(this.bus.stream(operation, input, caller), 'list');
  }

  /** All rows as the features of a GeoJSON collection. */
  features<I, T>(operation: Operation<I, T, 'stream'>, input: I, caller: Caller): Rows {
    return new Rows(this.bus.stream(operation, input, caller), 'features');
  }
}

const asksForNoPage = ({ itemsPerPage, page }: ListQuery): boolean => itemsPerPage === undefined && page === undefined;
