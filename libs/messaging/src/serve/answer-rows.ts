import type { Chunk } from '../call/receive';
import { HEADER } from '../wire';
import { chunksOf } from './chunks';
import { fetched, type LongAnswer, replyHeaders } from './reply';
import { Abandoned, ChunkSender, LARGEST_CHUNK, sendChunk } from './send';

export interface RowsAsked extends LongAnswer {
  /** Told to whom the rows go from now on, and a refusal, too. */
  readonly goesTo: (subject: string) => void;
}

/**
 * Answers with rows. Few of them are the reply itself; of more the reply tells where to fetch them, and who does so
 * receives a stream.
 */
export async function answerRows(asked: RowsAsked, rows: AsyncIterable<unknown>): Promise<void> {
  const chunks = chunksOf(rows);
  const first = await chunks.next();
  const chunk = first.value as Chunk;
  if (chunk.last && chunk.bytes.length <= LARGEST_CHUNK) return replyWith(chunk, asked);
  try {
    await stream(chunk, chunks, asked);
  } finally {
    await chunks.return(undefined);
  }
}

function replyWith({ bytes, rows }: Chunk, { broker, message }: RowsAsked): void {
  const headers = replyHeaders({ [HEADER.rows]: String(rows), [HEADER.end]: '1' });
  broker.post({ subject: message.reply ?? '', data: bytes, options: { headers } });
}

async function stream(first: Chunk, rest: AsyncGenerator<Chunk>, asked: RowsAsked): Promise<void> {
  const { nats, broker, app, goesTo } = asked;
  const to = await fetched(asked);
  if (to === undefined) throw new Abandoned('nobody fetched the rows');
  goesTo(to);
  const sender = new ChunkSender(nats, broker, to, app);
  await sender.run(async () => {
    await sendChunk(sender, first);
    for await (const chunk of rest) if (chunk.rows > 0) await sendChunk(sender, chunk);
  });
}
