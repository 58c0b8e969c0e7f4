import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  feedback,
  type Feedback,
  type FeedbackRef,
  type HandlersOf,
  type ListFeedback,
  ownerOf,
  type Page,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Accounts } from '../accounts/accounts';
import { FeedbackRepository } from './feedback.repository';
import { feedbackView } from './feedback.views';

@Controller()
export class FeedbackHandler implements HandlersOf<typeof feedback> {
  constructor(
    private readonly repository: FeedbackRepository,
    private readonly accounts: Accounts,
  ) {}

  @Handles(feedback.table)
  async table(input: ListFeedback, caller: Caller): Promise<Page<Feedback>> {
    const viewer = this.accounts.viewer(caller);
    const { data, meta } = await this.repository.page(input, ownerOf(caller).accountId);
    return { data: data.map((row) => feedbackView(row, viewer)), meta };
  }

  @Handles(feedback.all)
  all(input: ListFeedback, caller: Caller): Batched<Feedback> {
    const viewer = this.accounts.viewer(caller);
    return this.repository.all(input, ownerOf(caller).accountId).map((row) => feedbackView(row, viewer));
  }

  @Handles(feedback.one)
  async one({ feedbackID }: FeedbackRef, caller: Caller): Promise<Feedback> {
    const row = await this.repository.one(feedbackID, ownerOf(caller).accountId);
    if (!row) throw new Refusal('not_found');
    return feedbackView(row, this.accounts.viewer(caller));
  }
}
