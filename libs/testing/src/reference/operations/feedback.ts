import { aPage } from '../envelopes';
import { answer, operation } from '../operation';
import type { ReferenceOperation } from '../operation';
import { orderMissing } from '../refusals';
import { feedback } from '../shapes/feedback';
import { exported } from './files';

/** Feedback on the caller's power centers. */
export const feedbackOperations: readonly ReferenceOperation[] = [
  operation(22, 'Get feedback', 'GET /api/feedback', {
    can: 'feedback.view',
    answers: [answer('A-page', aPage(feedback))],
  }),
  operation(23, 'Export feedback to Excel', 'GET /api/feedback/export', {
    can: 'feedback.export',
    answers: exported('feedback.xlsx'),
  }),
  operation(24, 'Get a specific feedback entry', 'GET /api/feedback/{feedbackID}', {
    can: 'feedback.view',
    answers: [answer('R', feedback)],
    refuses: [orderMissing(24)],
  }),
];
