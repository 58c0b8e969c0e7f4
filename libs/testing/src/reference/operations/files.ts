import { aObject } from '../envelopes';
import { answer } from '../operation';
import type { Answer } from '../operation';
import { format } from '../shape';
import { exportJob } from '../shapes/account';

/** An export: the file itself, or 202 and the job that makes it. */
export const exported = (file: string): readonly [Answer, Answer] => [
  answer('X', format('xlsx'), { file }),
  answer('A-object', aObject(exportJob), { status: 202, when: 'Prefer: respond-async, or the file takes long' }),
];

/** The media type of an .xlsx file. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
