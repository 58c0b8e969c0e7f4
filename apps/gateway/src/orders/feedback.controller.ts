import { Controller } from '@nestjs/common';
import { type Caller, feedback, type FeedbackRef, type ListFeedback } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { RAW } from '../http/answers/success';
import { From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

@Controller('api/feedback')
export class FeedbackController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', '', {
    title: 'Get feedback',
    description:
      "One page of the feedback of drivers on the account's orders, newest first, with the total number of matches.",
    calls: feedback.table,
    can: 'feedback.view',
  })
  table(@Input() input: ListFeedback, @From() caller: Caller) {
    return this.lists.page(feedback.table, feedback.all, input, caller);
  }

  /** The reference says "Order not found" of feedback, too (L1170). */
  @Route('GET', ':feedbackID', {
    title: 'Get a specific feedback entry',
    description: 'Answers one feedback with its order and power center.',
    calls: feedback.one,
    can: 'feedback.view',
    envelope: RAW,
    refuse: { notFound: 'Order not found' },
  })
  one(@Input() input: FeedbackRef, @From() caller: Caller) {
    return this.bus.bytes(feedback.one, input, caller);
  }
}
