import { charging } from '../core/domain-event';
import {
  Amount,
  Bool,
  Choice,
  ForeignId,
  Instant,
  Int,
  Ref,
  RegisterWh,
  ReportedCard,
  ReportedChoice,
  ReportedNumber,
  ReportedQuantity,
  ReportedRegisterWh,
  ReportedText,
  ReportedUser,
  Text,
} from '../fields';
import { CHARGING_VERSION } from '../stations/charging';
import { PRICE_UNITS, type PriceUnit } from '../stations/charge-point-words';
import { ORDER_PAYMENTS, type OrderPayment } from './facts';

const When = (description: string) => Instant({ presence: 'required', description });

class AboutSession {
  @Int({ min: CHARGING_VERSION, max: CHARGING_VERSION, presence: 'required' }) version: number;
  @ForeignId({ presence: 'required', description: 'Names the session for ever; the same in all of its messages.' })
  session_id: string;
}

/** Energy began to flow, or may. The header Nats-Msg-Id names the event, here and in all the others. */
export class SessionStarted extends AboutSession {
  @Text({ description: 'Token of the power center.' }) token?: string | null;
  @Ref({ description: 'Id of the power center, instead of its token.' }) charge_point_id?: number | null;
  @ReportedNumber({ max: 10_000 }) connector_number?: number | null;
  @ReportedUser({ description: 'The driver; absent where only a card was shown.' }) driver_id?: number | null;
  @ReportedCard({ description: 'The card that was shown: with cash, that of the worker who takes it.' })
  rfid?: string | null;
  @Choice(ORDER_PAYMENTS, { description: 'By default electronic; settled: paid elsewhere, nothing is credited.' })
  payment?: OrderPayment | null;
  @ReportedChoice(PRICE_UNITS, { description: 'What the requested quantity counts.' }) unit?: PriceUnit | null;
  @ReportedQuantity({ description: 'By default FULL.' }) requested_quantity?: string | null;
  @ReportedRegisterWh({ description: 'Register of the meter in Wh; absent where it is not known.' })
  meter_wh?: number | null;
  @When('When it began.') time: string;
}

/** A reading of the meter. Readings may come in any order and more than once. */
export class SessionMetered extends AboutSession {
  @RegisterWh({ presence: 'required', description: 'Register of the meter in Wh.' }) meter_wh: number;
  @When('When it was read.') time: string;
}

/** The session has ended. */
export class SessionCompleted extends AboutSession {
  @ReportedRegisterWh({ description: 'Register of the meter in Wh; by default that of the last reading.' })
  meter_wh?: number | null;
  @Bool({
    description: 'The back end has concluded it, not the charger: another end that comes later takes its place.',
  })
  assumed?: boolean | null;
  @When('When it ended.') time: string;
}

/** What a driver thinks of an order; a later one takes the place of an earlier one. */
export class FeedbackSubmitted extends AboutSession {
  /** Only the driver of the session may. */
  @ReportedUser({ presence: 'required' }) driver_id: number;
  @Amount({ presence: 'required', decimals: 2, max: '5', example: 4.5, description: '0 to 5.' }) rating: string;
  @ReportedText({ max: 5000 }) message?: string | null;
  @When('When it was written.') time: string;
}

export const sessionStarted = charging('session.started', SessionStarted);
export const sessionMetered = charging('session.metered', SessionMetered);
export const sessionCompleted = charging('session.completed', SessionCompleted);
export const feedbackSubmitted = charging('feedback.submitted', FeedbackSubmitted);
